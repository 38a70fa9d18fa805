import { type EntityManager } from "typeorm";
import { accountEvolver } from "#domain/accounts/account.js";
import { addDays, earlier, earliest, type Instant, type LocalDate } from "#domain/calendar.js";
import { customerClassEvolver } from "#domain/catalog/customer-class.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { billingPeriodOf, type Customer, customerEvolver, timeZoneOn, todayOf } from "#domain/customers/customer.js";
import { comingEnds, ownDayOf } from "#domain/lifecycle/end-nears.js";
import { customerTransitions } from "#domain/lifecycle/customer-signals.js";
import { lifecycleEvolver, nextSignalOn } from "#domain/lifecycle/signals.js";
import { categoryOf, type EventOf, isOf } from "#event-store/catalogue.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type AccountRow, type ClassRow, type CommitmentRow, type CustomerRow, readByIds } from "./rows.js";

/** Stream categories that the billing feed is built from. */
export const billingCategories = [
  "customer",
  "account",
  "customerclass",
  "commitment",
  "lifecycle",
  "receivables",
  "register",
  "calls",
  "usage",
] as const;
export type BillingCategory = (typeof billingCategories)[number];
export type BillingEvent = RecordedEvent<EventOf<BillingCategory>>;

/** An event with the parts of its stream's name. */
export interface Placed<Event extends BillingEvent = BillingEvent> {
  readonly event: Event;
  readonly provider: string;
  readonly id: string;
}

export const place = (event: BillingEvent): Placed => {
  const { provider, id } = parseStreamName(event.stream);
  return { event, provider, id };
};

export const keyOf = (provider: string, id: string): string => `${provider}/${id}`;

/** Rows of the feed that the events of a batch change: read once, folded in memory, written once. */
export interface Touched {
  readonly customers: Map<string, CustomerRow>;
  readonly accounts: Map<string, AccountRow>;
  readonly classes: Map<string, ClassRow>;
  readonly commitments: Map<string, CommitmentRow>;
}

interface Key {
  readonly provider: string;
  readonly id: string;
}

/** The rows that events of a category change in any case: those of signals are a customer's or a commitment's. */
const TABLES: Readonly<Partial<Record<BillingCategory, keyof Touched>>> = {
  customer: "customers",
  receivables: "customers",
  account: "accounts",
  customerclass: "classes",
  commitment: "commitments",
};

/**
 * Reads the rows of the aggregates that the batch's events belong to, with the customers of commitments and receivables
 * streams.
 * @param called other customers that the batch's calls concern
 */
export const readTouched = async (
  manager: EntityManager,
  placed: readonly Placed[],
  called: readonly Key[] = [],
): Promise<Touched> => {
  const found: Record<keyof Touched, Map<string, Key>> = {
    ...{ customers: new Map(), accounts: new Map(), classes: new Map(), commitments: new Map() },
  };
  const touch = (table: keyof Touched, provider: string, id: string): void => {
    const key = keyOf(provider, id);
    if (!found[table].has(key)) found[table].set(key, { provider, id });
  };
  for (const { event, provider, id } of placed) {
    const table = TABLES[categoryOf(event) as BillingCategory];
    if (table !== undefined) touch(table, provider, id);
    if (isOf(event, "lifecycle")) touch("customerId" in event.data ? "customers" : "commitments", provider, id);
    if (event.type === "CommitmentAssigned" || event.type === "CommitmentTransferred")
      touch("customers", provider, event.data.customerId);
  }
  for (const { provider, id } of called) touch("customers", provider, id);
  const [customerRows, accountRows, classRows, commitmentRows] = [
    await readByIds<CustomerRow>(manager, "billing_customers", "customer_id", [...found.customers.values()]),
    await readByIds<AccountRow>(manager, "billing_accounts", "account_id", [...found.accounts.values()]),
    await readByIds<ClassRow>(manager, "billing_classes", "customer_class_id", [...found.classes.values()]),
    await readByIds<CommitmentRow>(manager, "billing_commitments", "commitment_id", [...found.commitments.values()]),
  ];
  return {
    customers: new Map(customerRows.map((row) => [keyOf(row.provider_id, row.customer_id), row])),
    accounts: new Map(accountRows.map((row) => [keyOf(row.provider_id, row.account_id), row])),
    classes: new Map(classRows.map((row) => [keyOf(row.provider_id, row.customer_class_id), row])),
    commitments: new Map(commitmentRows.map((row) => [keyOf(row.provider_id, row.commitment_id), row])),
  };
};

/**
 * Folds one event into the row of its aggregate; an assigned or transferred commitment also sets the period that its
 * customer closes first. The days of what is next are set once for a batch: {@link announceCustomers}, `announceEnds`.
 */
export const foldInto = (touched: Touched, placed: Placed): void => {
  const { event, provider, id } = placed;
  const key = keyOf(provider, id);
  const before = touched.commitments.get(key);
  foldCharged(touched, placed);
  if (isOf(event, "commitment")) {
    const row = touched.commitments.get(key);
    if (!row) return;
    const { state } = row;
    const { recordedAt } = event.metadata;
    const holder = touched.customers.get(keyOf(provider, state.customerId))?.state;
    // What is ordered for a coming day is known today; what is dated back counts from its own day.
    const own = ownDayOf(event.data);
    const knownOn = holder ? earlier(own, todayOf(holder, recordedAt)) : own;
    const ends = comingEnds(state, before?.ends ?? [], knownOn, recordedAt);
    touched.commitments.set(key, { ...row, ends });
  } else if ("customerId" in event.data && isOf(event, "lifecycle")) {
    const row = touched.customers.get(key);
    if (!row) throw new Error(`${event.stream} belongs to a customer that was never created`);
    touched.customers.set(key, { ...row, lifecycle: lifecycleEvolver.evolve(row.lifecycle, event, event.id) });
  } else if (isOf(event, "lifecycle")) {
    const row = touched.commitments.get(key);
    if (!row) throw new Error(`${event.stream} belongs to a commitment that was never assigned`);
    touched.commitments.set(key, { ...row, lifecycle: lifecycleEvolver.evolve(row.lifecycle, event, event.id) });
  }
};

/** The part of it that charges are computed from: states, revisions and the first period, without what is next. */
export const foldCharged = (touched: Touched, { event, provider, id }: Placed): void => {
  const key = keyOf(provider, id);
  const revision = event.revision.toString();
  if (isOf(event, "customer")) {
    const before = touched.customers.get(key);
    const state = customerEvolver.evolve(before?.state ?? null, event, event.id);
    if (state) touched.customers.set(key, { ...(before ?? newCustomer(provider, id, state)), state, revision });
  } else if (isOf(event, "account")) {
    const state = accountEvolver.evolve(touched.accounts.get(key)?.state ?? null, event, event.id);
    if (!state) return;
    const { customerId: customer_id, closedOn: closed_on } = state;
    touched.accounts.set(key, { provider_id: provider, account_id: id, customer_id, state, revision, closed_on });
  } else if (isOf(event, "customerclass")) {
    const state = customerClassEvolver.evolve(touched.classes.get(key)?.state ?? null, event, event.id);
    if (state) touched.classes.set(key, { provider_id: provider, customer_class_id: id, state, revision });
  } else if (isOf(event, "commitment")) {
    const before = touched.commitments.get(key);
    const state = commitmentEvolver.evolve(before?.state ?? null, event, event.id);
    if (!state) return;
    const { recordedAt } = event.metadata;
    touched.commitments.set(key, {
      provider_id: provider,
      commitment_id: id,
      customer_id: state.customerId,
      account_id: state.accountId,
      offer_id: state.versions[0].terms.offerId,
      state,
      revision,
      terminated_on: state.termination?.on ?? null,
      lifecycle: before?.lifecycle ?? lifecycleEvolver.initial,
      ends: before?.ends ?? [],
      end_nears: before?.end_nears ?? null,
      next_signal_on: before?.next_signal_on ?? null,
    });
    if (event.type === "CommitmentAssigned") {
      openFirstPeriod(touched, keyOf(provider, state.customerId), state.start, recordedAt);
    }
    if (event.type === "CommitmentTransferred") {
      openFirstPeriod(touched, keyOf(provider, state.customerId), event.data.effectiveOn, recordedAt);
    }
  }
};

const newCustomer = (provider: string, id: string, state: Customer): CustomerRow => ({
  provider_id: provider,
  customer_id: id,
  state,
  revision: "-1",
  closed_on: null,
  closed_to: null,
  first_start: null,
  next_period_end: null,
  time_zone: "UTC",
  receivables_revision: "-1",
  receivables_hash: NO_HASH,
  lifecycle: lifecycleEvolver.initial,
  next_signal_on: null,
});

/**
 * Sets the days of the customers' next closes and signals. They follow from the rows, so that once for a batch is enough.
 */
export const announceCustomers = ({ customers }: Touched): void => {
  for (const [key, row] of customers) {
    const next_signal_on = nextSignalOn(customerTransitions(row.state), row.lifecycle);
    customers.set(key, { ...scheduled(row), next_signal_on });
  }
};

/**
 * Before the first close, the earliest day on which a commitment is held, or a call was answered, decides which period
 * closes first. Periods that
 * had ended when it was recorded are not closed one by one: they count as closed, without anything billed for them, and
 * the first close computes them again (docs/rules.md#held-nothing-then).
 */
export const openFirstPeriod = (touched: Touched, customerKey: string, start: LocalDate, recordedAt: Instant): void => {
  const row = touched.customers.get(customerKey);
  if (!row) return;
  const { state } = row;
  const running = billingPeriodOf(state, todayOf(state, recordedAt));
  const waiting = row.first_start === null ? running : billingPeriodOf(state, row.first_start);
  const opens = earlier(running.from, waiting.from);
  touched.customers.set(customerKey, {
    ...row,
    first_start: earliest(row.first_start, start),
    closed_to: row.closed_to ?? (start < opens ? opens : null),
  });
};

/** A period was closed: the next one runs from the day after it. */
export const closeThrough = (row: CustomerRow, until: LocalDate): CustomerRow => ({
  ...row,
  closed_to: addDays(until, 1),
});

/** With the period that closes next, by the billing cycles as they are known now: of what was folded, once at its end. */
export const scheduled = (row: CustomerRow): CustomerRow => {
  const { state } = row;
  const first = row.closed_to ?? row.first_start;
  const end = first === null ? null : billingPeriodOf(state, first).to;
  return {
    ...row,
    closed_on: state.closedOn,
    next_period_end: end,
    time_zone: timeZoneOn(state, end === null ? state.createdOn : addDays(end, -1)),
  };
};
