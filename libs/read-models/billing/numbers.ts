import { type Unnumbered } from "#domain/invoicing/register.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { streamName } from "#event-store/streams.js";
import { lastKnown } from "../runner/passed-events.js";
import { requireNotStalled } from "../runner/stalls.js";
import { leadOf, type Term } from "./leases.js";
import { type Queryable } from "./load.js";
import { type RegisterRow } from "./rows.js";

/** The series of numbers of a provider. */
export const INVOICES = "invoices";
export const CREDIT_NOTES = "credit-notes";
export type Series = typeof INVOICES | typeof CREDIT_NOTES;

/** The invoices, or credit notes, without a number, with the register in the same snapshot. */
export interface Waiting {
  /** Revision and hash of the register stream, for the next append. */
  readonly revision: bigint;
  readonly hash: string;
  readonly next: number;
  readonly invoices: readonly Unnumbered[];
}

/**
 * Loads register and unnumbered invoices, by issue date, customer and recording, in one statement, so in one snapshot: an append at this revision can neither
 * repeat nor miss an invoice, also with concurrent workers.
 * @param term term of the lead of the provider's work; null with a single worker. In the snapshot of one that has lost
 * the lead, invoices of a moment that is being worked on could be there in part: it gets null
 * @throws ProviderStalled when the provider is stalled
 */
export const loadWaiting = async (
  db: Queryable,
  provider: string,
  series: Series,
  limit: number,
  term: Term | null,
): Promise<Waiting | null> => {
  await requireNotStalled(db, provider);
  const [found] = await db.query<
    { leads: boolean; register: RegisterRow | null; passed: string[] | null; invoices: Unnumbered[] | null }[]
  >(
    `SELECT
       ($4::bigint IS NULL OR EXISTS (SELECT FROM billing_leases WHERE name = $5 AND term = $4)) AS leads,
       (SELECT row_to_json(r) FROM billing_registers r WHERE r.provider_id = $1 AND r.series = $2) AS register,
       (SELECT json_agg(p.revision::text ORDER BY p.revision) FROM passed_events p WHERE p.stream = $6) AS passed,
       (SELECT json_agg(json_build_object(
                 'invoiceId', u.invoice_id, 'customerId', u.customer_id, 'issuedOn', u.issued_on)
                 ORDER BY u.issued_on, u.customer_id, u.revision)
          FROM (SELECT * FROM billing_unnumbered WHERE provider_id = $1 AND series = $2
                 ORDER BY issued_on, customer_id, revision LIMIT $3) u) AS invoices`,
    [provider, series, limit, term, leadOf(provider), streamName(provider, "register", series)],
  );
  if (found?.leads === false) return null;
  const register = found?.register ?? null;
  return {
    revision: lastKnown(BigInt(register?.revision ?? -1n), found?.passed ?? []),
    hash: register?.hash ?? NO_HASH,
    next: register?.next ?? 1,
    invoices: found?.invoices ?? [],
  };
};
