import { type EntityManager } from "typeorm";
import { customersOf } from "#domain/commitments/holders.js";
import { type Queryable } from "../runner/checkpoints.js";
import { keyOf, type Placed, type Touched } from "./fold.js";
import { type CommitmentRow, upsert } from "./rows.js";

/** A holder of a commitment, in order of recording. */
export interface HolderRow {
  readonly provider_id: string;
  readonly commitment_id: string;
  /** From 0: the account that it was assigned to. */
  readonly position: number;
  readonly customer_id: string;
  readonly account_id: string;
  /** First day of the next holder; null: this one is the last. */
  readonly to_on: string | null;
  /** Whether several customers hold or held the commitment. */
  readonly shared: boolean;
}

const toRows = ({ provider_id, commitment_id, state }: CommitmentRow): HolderRow[] => {
  const shared = customersOf(state).length > 1;
  return state.holders.map(({ customerId, accountId }, position) => ({
    provider_id,
    commitment_id,
    position,
    customer_id: customerId,
    account_id: accountId,
    to_on: state.holders[position + 1]?.from ?? null,
    shared,
  }));
};

/** Writes the holders of the commitments that the batch assigned or transferred. */
export const writeHolders = (manager: EntityManager, placed: readonly Placed[], touched: Touched): Promise<void> => {
  const changed = new Set(
    placed
      .filter(({ event: { type } }) => type === "CommitmentAssigned" || type === "CommitmentTransferred")
      .map(({ provider, id }) => keyOf(provider, id)),
  );
  const rows = [...changed].flatMap((key) => {
    const row = touched.commitments.get(key);
    return row ? toRows(row) : [];
  });
  return upsert(manager, "billing_holders", ["provider_id", "commitment_id", "position"], rows);
};

/** The other customers that hold or held a commitment of a customer, by `keyOf` of that one; none: left out. */
export const coHolders = async (
  db: Queryable,
  customers: readonly { readonly provider: string; readonly id: string }[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found =
    customers.length === 0
      ? []
      : await db.query<{ provider_id: string; customer_id: string; others: string[] }[]>(
          `SELECT a.provider_id, a.customer_id, array_agg(DISTINCT b.customer_id) AS others FROM billing_holders a
             JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, id)
               ON a.provider_id = k.provider_id AND a.customer_id = k.id AND a.shared
             JOIN billing_holders b ON b.provider_id = a.provider_id AND b.commitment_id = a.commitment_id
                                   AND b.customer_id <> a.customer_id
            GROUP BY a.provider_id, a.customer_id`,
          [customers.map(({ provider }) => provider), customers.map(({ id }) => id)],
        );
  return new Map(found.map(({ provider_id, customer_id, others }) => [keyOf(provider_id, customer_id), others]));
};

/** A commitment with a customer that holds or held it. */
export interface HeldRow extends CommitmentRow {
  readonly held_by: string;
}
