import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type CustomerClass } from "#domain/catalog/customer-class.js";
import { type Collection } from "#domain/collection/collection.js";
import { type Standing } from "#domain/collection/next-steps.js";
import { type Customer, todayOf } from "#domain/customers/customer.js";
import { customersIn, type Scope } from "../rows/scope.js";
import { lastKnown } from "../runner/passed-events.js";
import { standingOf } from "./collection.js";
import { dueRows, STEPS } from "./due.js";
import { passedReceivables, type Queryable } from "./load.js";
import { type ClassRow } from "./rows.js";
import { type Shards } from "./shards.js";

/** What collection goes by for a customer, and where its receivables stream ends in the feed. */
export interface CustomersCollection {
  readonly customerId: string;
  readonly customer: Customer;
  readonly standing: Standing;
  readonly nextStepOn: LocalDate | null;
  /** Expected revision of the next append to the receivables stream; -1: the stream is not there. */
  readonly receivablesEnd: bigint;
  /** Chain hash of the stream's last event. */
  readonly receivablesHash: string;
}

/** A customer with steps that are due. */
export interface DueSteps extends CustomersCollection {
  /** The customer's today. */
  readonly today: LocalDate;
}

interface Row {
  readonly customer_id: string;
  readonly collection: Collection;
  readonly customer: Customer;
  readonly next_step_on: LocalDate | null;
  readonly receivables_revision: string;
  readonly receivables_hash: string;
}

const COLUMNS = `k.customer_id, k.state AS collection, c.state AS customer, k.next_step_on,
  c.receivables_revision, c.receivables_hash`;

const DUE_STEPS = { columns: COLUMNS, from: STEPS, day: "k.next_step_on", order: "k.next_step_on, k.customer_id" };

/** Customers of the shards with steps due at the instant, the earliest day first; parked ones are left out. */
export const dueStepsOf = async (
  db: Queryable,
  provider: string,
  now: Instant,
  limit: number,
  shards: Shards = "all",
): Promise<DueSteps[]> => {
  const rows = await dueRows<Row>(db, DUE_STEPS, provider, now, limit, shards);
  const known = await withEnds(db, provider, rows, now);
  return rows.flatMap(({ customer_id, today }) => {
    const found = known.get(customer_id);
    return found ? [{ ...found, today }] : [];
  });
};

/** What collection goes by for customers at an instant; those that were never billed, and told nothing, are left out. */
export const collectionsOf = async (
  db: Queryable,
  scope: Scope,
  customerIds: readonly string[],
  now: Instant,
): Promise<Map<string, CustomersCollection>> => {
  const rows = await db.query<Row[]>(
    `SELECT ${COLUMNS} FROM billing_collection k
       JOIN billing_customers c ON c.provider_id = k.provider_id AND c.customer_id = k.customer_id
      WHERE k.provider_id = $1 AND k.customer_id = ANY($2::uuid[])`,
    [scope.providerId, customersIn(scope, customerIds)],
  );
  return withEnds(db, scope.providerId, rows, now);
};

const withEnds = async (
  db: Queryable,
  provider: string,
  rows: readonly Row[],
  now: Instant,
): Promise<Map<string, CustomersCollection>> => {
  if (rows.length === 0) return new Map();
  const classes = await db.query<ClassRow[]>("SELECT * FROM billing_classes WHERE provider_id = $1", [provider]);
  const classById = new Map<string, CustomerClass>(classes.map((row) => [row.customer_class_id, row.state]));
  const passed = await passedReceivables(
    db,
    provider,
    rows.map(({ customer_id }) => customer_id),
  );
  return new Map(
    rows.map((row) => [
      row.customer_id,
      {
        customerId: row.customer_id,
        customer: row.customer,
        standing: standingOf(
          row.collection,
          row.customer,
          (classId) => classById.get(classId),
          todayOf(row.customer, now),
        ),
        nextStepOn: row.next_step_on,
        receivablesEnd: lastKnown(BigInt(row.receivables_revision), passed.get(row.customer_id) ?? []),
        receivablesHash: row.receivables_hash,
      },
    ]),
  );
};

/** Commitments that a customer holds and that would go on after a day. */
export const heldAfter = async (
  db: Queryable,
  provider: string,
  customerId: string,
  day: LocalDate,
): Promise<string[]> => {
  const rows = await db.query<{ commitment_id: string }[]>(
    `SELECT commitment_id FROM billing_commitments
      WHERE provider_id = $1 AND customer_id = $2 AND (terminated_on IS NULL OR terminated_on > $3)
      ORDER BY commitment_id`,
    [provider, customerId, day],
  );
  return rows.map(({ commitment_id }) => commitment_id);
};
