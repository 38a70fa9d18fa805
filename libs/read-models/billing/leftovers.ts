import { type Queryable } from "./load.js";

export interface OpenCommitment {
  readonly commitment_id: string;
  /** The last holder. */
  readonly customer_id: string;
  /** Last revision of the commitment's stream in the feed. */
  readonly revision: string;
}

/** Which leftovers are looked for: of one commitment, account or customer. */
export type Among =
  { readonly customerId: string } | { readonly accountId: string } | { readonly commitmentId: string };

/**
 * Commitments not terminated although an account or customer that holds them was closed, or was while it held them, by
 * customer. Whether that ends them, the domain decides (`endOf`): a closing on the last day before a transfer does not.
 */
export const openCommitmentsOfClosed = (db: Queryable, provider: string, among: Among): Promise<OpenCommitment[]> =>
  db.query<OpenCommitment[]>(
    `SELECT DISTINCT c.commitment_id, c.customer_id, c.revision
       FROM billing_holders h
       JOIN billing_commitments c ON c.provider_id = h.provider_id AND c.commitment_id = h.commitment_id
       JOIN billing_accounts a ON a.provider_id = h.provider_id AND a.account_id = h.account_id
       JOIN billing_customers u ON u.provider_id = h.provider_id AND u.customer_id = h.customer_id
      WHERE h.provider_id = $1
        AND ($2::uuid IS NULL OR h.customer_id = $2)
        AND ($3::uuid IS NULL OR h.account_id = $3)
        AND ($4::uuid IS NULL OR h.commitment_id = $4)
        AND (a.closed_on IS NOT NULL OR u.closed_on IS NOT NULL)
        AND (h.to_on IS NULL OR least(a.closed_on, u.closed_on) < h.to_on)
        AND (c.terminated_on IS NULL OR c.terminated_on > least(a.closed_on, u.closed_on))
      ORDER BY c.customer_id, c.commitment_id`,
    [
      provider,
      "customerId" in among ? among.customerId : null,
      "accountId" in among ? among.accountId : null,
      "commitmentId" in among ? among.commitmentId : null,
    ],
  );

export interface OpenAccount {
  readonly account_id: string;
  readonly closed_on: string;
}

/** Open accounts of a closed customer. */
export const openAccountsOfClosed = (db: Queryable, provider: string, customerId: string): Promise<OpenAccount[]> =>
  db.query<OpenAccount[]>(
    `SELECT a.account_id, u.closed_on FROM billing_accounts a
       JOIN billing_customers u ON u.provider_id = a.provider_id AND u.customer_id = a.customer_id
      WHERE a.provider_id = $1 AND a.customer_id = $2 AND a.closed_on IS NULL AND u.closed_on IS NOT NULL
      ORDER BY a.account_id`,
    [provider, customerId],
  );

export interface UnusedIdentifier {
  readonly identifier_hash: string;
  readonly owner_id: string;
}

const USED = `a.state ->> 'identifierHash' = i.identifier_hash
  OR a.state -> 'aliases' @> jsonb_build_array(jsonb_build_object('identifierHash', i.identifier_hash))`;

/**
 * Reservations that no account needs: of closed accounts, of removed aliases, and those whose account event has not
 * come by `staleBefore`. The rows may be behind: check the account's stream before a release.
 */
export const unusedIdentifiers = (db: Queryable, provider: string, staleBefore: string): Promise<UnusedIdentifier[]> =>
  db.query<UnusedIdentifier[]>(
    `SELECT i.identifier_hash, i.owner_id FROM identifiers i
       LEFT JOIN billing_accounts a ON a.provider_id = i.provider_id AND a.account_id = i.owner_id
      WHERE i.provider_id = $1
        AND CASE WHEN a.account_id IS NULL THEN i.reserved_at < $2
                 WHEN a.closed_on IS NOT NULL THEN true
                 ELSE NOT (${USED}) AND i.reserved_at < $2 END
      ORDER BY i.identifier_hash`,
    [provider, staleBefore],
  );

/** When the earliest reservation from `from` on was made that no open account uses yet; null: there is none. */
export const firstUnusedSince = async (db: Queryable, provider: string, from: string): Promise<string | null> => {
  const [found] = await db.query<{ since: string | null }[]>(
    `SELECT min(i.reserved_at) AS since FROM identifiers i
       LEFT JOIN billing_accounts a ON a.provider_id = i.provider_id AND a.account_id = i.owner_id
      WHERE i.provider_id = $1 AND i.reserved_at >= $2
        AND (a.account_id IS NULL OR (a.closed_on IS NULL AND NOT (${USED})))`,
    [provider, from],
  );
  return found?.since ?? null;
};
