import { type EntityManager } from "typeorm";
import { accountEvolver } from "#domain/accounts/account.js";
import { type AccountEvent } from "#domain/accounts/events.js";
import { addDays, earlier, type LocalDate } from "#domain/calendar.js";
import { customerClassEvolver } from "#domain/catalog/customer-class.js";
import { type CustomerClassEvent } from "#domain/catalog/events.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { billingPeriodOf, type Customer, customerEvolver, timeZoneOn } from "#domain/customers/customer.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type Evolver, type DomainEvent } from "#domain/event.js";
import { type LifecycleEvent } from "#domain/lifecycle/events.js";
import { lifecycleEvolver, nextSignalOn } from "#domain/lifecycle/signals.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { domainEvent } from "#event-store/fold.js";
import { parseStreamName } from "#event-store/streams.js";
import { type AccountRow, type ClassRow, type CommitmentRow, type CustomerRow, readByIds } from "./rows.js";

/** An event with the parts of its stream's name. */
export interface Placed {
  readonly event: RecordedEvent;
  readonly provider: string;
  readonly category: string;
  readonly id: string;
}

export const place = (event: RecordedEvent): Placed => ({ event, ...parseStreamName(event.stream) });

export const keyOf = (provider: string, id: string): string => `${provider}/${id}`;

const evolve = <S, E extends DomainEvent>(evolver: Evolver<S | null, E>, state: S | null, event: RecordedEvent) =>
  evolver.evolve(state, { type: event.type, data: event.data } as E, event.id);

/** Rows of the feed that a page of events touches: read once, folded in memory, written once. */
export interface Touched {
  readonly customers: Map<string, CustomerRow>;
  readonly accounts: Map<string, AccountRow>;
  readonly classes: Map<string, ClassRow>;
  readonly commitments: Map<string, CommitmentRow>;
}

/** Reads what the page's events are about, customers of commitments and receivables included. */
export const readTouched = async (manager: EntityManager, placed: readonly Placed[]): Promise<Touched> => {
  const keys = (category: string) =>
    unique(placed.filter((found) => found.category === category).map(({ provider, id }) => ({ provider, id })));
  const customers = unique([
    ...keys("customer"),
    ...keys("receivables"),
    ...placed
      .filter(({ event }) => event.type === "CommitmentAssigned")
      .map(({ event, provider }) => ({ provider, id: (event.data as { customerId: string }).customerId })),
  ]);
  const [customerRows, accountRows, classRows, commitmentRows] = [
    await readByIds<CustomerRow>(manager, "billing_customers", "customer_id", customers),
    await readByIds<AccountRow>(manager, "billing_accounts", "account_id", keys("account")),
    await readByIds<ClassRow>(manager, "billing_classes", "customer_class_id", keys("customerclass")),
    await readByIds<CommitmentRow>(
      manager,
      "billing_commitments",
      "commitment_id",
      unique([...keys("commitment"), ...keys("lifecycle")]),
    ),
  ];
  return {
    customers: new Map(customerRows.map((row) => [keyOf(row.provider_id, row.customer_id), row])),
    accounts: new Map(accountRows.map((row) => [keyOf(row.provider_id, row.account_id), row])),
    classes: new Map(classRows.map((row) => [keyOf(row.provider_id, row.customer_class_id), row])),
    commitments: new Map(commitmentRows.map((row) => [keyOf(row.provider_id, row.commitment_id), row])),
  };
};

const unique = (keys: { provider: string; id: string }[]) => [
  ...new Map(keys.map((key) => [keyOf(key.provider, key.id), key])).values(),
];

/** Folds one event into the row that it is about; commitments also tell their customer when to close first. */
export const foldInto = (touched: Touched, { event, provider, category, id }: Placed): void => {
  const key = keyOf(provider, id);
  const revision = event.revision.toString();
  switch (category) {
    case "customer": {
      const before = touched.customers.get(key);
      const state = evolve<Customer, CustomerEvent>(customerEvolver, before?.state ?? null, event);
      if (state)
        touched.customers.set(key, scheduled({ ...(before ?? newCustomer(provider, id, state)), state, revision }));
      return;
    }
    case "account": {
      const state = evolve(
        accountEvolver,
        touched.accounts.get(key)?.state ?? null,
        event as RecordedEvent<AccountEvent["data"]>,
      );
      if (!state) return;
      const { customerId: customer_id, closedOn: closed_on } = state;
      touched.accounts.set(key, { provider_id: provider, account_id: id, customer_id, state, revision, closed_on });
      return;
    }
    case "customerclass": {
      const before = touched.classes.get(key)?.state ?? null;
      const state = evolve(customerClassEvolver, before, event as RecordedEvent<CustomerClassEvent["data"]>);
      if (state) touched.classes.set(key, { provider_id: provider, customer_class_id: id, state, revision });
      return;
    }
    case "commitment": {
      const before = touched.commitments.get(key);
      const state = evolve(commitmentEvolver, before?.state ?? null, event as RecordedEvent<CommitmentEvent["data"]>);
      if (!state) return;
      const lifecycle = before?.lifecycle ?? lifecycleEvolver.initial;
      touched.commitments.set(key, {
        provider_id: provider,
        commitment_id: id,
        customer_id: state.customerId,
        account_id: state.accountId,
        offer_id: state.versions[0]?.terms.offerId ?? "",
        state,
        revision,
        terminated_on: state.termination?.on ?? null,
        lifecycle,
        next_signal_on: nextSignalOn(state, lifecycle),
      });
      if (event.type === "CommitmentAssigned") openFirstPeriod(touched, keyOf(provider, state.customerId), state.start);
      return;
    }
    case "lifecycle": {
      const row = touched.commitments.get(key);
      if (!row) throw new Error(`${event.stream} belongs to a commitment that was never assigned`);
      const lifecycle = lifecycleEvolver.evolve(row.lifecycle, domainEvent(event) as LifecycleEvent, event.id);
      touched.commitments.set(key, { ...row, lifecycle, next_signal_on: nextSignalOn(row.state, lifecycle) });
      return;
    }
    default:
  }
};

const newCustomer = (provider: string, id: string, state: Customer): CustomerRow => ({
  provider_id: provider,
  customer_id: id,
  state,
  revision: "-1",
  closed_on: null,
  closed_to: null,
  next_period_end: null,
  time_zone: "UTC",
  receivables_revision: "-1",
  receivables_hash: NO_HASH,
});

/** Before the first close, the earliest start decides which period closes first. */
const openFirstPeriod = (touched: Touched, customerKey: string, start: LocalDate): void => {
  const row = touched.customers.get(customerKey);
  if (!row || row.closed_to !== null) return;
  const end = billingPeriodOf(row.state, start).to;
  const next_period_end = row.next_period_end === null ? end : earlier(row.next_period_end, end);
  touched.customers.set(customerKey, scheduled({ ...row, next_period_end }));
};

/** A period was closed: the next one runs from the day after it. */
export const closeThrough = (row: CustomerRow, until: LocalDate): CustomerRow => {
  const closed_to = addDays(until, 1);
  return scheduled({ ...row, closed_to, next_period_end: billingPeriodOf(row.state, closed_to).to });
};

const scheduled = (row: CustomerRow): CustomerRow => ({
  ...row,
  closed_on: row.state.closedOn,
  time_zone: timeZoneOn(
    row.state,
    row.next_period_end === null ? row.state.createdOn : addDays(row.next_period_end, -1),
  ),
});
