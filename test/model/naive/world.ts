import { type Message } from "../outcome.js";
import { type BillingPeriod, type Contact, type Fees, type Rounding, type Strategy } from "../story.js";
import { type Cutting, type Day } from "./calendar.js";
import { type Minor } from "./money.js";
import { type Rational } from "./rational.js";
import { type Receivables } from "./receivables.js";
import { type Tariff, type Voice } from "./tariffs.js";
import { type Moment } from "./zones.js";

/** Something that holds from a day on. Lists of these are in the order of recording. */
export interface Dated {
  day: Day;
}

/** Operations take effect by their day; on one day, in the order of recording. */
export function lastOn<T extends Dated>(entries: readonly T[], day: Day): T | undefined {
  let found: T | undefined;
  for (const entry of entries) {
    if (entry.day <= day && (found === undefined || entry.day >= found.day)) found = entry;
  }
  return found;
}

/** Before anything that ever happened. */
export const EVER = -Infinity;

/** Provider settings: how far back a closed period may be changed, and how long a commitment may be annulled. */
export const BACK_DATING_DAYS = 90;
export const COOLING_OFF_DAYS = 14;

export interface World {
  now: Moment;
  /** The time zone of steps without a customer. */
  fileZone: string;
  catalog: Catalog;
  customers: Customer[];
  accounts: Account[];
  commitments: Commitment[];
  /** In order of recording. */
  calls: Call[];
  /** How many commands were accepted: what was computed from fewer of them is computed again. */
  version: number;
  /** Numbers what is recorded. */
  recorded: number;
}

export interface Catalog {
  subscriptions: Map<string, Subscription>;
  addOnProducts: Set<string>;
  tariffs: Map<string, Tariff>;
  /** What calls cost by a product, main or add-on; those without a part for calls are not there. */
  voiceOf: { main: Map<string, Voice>; addOn: Map<string, Voice> };
  mainProducts: Map<string, ReadonlySet<string>>;
  classes: Map<string, CustomerClass>;
  offers: Map<string, Offer>;
}

export interface Subscription {
  name: string;
  currency: string;
  fees: Fees;
  hasMinimum: boolean;
  strategy: Strategy;
  penalty: Minor | null;
  prorateFirst: boolean;
  prorateLast: boolean;
}

/** Its terms, by the day from which they count. */
export interface CustomerClass {
  revisions: (Dated & { terms: ClassTerms })[];
}

export interface ClassTerms {
  graceDays: number;
  rounding: Rounding;
  /** Days from the due date; null: never. */
  suspendAfterDays: number | null;
  terminateAfterDays: number | null;
  remindAfterDays: readonly number[];
  warnBeforeSuspensionDays: number;
  /** Days before a discount end date. */
  warnBeforeEndDays: number;
  selfPauseDaysPerYear: number;
  selfPauseLongestDays: number;
  selfPauseNoticeDays: number;
}

export interface Offer {
  name: string;
  currency: string;
  discountPeriods: number | null;
  transferFee: Minor;
  recurring: { subscription: string; addOnProduct: string | null; discount: Minor }[];
  oneTime: { description: string; fee: Minor; discount: Minor }[];
  withdrawn: boolean;
}

/** How periods are cut and days are told, from a day on. */
export interface Cycle extends Dated, Cutting {
  zone: string;
}

export interface Customer {
  name: string;
  currency: string;
  /** By day; the first holds ever. */
  cycles: Cycle[];
  createdOn: Day;
  closedOn: Day | null;
  classes: (Dated & { class: CustomerClass })[];
  /** Percent; null where none is set. */
  rates: (Dated & { rate: Rational | null })[];
  suspensions: Suspension[];
  receivables: Receivables;
  contact: Required<Contact>;
  /** What left for it. */
  told: (Message & { day: Day })[];
  /** Whether what Odoo was told last is that its service is blocked. */
  isBlockedForOdoo: boolean;
  /** Days of suspensions ordered ahead that it was told of. */
  blockingsTold: Set<Day>;
  /** The last day whose work is done. */
  workedOn: Day;
}

/**
 * Suspended, or lifted, by hand or for non-payment. Both kinds are kept apart: a payment lifts the one for non-payment
 * only, a lifting by hand both.
 */
export interface Suspension extends Dated {
  suspended: boolean;
  isForNonPayment: boolean;
  /** For a day that was to come. */
  isOrdered: boolean;
}

export interface Account {
  id: string;
  customer: Customer;
  mainProduct: string;
  /** The main products by day; the first holds ever. */
  mainProducts: (Dated & { name: string })[];
  /** Its own, before that of products. */
  voice: Voice;
  openedOn: Day;
  closedOn: Day | null;
}

/** A call that was answered, with what it costs. */
export interface Call {
  key: string | null;
  /** What the same call has when it is told of again. */
  identity: string;
  account: Account;
  leg: "IN" | "OUT";
  from: string | null;
  to: string;
  answered: Moment;
  milliseconds: bigint;
  /** The customer's, of the answer. */
  day: Day;
  /** What it costs now; a text: why it has no amount. */
  rated: Rated | string;
  /** The close that counted it, by the first day of its period, and what the call cost then; null: none did. */
  billed: { from: Day; rated: Rated } | null;
}

export interface Rated {
  tariff: string;
  prefix: string;
  seconds: bigint;
  charged: bigint;
  /** In thousandths of a minor unit. */
  amount: bigint;
}

/** A row of the terms held, a copy of its own for each commitment, upgrade and renewal. */
export interface RecurringRow {
  id: string;
  description: string;
  addOnProduct: string | null;
  fees: Partial<Record<BillingPeriod, Minor>>;
  discount: Minor;
  penalty: Minor;
  prorateFirst: boolean;
  prorateLast: boolean;
}

export interface OneTimeRow {
  id: string;
  description: string;
  fee: Minor;
  discount: Minor;
}

/** The terms that hold from a day on. */
export interface Terms extends Dated {
  recorded: number;
  kind: "ASSIGNED" | "UPGRADE" | "SCHEDULED" | "AFTER_SWAP" | "RENEWAL";
  /** The day on which it was ordered; of an upgrade made, its own day. */
  ordered: Day;
  offer: string;
  discountPeriods: number | null;
  /** The default term's end, by the type that held on the first day as known when ordered. */
  defaultEnd: Day | null;
  endDate: "KEEP" | "DEFAULT" | Setting;
  strategy: Strategy;
  transferFee: Minor;
  rows: RecurringRow[];
  oneTime: OneTimeRow[];
  /** Of a renewal: the terms that it renews. Held are others: it has no effect. */
  renews: Terms | null;
}

export interface Pause {
  first: Day;
  /** Null: open. */
  last: Day | null;
  cancelled: boolean;
  resumed: boolean;
  /** Ordered as "pause now". */
  now: boolean;
  /** By the customer. */
  selfCare: boolean;
}

/** A change of a pause, for the floors of end dates: they are judged by the command's own day. */
export interface PauseChange {
  own: Day;
  /** Its own day; of a resume for a day to come the day of its command. */
  ordered: Day;
  recorded: number;
  pause: Pause;
  first: Day;
  last: Day | null;
  cancelled: boolean;
}

/** A customer's wish for a pause. */
export interface PauseRequest {
  first: Day;
  last: Day;
  open: boolean;
}

/** One setting of the discount end date; it judges the days from `day` on. */
export interface Setting extends Dated {
  recorded: number;
  base: Day;
  /** The counted days of the pauses known when it was set by hand; "term": those before `day` (a default term). */
  known: Map<Pause, number> | "term";
}

/** A time-limited upgrade changes no charge: all that matters is whether one runs, and the upgrade that follows it. */
export interface Swap {
  terms: Terms;
  /** Which row of the terms, and of those that renew them. */
  row: number;
  addOnProduct: string;
  from: Day;
  until: Day;
  /** The terms of `thenUpgradeTo`. */
  then: Terms | null;
}

/** Who holds a commitment from a day on. */
export interface Holder extends Dated {
  account: Account;
  recorded: number;
}

export interface Commitment {
  name: string | null;
  start: Day;
  /** The first from the assignment, the others by transfer. */
  holders: Holder[];
  terms: Terms[];
  /** Set by hand or by synchronising after the assignment. */
  settings: Setting[];
  pauses: Pause[];
  pauseChanges: PauseChange[];
  requests: PauseRequest[];
  swaps: Swap[];
  termination: { day: Day; waived: boolean } | null;
  annulled: boolean;
  /** Discount end dates to come, and the day of the command since which they are known. */
  endsKnown: Map<Day, Day>;
  /** What its holder was told of, which is told once. */
  told: Set<string>;
}
