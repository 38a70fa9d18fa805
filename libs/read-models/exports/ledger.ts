import { type PeriodDays } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type Amount } from "#domain/money.js";
import { issuedDocuments } from "./documents.js";
import { type Snapshot } from "./snapshot.js";

/** Discounts with origin COMMITMENT on issued documents, by row of a commitment's terms. */
export interface ExportedDiscounts {
  readonly commitmentId: string;
  readonly rowId: string;
  readonly currency: string;
  /** On documents issued before the days. */
  readonly before: Amount;
  /** On documents issued on the days. */
  readonly given: Amount;
  /** The sum of both. */
  readonly total: Amount;
}

/** The rows with a discount on a document issued until the last day, by commitment and row. */
export const discountsUntil = (snapshot: Snapshot, { from, until }: PeriodDays): AsyncGenerator<ExportedDiscounts[]> =>
  snapshot.parts(
    `SELECT l.commitment_id AS "commitmentId", l.row_id AS "rowId", l.currency,
            sum(l.discount * (d.issued_on < $2)::int)::text AS before,
            sum(l.discount * (d.issued_on >= $2)::int)::text AS given,
            sum(l.discount)::text AS total
       FROM ${issuedDocuments("issued_on <= $3")}
       JOIN invoice_lines l ON l.provider_id = d.provider_id AND l.invoice_id = d.id
      WHERE l.discount_origin = 'COMMITMENT'
      GROUP BY l.commitment_id, l.row_id, l.currency
      ORDER BY l.commitment_id, l.row_id, l.currency`,
    [snapshot.providerId, from, until],
  );

/** The states of commitments by id; unknown ids are left out. */
export const commitmentsById = async (
  snapshot: Pick<Snapshot, "query" | "providerId">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Commitment>> => {
  const rows = await snapshot.query<{ id: string; state: Commitment }[]>(
    `SELECT commitment_id AS id, state FROM billing_commitments WHERE provider_id = $1 AND commitment_id = ANY($2::uuid[])`,
    [snapshot.providerId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
};

/** The present names of customers by id; unknown ids are left out. */
export const customerNames = async (
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await snapshot.query<{ id: string; name: string }[]>(
    `SELECT id, name FROM customers WHERE provider_id = $1 AND id = ANY($2::uuid[])`,
    [snapshot.providerId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
};

/** The identifiers of accounts by id; unknown ids are left out. */
export const accountIdentifiers = async (
  snapshot: Snapshot,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await snapshot.query<{ id: string; identifier: string }[]>(
    `SELECT id, identifier FROM accounts WHERE provider_id = $1 AND id = ANY($2::uuid[])`,
    [snapshot.providerId, [...new Set(ids)]],
  );
  return new Map(rows.map(({ id, identifier }) => [id, identifier]));
};
