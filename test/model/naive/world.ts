import { type Rounding, type Strategy, type Fees } from "../story.js";
import { type Invoice } from "../outcome.js";
import { type Day } from "./calendar.js";
import { type Minor } from "./money.js";
import { type Rational } from "./rational.js";

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

export interface World {
  today: Day;
  catalog: Catalog;
  customers: Customer[];
  accounts: Account[];
  commitments: Commitment[];
  invoices: Invoice[];
}

export interface Catalog {
  subscriptions: Map<string, Subscription>;
  addOnProducts: Set<string>;
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

export interface CustomerClass {
  graceDays: number;
  rounding: Rounding;
}

export interface Offer {
  name: string;
  currency: string;
  discountPeriods: number | null;
  recurring: { subscription: string; addOnProduct: string | null; discount: Minor }[];
  oneTime: OneTimeRow[];
  withdrawn: boolean;
}

export interface Customer {
  name: string;
  currency: string;
  billingPeriod: "MONTHLY" | "MONTHLY_ANNIVERSARY";
  /** The day of the month on which the billing periods begin. */
  periodStart: number;
  createdOn: Day;
  closedOn: Day | null;
  classes: (Dated & { class: CustomerClass })[];
  /** Percent; null where none is set. */
  rates: (Dated & { rate: Rational | null })[];
  suspensions: (Dated & { suspended: boolean })[];
  /** The first day that is not invoiced yet. */
  closedUntil: Day;
  balance: Minor;
}

export interface Account {
  id: string;
  customer: Customer;
  mainProduct: string;
  openedOn: Day;
  closedOn: Day | null;
}

/** A row of the terms held, a copy of its own for each commitment and upgrade. */
export interface RecurringRow {
  description: string;
  addOnProduct: string | null;
  fee: Minor;
  discount: Minor;
  penalty: Minor;
  prorateFirst: boolean;
  prorateLast: boolean;
}

export interface OneTimeRow {
  description: string;
  fee: Minor;
  discount: Minor;
}

/** The terms that hold from a day on. */
export interface Terms extends Dated {
  discountPeriods: number | null;
  strategy: Strategy;
  rows: RecurringRow[];
  oneTime: OneTimeRow[];
}

export interface Pause {
  first: Day;
  /** Null: open. */
  last: Day | null;
  cancelled: boolean;
  resumed: boolean;
  /** Ordered as "pause now". */
  now: boolean;
}

/** One setting of the discount end date; it judges the days from `day` on. */
export interface Setting extends Dated {
  base: Day;
  /** The counted days of the pauses known when it was set by hand; "term": those before `day` (a default term). */
  known: Map<Pause, number> | "term";
  /** What a change of a pause must not lower it below. */
  floor: Day;
  /** What a change of a pause must not raise it above: an end in a closed period stays. */
  ceiling: Day;
}

/** A time-limited upgrade changes no charge: all that matters is whether one runs, and the upgrade that follows it. */
export interface Swap {
  terms: Terms;
  row: RecurringRow;
  addOnProduct: string;
  until: Day;
  /** The terms of `thenUpgradeTo`, and the discount end that they bring where there was none. */
  then: { terms: Terms; setting: Setting | null } | null;
}

export interface Commitment {
  name: string | null;
  account: Account;
  start: Day;
  terms: Terms[];
  settings: Setting[];
  pauses: Pause[];
  swaps: Swap[];
  termination: { day: Day; waived: boolean } | null;
  /** The discount ledger: what invoiced lines gave, by row. */
  given: Map<RecurringRow | OneTimeRow, Minor>;
}
