import { type EntityManager } from "typeorm";
import { addDays, type Instant, type LocalDate } from "#domain/calendar.js";
import { classTermsOn, collectionTermsOf, type CustomerClass } from "#domain/catalog/customer-class.js";
import { withMoney, withNumber, withSealed, withVoidInvoice } from "#domain/collection/account.js";
import {
  type Collection,
  collectionOn,
  NO_COLLECTION,
  unpaidOf,
  withChange,
  withCollectionEvent,
  withLiftingByHand,
} from "#domain/collection/collection.js";
import { nextStepOn, type Standing } from "#domain/collection/next-steps.js";
import {
  classIdOn,
  type Customer,
  nonPaymentLiftingAfter,
  nonPaymentSuspensionOn,
  todayOf,
} from "#domain/customers/customer.js";
import { type NumbersAssigned, type ReceivablesEvent } from "#domain/invoicing/events.js";
import { countsWhenSealed } from "#domain/receivables/movements.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { keyOf, type Placed, type Touched } from "./fold.js";
import { type ClassRow, type CustomerRow, readByIds, upsert } from "./rows.js";

/** What collection goes by for a customer that was ever billed, or told to promise or to be exempt. */
export interface CollectionRow {
  readonly provider_id: string;
  readonly customer_id: string;
  readonly state: Collection;
  /** The class whose terms it follows; null: none. */
  readonly customer_class_id: string | null;
  /** Whether its oldest unpaid invoice is overdue: from then on the terms of its class decide the next step. */
  readonly collecting: boolean;
  /** The day of the next step, which may have passed; null: none is to come. */
  readonly next_step_on: LocalDate | null;
}

/** After every day: classes as they were set last. */
const LAST_DAY = "9999-12-31";

/**
 * What the next steps of a customer are reckoned from, by its class as it is now.
 * @param collection as its events tell
 * @param today the customer's
 */
export const standingOf = (
  collection: Collection,
  customer: Customer,
  classOf: (customerClassId: string) => CustomerClass | undefined,
  today: LocalDate,
): Standing => {
  const classId = classIdOn(customer, LAST_DAY);
  return standingIn(classId === null ? undefined : classOf(classId), collection, customer, today);
};

const standingIn = (
  customerClass: CustomerClass | undefined,
  collection: Collection,
  customer: Customer,
  today: LocalDate,
): Standing => ({
  collection: collectionOn(collection, today),
  terms: collectionTermsOf(classTermsOn(customerClass, LAST_DAY)),
  isSuspended: nonPaymentSuspensionOn(customer, today) !== undefined,
  isClosed: customer.closedOn !== null,
});

/** Rows of the billing feed about collection: read once for a batch, folded in memory, written once. */
export class CollectionRows {
  readonly #rows: Map<string, CollectionRow>;
  readonly #changed = new Set<string>();
  /** What the next steps of changed rows are reckoned from: once for many changes, unless one of these asks before. */
  readonly #standings = new Map<string, () => Standing>();

  /** @param rows changed as events are folded in; their next steps by {@link reckon} */
  constructor(
    rows: Map<string, CollectionRow>,
    /** Of customers and classes that the batch does not change itself. */
    private readonly customers: ReadonlyMap<string, Customer>,
    private readonly classes: ReadonlyMap<string, CustomerClass>,
  ) {
    this.#rows = rows;
  }

  /** @param touched as read, before the batch is folded */
  static async of(manager: EntityManager, placed: readonly Placed[], touched: Touched): Promise<CollectionRows> {
    const keys = new Map(
      placed.flatMap(customersOf).map(([provider, id]) => [keyOf(provider, id), { provider, id }] as const),
    );
    const revised = placed.filter(({ event }) => event.type === "CustomerClassRevised");
    const found = [
      ...(await readByIds<CollectionRow>(manager, "billing_collection", "customer_id", [...keys.values()])),
      ...(revised.length === 0 ? [] : await collectingOf(manager, revised)),
    ];
    const rows = new Map(found.map((row) => [keyOf(row.provider_id, row.customer_id), row]));
    for (const [key, row] of rows) keys.set(key, { provider: row.provider_id, id: row.customer_id });
    const unread = [...keys].filter(([key]) => !touched.customers.has(key)).map(([, value]) => value);
    const customers = await readByIds<CustomerRow>(manager, "billing_customers", "customer_id", unread);
    const providers = [...new Set([...keys.values()].map(({ provider }) => provider))];
    const classes =
      providers.length === 0
        ? []
        : await manager.query<ClassRow[]>("SELECT * FROM billing_classes WHERE provider_id = ANY($1::uuid[])", [
            providers,
          ]);
    return new CollectionRows(
      rows,
      new Map(customers.map(({ provider_id, customer_id, state }) => [keyOf(provider_id, customer_id), state])),
      new Map(
        classes.map(({ provider_id, customer_class_id, state }) => [keyOf(provider_id, customer_class_id), state]),
      ),
    );
  }

  /** @param touched with the event folded in */
  fold(touched: Touched, { event, provider, id }: Placed): void {
    const { recordedAt: at } = event.metadata;
    if (event.type === "NumbersAssigned") {
      this.#numbers(touched, provider, event);
    } else if (isOf(event, "receivables")) {
      if (BESIDE_COLLECTION.has(event.type)) return;
      const from = isByPeople(event) ? "NEXT_DAY" : null;
      this.#change({ touched, provider, id, at, from }, (state, today) => withReceivablesEvent(state, event, today));
    } else if (isOf(event, "customer") && this.#rows.has(keyOf(provider, id))) {
      // One that is ordered for a coming day changes nothing yet.
      const isLifted =
        event.type === "CustomerUnsuspended" && event.data.origin === undefined && event.data.orderedOn === undefined;
      const from = isLifted || event.type === "CustomerClassSet" ? "NEXT_DAY" : null;
      this.#change({ touched, provider, id, at, from }, (state, today, customer) =>
        isLifted && liftedNonPayment(customer, today) ? withLiftingByHand(state) : { ...state },
      );
    } else if (event.type === "CustomerClassRevised") {
      this.reckon();
      for (const row of this.#rows.values()) {
        if (row.provider_id !== provider || row.customer_class_id !== id || !row.collecting) continue;
        this.#change({ touched, provider, id: row.customer_id, at, from: "NEXT_DAY" }, (state) => ({ ...state }));
      }
    }
  }

  /** Sets the next steps of the rows that were changed. */
  reckon(): void {
    for (const key of this.#standings.keys()) this.#reckon(key);
  }

  #reckon(key: string): void {
    const [row, standing] = [this.#rows.get(key), this.#standings.get(key)];
    if (!row || !standing) return;
    this.#standings.delete(key);
    const { state } = row;
    const [oldest] = unpaidOf(state);
    const collecting = state.taken.some(({ kind, invoiceId }) => kind === "OVERDUE" && invoiceId === oldest?.invoiceId);
    this.#rows.set(key, { ...row, collecting, next_step_on: nextStepOn(standing()) });
  }

  async write(manager: EntityManager): Promise<void> {
    this.reckon();
    const rows = [...this.#changed].flatMap((key) => this.#rows.get(key) ?? []);
    await upsert(manager, "billing_collection", ["provider_id", "customer_id"], rows);
  }

  #numbers(touched: Touched, provider: string, { data, id: eventId, metadata }: RecordedEvent<NumbersAssigned>): void {
    for (const { invoiceId: documentId, customerId, number } of data.invoices) {
      const row = this.#rows.get(keyOf(provider, customerId));
      const purpose = row?.state.waiting.find((one) => one.documentId === documentId)?.purpose ?? null;
      // What closes a period is numbered before collection looks at the day.
      const from = purpose === "PERIOD" ? "SAME_DAY" : null;
      const change: Change = { touched, provider, id: customerId, at: metadata.recordedAt, from };
      this.#change(change, (state, today) => withNumber(state, { documentId, number, eventId }, today) ?? state);
    }
  }

  #change(
    { touched, provider, id, at, from }: Change,
    fold: (state: Collection, today: LocalDate, customer: Customer) => Collection,
  ): void {
    const key = keyOf(provider, id);
    const customer = touched.customers.get(key)?.state ?? this.customers.get(key);
    if (!customer) return;
    if (from !== null) this.#reckon(key);
    const before = this.#rows.get(key);
    const today = todayOf(customer, at);
    const known = collectionOn(before?.state ?? NO_COLLECTION, today);
    const folded = fold(known, today, customer);
    if (folded === known) return;
    const first = from === "NEXT_DAY" ? addDays(today, 1) : today;
    const changed = from === null ? folded : withChange(folded, first, before?.next_step_on ?? null);
    const state = { ...changed, liftingOn: nonPaymentLiftingAfter(customer, today) };
    const classId = classIdOn(customer, LAST_DAY);
    const classKey = classId === null ? "" : keyOf(provider, classId);
    // As it is now: an event behind this one may change it.
    const customerClass = touched.classes.get(classKey)?.state ?? this.classes.get(classKey);
    this.#standings.set(key, () => standingIn(customerClass, state, customer, today));
    this.#changed.add(key);
    this.#rows.set(key, {
      ...{ provider_id: provider, customer_id: id, state, customer_class_id: classId },
      ...{ collecting: before?.collecting ?? false, next_step_on: before?.next_step_on ?? null },
    });
  }
}

interface Change {
  readonly touched: Touched;
  readonly provider: string;
  readonly id: string;
  readonly at: Instant;
  /** The day whose run is the first after it, where it changes what is collected or how; null: it does not. */
  readonly from: "SAME_DAY" | "NEXT_DAY" | null;
}

/** Events of a receivables stream that people cause, after the run of their day. */
const BY_PEOPLE: ReadonlySet<string> = new Set([
  "InvoiceVoided",
  "PaymentRecorded",
  "PaymentReversed",
  "InvoiceWrittenOff",
  "PaymentPromised",
  "CollectionExemptionSet",
]);

/** Events of a receivables stream that change nothing here. They are most of it. */
const BESIDE_COLLECTION: ReadonlySet<string> = new Set([
  "InvoicePageRecorded",
  "BasisPageRecorded",
  "PeriodClosed",
  "CommandAccepted",
]);

const isByPeople = (event: RecordedEvent<ReceivablesEvent>): boolean =>
  BY_PEOPLE.has(event.type) || (event.type === "CreditNoteSealed" && countsWhenSealed(event.data.purpose));

const withReceivablesEvent = (
  state: Collection,
  event: RecordedEvent<ReceivablesEvent>,
  today: LocalDate,
): Collection => {
  switch (event.type) {
    case "InvoiceSealed":
    case "CreditNoteSealed":
      return withSealed(state, event, event.id, today);
    case "InvoiceVoided":
      return withVoidInvoice(state, event.data, event.id, today);
    case "PaymentRecorded":
    case "PaymentReversed":
    case "RefundRecorded":
    case "InvoiceWrittenOff":
      return withMoney(state, event, event.id, today);
    case "InvoicePageRecorded":
    case "BasisPageRecorded":
    case "PeriodClosed":
    case "CommandAccepted":
      return state;
    default:
      return withCollectionEvent(state, event, event.id);
  }
};

/** Whether the last of the customer's suspensions and liftings lifted one for non-payment. */
const liftedNonPayment = (customer: Customer, today: LocalDate): boolean =>
  nonPaymentSuspensionOn({ ...customer, suspensions: customer.suspensions.slice(0, -1) }, today) !== undefined &&
  nonPaymentSuspensionOn(customer, today) === undefined;

/** Customers whose rows an event can change. */
const customersOf = ({ event, provider, id }: Placed): (readonly [string, string])[] => {
  if (event.type === "NumbersAssigned") return event.data.invoices.map(({ customerId }) => [provider, customerId]);
  return isOf(event, "receivables") || isOf(event, "customer") ? [[provider, id]] : [];
};

/** Rows of customers of the revised classes whose next step may change. */
const collectingOf = (manager: EntityManager, revised: readonly Placed[]): Promise<CollectionRow[]> =>
  manager.query<CollectionRow[]>(
    `SELECT k.* FROM billing_collection k
       JOIN unnest($1::uuid[], $2::uuid[]) AS r (provider_id, customer_class_id)
         ON k.provider_id = r.provider_id AND k.customer_class_id = r.customer_class_id
      WHERE k.collecting`,
    [revised.map(({ provider }) => provider), revised.map(({ id }) => id)],
  );
