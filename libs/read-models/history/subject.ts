import { eventCategories } from "#event-store/catalogue.js";
import { streamName } from "#event-store/streams.js";
import { type Queryable } from "../runner/checkpoints.js";

/** What a history is of, as the journal and the table of deliveries have it. */
export interface HistorySubject {
  /** Streams all of whose events belong to it. */
  readonly streams: readonly string[];
  /** The stream of which only the events belong to it that are about this document. */
  readonly document?: { readonly stream: string; readonly id: string };
  /** Further events, by their places. */
  readonly events?: readonly { readonly stream: string; readonly revision: string }[];
  /** Deliveries about a customer, or about an invoice, payment or commitment. Absent: none. */
  readonly deliveries?: { readonly of: "customer" | "subject"; readonly id: string };
}

/** Where it is looked up what belongs to something. */
export interface Where {
  /** The rows, as of now or of another moment. */
  readonly rows: Queryable;
  readonly journal: Queryable;
}

/**
 * A customer with all that belongs to it: what it owes and pays, its people and requests, its accounts, and the
 * commitments that it holds or held, those with their histories before and after it held them.
 */
export const customerSubject = async (
  { rows, journal }: Where,
  provider: string,
  id: string,
): Promise<HistorySubject> => {
  const stream = (category: string, of: string) => streamName(provider, category, of);
  const found = await rows.query<{ category: string; id: string }[]>(
    `SELECT unnest(ARRAY['account', 'usage']) AS category, id::text FROM accounts
                WHERE provider_id = $1 AND customer_id = $2
     UNION ALL SELECT 'person', id::text FROM people WHERE provider_id = $1 AND customer_id = $2
     UNION ALL SELECT DISTINCT unnest(ARRAY['commitment', 'lifecycle']), commitment_id::text FROM billing_holders
                WHERE provider_id = $1 AND customer_id = $2`,
    [provider, id],
  );
  const tickets = await journal.query<{ stream: string }[]>(
    `SELECT stream FROM journal
      WHERE provider_id = $1 AND type = 'TicketRequested' AND data ->> 'customerId' = $2::text`,
    [provider, id],
  );
  return {
    streams: [
      ...["customer", "lifecycle", "receivables"].map((category) => stream(category, id)),
      ...found.map((one) => stream(one.category, one.id)),
      ...tickets.map((ticket) => ticket.stream),
    ],
    deliveries: { of: "customer", id },
  };
};

/** An account with what was billed of its calls, and the commitments that it holds or held. */
export const accountSubject = async ({ rows }: Where, provider: string, id: string): Promise<HistorySubject> => {
  const held = await rows.query<{ id: string }[]>(
    `SELECT DISTINCT commitment_id::text AS id FROM billing_holders
      WHERE provider_id = $1 AND account_id = $2`,
    [provider, id],
  );
  const streams = held.flatMap((commitment) =>
    ["commitment", "lifecycle"].map((category) => streamName(provider, category, commitment.id)),
  );
  return { streams: [streamName(provider, "account", id), streamName(provider, "usage", id), ...streams] };
};

export const commitmentSubject = (provider: string, id: string): HistorySubject => ({
  streams: ["commitment", "lifecycle"].map((category) => streamName(provider, category, id)),
  deliveries: { of: "subject", id },
});

/** An invoice or a credit note: its pages, seal and number, and what names it later. */
export const documentSubject = async (
  { rows, journal }: Where,
  provider: string,
  id: string,
  table: "invoices" | "credit_notes",
): Promise<HistorySubject> => {
  const [document] = await rows.query<{ customer_id: string; series: string | null; series_index: string | null }[]>(
    `SELECT customer_id, series, series_index FROM ${table} WHERE provider_id = $1 AND id = $2`,
    [provider, id],
  );
  if (!document) return { streams: [] };
  const { customer_id, series, series_index } = document;
  const register = series === null ? null : streamName(provider, "register", series);
  const events =
    register === null
      ? []
      : await journal.query<{ stream: string; revision: string }[]>(
          `SELECT stream, revision FROM journal
            WHERE provider_id = $1 AND stream = $2 AND type = 'NumbersAssigned' AND (data ->> 'first')::bigint <= $3
            ORDER BY (data ->> 'first')::bigint DESC LIMIT 1`,
          [provider, register, series_index],
        );
  return {
    streams: [],
    document: { stream: streamName(provider, "receivables", customer_id), id },
    events,
    deliveries: { of: "subject", id },
  };
};

/** Whatever has the id by itself: every stream that is named by it. */
export const subjectOfId = (provider: string, id: string): HistorySubject => ({
  streams: eventCategories.map((category) => streamName(provider, category, id.toLowerCase())),
});
