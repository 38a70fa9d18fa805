import { type Unnumbered } from "#domain/invoicing/register.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { requireNotStalled } from "../runner/stalls.js";
import { leadOf, type Term } from "./leases.js";
import { type Queryable } from "./load.js";
import { type RegisterRow } from "./rows.js";

/** The one series of invoice numbers of a provider. */
export const INVOICES = "invoices";

/** The invoices without a number, with the register in the same snapshot. */
export interface Waiting {
  /** Revision and hash of the register stream, for the next append. */
  readonly revision: bigint;
  readonly hash: string;
  readonly next: number;
  readonly invoices: readonly Unnumbered[];
}

/**
 * Loads register and unnumbered invoices in one statement, so in one snapshot: an append at this revision can neither
 * repeat nor miss an invoice, also with concurrent workers.
 * @param term term of the lead of the provider's work; null with a single worker. In the snapshot of one that has lost
 * the lead, invoices of a moment that is being worked on could be there in part: it gets null
 * @throws ProviderStalled when the provider is stalled
 */
export const loadWaiting = async (
  db: Queryable,
  provider: string,
  limit: number,
  term: Term | null,
): Promise<Waiting | null> => {
  await requireNotStalled(db, provider);
  const [found] = await db.query<{ leads: boolean; register: RegisterRow | null; invoices: Unnumbered[] | null }[]>(
    `SELECT
       ($4::bigint IS NULL OR EXISTS (SELECT FROM billing_leases WHERE name = $5 AND term = $4)) AS leads,
       (SELECT row_to_json(r) FROM billing_registers r WHERE r.provider_id = $1 AND r.series = $2) AS register,
       (SELECT json_agg(json_build_object(
                 'invoiceId', u.invoice_id, 'customerId', u.customer_id, 'issuedOn', u.issued_on)
                 ORDER BY u.issued_on, u.customer_id)
          FROM (SELECT * FROM billing_unnumbered WHERE provider_id = $1
                 ORDER BY issued_on, customer_id LIMIT $3) u) AS invoices`,
    [provider, INVOICES, limit, term, leadOf(provider)],
  );
  if (found?.leads === false) return null;
  const register = found?.register ?? null;
  return {
    revision: register ? BigInt(register.revision) : -1n,
    hash: register?.hash ?? NO_HASH,
    next: register?.next ?? 1,
    invoices: found?.invoices ?? [],
  };
};
