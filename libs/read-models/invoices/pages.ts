import { type EntityManager } from "typeorm";
import { type Line } from "#domain/billing/line.js";
import { documentIdOf, type DocumentSealed, type InvoicePageRecorded } from "#domain/invoicing/events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { ContradictoryEvent } from "../runner/contradiction.js";
import { toJsonb } from "../runner/fit.js";
import { inStatements } from "../runner/upsert.js";

/** A page has up to 500 lines. */
const PAGES_PER_STATEMENT = 4;

type Page = RecordedEvent<InvoicePageRecorded>;
type Seal = RecordedEvent<DocumentSealed>;

/**
 * Tables of a projection for an invoice's pages until its seal is applied, and for its lines from then on. Only pages
 * that the seal names become lines. Pages have the columns `provider_id, event_id, invoice_id, content_hash, lines`.
 */
export interface InvoiceTables {
  readonly pages: string;
  readonly lines: string;
}

/** A line of a sealed invoice or credit note. */
export interface SealedLine {
  readonly provider: string;
  readonly seal: Seal;
  /** Number of the line in the invoice, from 1. */
  readonly position: number;
  readonly line: Line;
}

interface RecordedPage {
  readonly invoiceId: string;
  readonly contentHash: string;
  readonly lines: readonly Line[];
}

export const keyOf = (provider: string, id: string): string => `${provider}/${id}`;

const providerOf = ({ stream }: Page | Seal): string => parseStreamName(stream).provider;

/**
 * The lines of the invoices that a batch seals, from its pages and those kept from earlier batches; keeps pages that
 * are not sealed yet and deletes the rest. Throws when a page that a seal names is missing or has another content hash.
 */
export const takeSealed = async (
  manager: EntityManager,
  tables: InvoiceTables,
  recorded: readonly Page[],
  seals: readonly Seal[],
): Promise<SealedLine[]> => {
  const pages = await pagesOf(manager, tables, seals, recorded);
  const lines = seals.flatMap((seal) => linesOf(seal, pages));
  await forget(manager, tables, seals);
  const sealed = new Set(seals.map((seal) => keyOf(providerOf(seal), documentIdOf(seal))));
  const early = recorded.filter((page) => !sealed.has(keyOf(providerOf(page), page.data.invoiceId)));
  await keepForLater(manager, tables, early);
  return lines;
};

/** The pages that seals name, by provider and event id, from this batch and earlier ones. */
const pagesOf = async (
  manager: EntityManager,
  tables: InvoiceTables,
  seals: readonly Seal[],
  recorded: readonly Page[],
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
    `SELECT p.* FROM ${tables.pages} p
       JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, event_id)
         ON p.provider_id = k.provider_id AND p.event_id = k.event_id`,
    [missing.map(({ provider }) => provider), missing.map(({ eventId }) => eventId)],
  );
  for (const { provider_id, event_id, invoice_id, content_hash, lines } of kept) {
    pages.set(keyOf(provider_id, event_id), { invoiceId: invoice_id, contentHash: content_hash, lines });
  }
  return pages;
};

/** Lines of an invoice from the pages that its seal names. Throws a `ContradictoryEvent`. */
const linesOf = (seal: Seal, pages: ReadonlyMap<string, RecordedPage>): SealedLine[] => {
  const { pages: named, lineCount } = seal.data;
  const invoiceId = documentIdOf(seal);
  const provider = providerOf(seal);
  const lines = named.flatMap(({ page, eventId, contentHash }) => {
    const found = pages.get(keyOf(provider, eventId));
    if (found?.invoiceId !== invoiceId || found.contentHash !== contentHash) {
      const problem = `page ${page} (event ${eventId}), which is not in the log`;
      throw new ContradictoryEvent(seal, `Invoice ${invoiceId} is sealed with ${problem}`);
    }
    return found.lines;
  });
  if (lines.length !== lineCount) {
    const problem = `${lineCount} lines, its pages hold ${lines.length}`;
    throw new ContradictoryEvent(seal, `Invoice ${invoiceId} is sealed with ${problem}`);
  }
  return lines.map((line, index) => ({ provider, seal, position: index + 1, line }));
};

/** Deletes the pages kept for sealed invoices: a seal has named them, or none ever will. */
const forget = async (manager: EntityManager, tables: InvoiceTables, seals: readonly Seal[]): Promise<void> => {
  if (seals.length === 0) return;
  await manager.query(
    `DELETE FROM ${tables.pages} p USING unnest($1::uuid[], $2::uuid[]) AS s (provider_id, invoice_id)
      WHERE p.provider_id = s.provider_id AND p.invoice_id = s.invoice_id`,
    [seals.map(providerOf), seals.map(documentIdOf)],
  );
};

/** Keeps pages for a later seal. A page recorded after its invoice's seal is left out: no seal names it. */
const keepForLater = async (manager: EntityManager, tables: InvoiceTables, pages: readonly Page[]): Promise<void> => {
  for (const some of inStatements(pages, PAGES_PER_STATEMENT)) {
    const rows = some.map((page) => ({
      provider_id: providerOf(page),
      event_id: page.id,
      invoice_id: page.data.invoiceId,
      content_hash: page.data.contentHash,
      lines: page.data.lines,
    }));
    await manager.query(
      `INSERT INTO ${tables.pages} (provider_id, event_id, invoice_id, content_hash, lines)
       SELECT provider_id, event_id, invoice_id, content_hash, lines
         FROM jsonb_populate_recordset(NULL::${tables.pages}, $1::jsonb) AS n
        WHERE NOT EXISTS (SELECT FROM ${tables.lines} l
                           WHERE l.provider_id = n.provider_id AND l.invoice_id = n.invoice_id)
       ON CONFLICT (provider_id, event_id) DO NOTHING`,
      [toJsonb(rows)],
    );
  }
};
