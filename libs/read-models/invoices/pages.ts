import { type EntityManager } from "typeorm";
import { type Line } from "#domain/billing/line.js";
import { type InvoicePageRecorded, type InvoiceSealed } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { toJsonb } from "../runner/upsert.js";

export interface RecordedPage {
  readonly invoiceId: string;
  readonly contentHash: string;
  readonly lines: readonly Line[];
}

export const keyOf = (provider: string, id: string): string => `${provider}/${id}`;

type PageEvent = RecordedEvent<InvoicePageRecorded>;

const providerOf = ({ stream }: RecordedEvent): string => parseStreamName(stream).provider;

/** The pages that seals name, by provider and event id: of this batch, or kept from an earlier one. */
export const pagesOf = async (
  manager: EntityManager,
  seals: readonly RecordedEvent<InvoiceSealed>[],
  recorded: readonly PageEvent[],
): Promise<Map<string, RecordedPage>> => {
  const pages = new Map<string, RecordedPage>(recorded.map((page) => [keyOf(providerOf(page), page.id), page.data]));
  const missing = seals.flatMap((seal) =>
    seal.data.pages
      .map(({ eventId }) => ({ provider: providerOf(seal), eventId }))
      .filter(({ provider, eventId }) => !pages.has(keyOf(provider, eventId))),
  );
  if (missing.length === 0) return pages;
  const kept = await manager.query<
    { provider_id: string; event_id: string; invoice_id: string; content_hash: string; lines: Line[] }[]
  >(
    `SELECT p.* FROM invoice_pages p
       JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, event_id)
         ON p.provider_id = k.provider_id AND p.event_id = k.event_id`,
    [missing.map(({ provider }) => provider), missing.map(({ eventId }) => eventId)],
  );
  for (const { provider_id, event_id, invoice_id, content_hash, lines } of kept) {
    pages.set(keyOf(provider_id, event_id), { invoiceId: invoice_id, contentHash: content_hash, lines });
  }
  return pages;
};

/** Keeps pages for a seal that may come; a page that comes after its invoice's seal is never named by one. */
export const keepForLater = async (manager: EntityManager, pages: readonly PageEvent[]): Promise<void> => {
  if (pages.length === 0) return;
  const rows = pages.map((page) => ({
    provider_id: providerOf(page),
    event_id: page.id,
    invoice_id: page.data.invoiceId,
    content_hash: page.data.contentHash,
    lines: page.data.lines,
  }));
  await manager.query(
    `INSERT INTO invoice_pages (provider_id, event_id, invoice_id, content_hash, lines)
     SELECT provider_id, event_id, invoice_id, content_hash, lines
       FROM jsonb_populate_recordset(NULL::invoice_pages, $1::jsonb) AS n
      WHERE NOT EXISTS (SELECT FROM invoices i WHERE i.provider_id = n.provider_id AND i.id = n.invoice_id)
     ON CONFLICT (provider_id, event_id) DO NOTHING`,
    [toJsonb(rows)],
  );
};
