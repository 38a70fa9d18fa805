import { type EntityManager } from "typeorm";
import { type InvoiceSealed } from "#domain/invoicing/events.js";
import { stateOf } from "#domain/invoicing/invoice.js";
import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { type AssignedNumber, numbersIn, writeNumbers } from "./numbers.js";
import { keyOf, keepForLater, pagesOf, type RecordedPage } from "./pages.js";
import { type InvoiceLineRow, invoiceLines, type InvoiceRow, invoices } from "./table.js";

/**
 * Sealed invoices and their lines, as the seals say; numbers follow. The pages of an invoice come before its seal, and
 * other events may lie between: they are kept until then. Only pages that the seal names are lines.
 */
export const invoicesProjection: Projection<"receivables" | "register"> = {
  name: "invoices",
  version: 1,
  tables: ["invoices", "invoice_lines", "invoice_pages"],
  categories: ["receivables", "register"],
  async apply(manager, events) {
    const recorded = ofType(events, "InvoicePageRecorded");
    const seals = ofType(events, "InvoiceSealed");
    const numbers = numbersIn(ofType(events, "NumbersAssigned"));
    const sealed = new Set(seals.map((seal) => keyOf(providerOf(seal), seal.data.invoiceId)));

    const pages = await pagesOf(manager, seals, recorded);
    await upsert(
      manager,
      invoices,
      seals.map((seal) => toRow(seal, numbers)),
    );
    await upsert(
      manager,
      invoiceLines,
      seals.flatMap((seal) => linesOf(seal, pages)),
    );
    await writeNumbers(
      manager,
      [...numbers.values()].filter(({ provider, invoiceId }) => !sealed.has(keyOf(provider, invoiceId))),
    );
    await forget(manager, seals);
    const early = recorded.filter((page) => !sealed.has(keyOf(providerOf(page), page.data.invoiceId)));
    await keepForLater(manager, early);
  },
};

const providerOf = ({ stream }: RecordedEvent): string => parseStreamName(stream).provider;

const toRow = (seal: RecordedEvent<InvoiceSealed>, numbers: ReadonlyMap<string, AssignedNumber>): InvoiceRow => {
  const { data, stream, revision, id, metadata } = seal;
  const provider = providerOf(seal);
  const assigned = numbers.get(keyOf(provider, data.invoiceId));
  return {
    providerId: provider,
    id: data.invoiceId,
    number: assigned?.number ?? null,
    series: assigned?.series ?? null,
    seriesIndex: assigned?.seriesIndex.toString() ?? null,
    customerId: data.customerId,
    periodFrom: data.period.from,
    periodUntil: data.period.until,
    issuedOn: data.issuedOn,
    dueOn: data.dueOn,
    currency: data.currency,
    total: data.total,
    totalsByKind: data.totalsByKind,
    lineCount: data.lineCount,
    state: stateOf(data.total),
    rounding: data.rounding,
    contentHash: data.contentHash,
    recipient: data.personal.recipient,
    basis: data.basis,
    sealedEventId: id,
    stream,
    revision: revision.toString(),
    sealedAt: metadata.recordedAt,
  };
};

/** Throws when a page that the seal names never came, or is another one: that invoice cannot be shown. */
const linesOf = (seal: RecordedEvent<InvoiceSealed>, pages: ReadonlyMap<string, RecordedPage>): InvoiceLineRow[] => {
  const { invoiceId, pages: named, lineCount } = seal.data;
  const providerId = providerOf(seal);
  const lines = named.flatMap(({ page, eventId, contentHash }) => {
    const found = pages.get(keyOf(providerId, eventId));
    if (found?.invoiceId !== invoiceId || found.contentHash !== contentHash) {
      throw new Error(`Invoice ${invoiceId} is sealed with page ${page} (event ${eventId}), which is not in the log`);
    }
    return found.lines;
  });
  if (lines.length !== lineCount) {
    throw new Error(`Invoice ${invoiceId} is sealed with ${lineCount} lines, its pages hold ${lines.length}`);
  }
  return lines.map(({ from, until, ...line }, index) => ({
    ...line,
    providerId,
    invoiceId,
    position: index + 1,
    fromOn: from,
    untilOn: until,
  }));
};

/** The seal has come: what was kept for it is in its lines, or never will be. */
const forget = async (manager: EntityManager, seals: readonly RecordedEvent<InvoiceSealed>[]) => {
  if (seals.length === 0) return;
  await manager.query(
    `DELETE FROM invoice_pages p USING unnest($1::uuid[], $2::uuid[]) AS s (provider_id, invoice_id)
      WHERE p.provider_id = s.provider_id AND p.invoice_id = s.invoice_id`,
    [seals.map(providerOf), seals.map(({ data }) => data.invoiceId)],
  );
};
