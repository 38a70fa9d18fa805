import { type DataSource } from "typeorm";
import { type Amount } from "#domain/money.js";
import { type CreditUser } from "#domain/receivables/books.js";
import { isUuid } from "../rows/filters.js";
import { isIn, type Scope } from "../rows/scope.js";

type Queryable = Pick<DataSource, "query">;

/** What was used of one credit for one thing, in sum. */
export interface Allocation {
  /** The payment or credit note. */
  readonly creditId: string;
  readonly usedFor: CreditUser;
  /** The invoice or refund; null: what was owed beyond invoices. */
  readonly userId: string | null;
  readonly amount: Amount;
}

type AllocationRow = Allocation & { readonly parent: string };

/** In the order in which the credits came, then by what used them. */
const allocations = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  parent: "credit_id" | "user_id",
  ids: readonly string[],
): Promise<Map<string, Allocation[]>> => {
  const rows = await db.query<AllocationRow[]>(
    `SELECT u.${parent} AS parent, u.credit_id AS "creditId", u.used_by AS "usedFor",
            CASE WHEN u.used_by = 'OWED' THEN NULL ELSE u.user_id END AS "userId", u.amount::text AS amount
       FROM receivables_uses u
       JOIN receivables_credits c ON c.provider_id = u.provider_id AND c.credit_id = u.credit_id
      WHERE u.provider_id = $1 AND u.${parent} = ANY($2::uuid[]) AND ${isIn("u.customer_id", 3)}
      ORDER BY u.${parent}, c.place, u.used_by, u.user_id`,
    [providerId, ids.filter(isUuid), customerId],
  );
  const found = new Map<string, Allocation[]>();
  for (const { parent: id, ...allocation } of rows) {
    const known = found.get(id);
    if (known) known.push(allocation);
    else found.set(id, [allocation]);
  }
  return found;
};

/** What payments and credit notes were used for, by their ids. */
export const usesOfCredits = (db: Queryable, scope: Scope, creditIds: readonly string[]) =>
  allocations(db, scope, "credit_id", creditIds);

/** Which credits invoices and refunds used, by their ids. */
export const creditsUsedBy = (db: Queryable, scope: Scope, userIds: readonly string[]) =>
  allocations(db, scope, "user_id", userIds);

/** What nothing has used yet of payments and credit notes, by their ids; those that do not count are left out. */
export const unusedOf = async (
  db: Queryable,
  { providerId, customerId }: Scope,
  creditIds: readonly string[],
): Promise<Map<string, Amount>> => {
  const rows = await db.query<{ id: string; unused: Amount }[]>(
    `SELECT credit_id AS id, unused::text AS unused FROM receivables_credits
      WHERE provider_id = $1 AND credit_id = ANY($2::uuid[]) AND ${isIn("customer_id", 3)}`,
    [providerId, creditIds.filter(isUuid), customerId],
  );
  return new Map(rows.map(({ id, unused }) => [id, unused]));
};
