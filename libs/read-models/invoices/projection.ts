import { type InvoiceSealed } from "#domain/invoicing/events.js";
import { stateOf } from "#domain/invoicing/invoice.js";
import { ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";
import { upsert } from "../runner/upsert.js";
import { type AssignedNumber, numbersIn, writeNumbers } from "./numbers.js";
import { keyOf, type SealedLine, takeSealed } from "./pages.js";
import { type InvoiceLineRow, invoiceLines, type InvoiceRow, invoices } from "./table.js";

/**
 * Sealed invoices with their lines, and numbers once assigned. The pages of an invoice precede its seal, possibly with
 * other events between.
 */
export const invoicesProjection: Projection<"receivables" | "register"> = {
  name: "invoices",
  version: 1,
  tables: ["invoices", "invoice_lines", "invoice_pages"],
  categories: ["receivables", "register"],
  async apply(manager, events) {
    const seals = ofType(events, "InvoiceSealed");
    const numbers = numbersIn(ofType(events, "NumbersAssigned"));
    const sealed = new Set(seals.map((seal) => keyOf(providerOf(seal), seal.data.invoiceId)));

    const tables = { pages: "invoice_pages", lines: "invoice_lines" };
    const lines = await takeSealed(manager, tables, ofType(events, "InvoicePageRecorded"), seals);
    await upsert(
      manager,
      invoices,
      seals.map((seal) => toRow(seal, numbers)),
    );
    await upsert(manager, invoiceLines, lines.map(toLineRow));
    await writeNumbers(
      manager,
      [...numbers.values()].filter(({ provider, invoiceId }) => !sealed.has(keyOf(provider, invoiceId))),
    );
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
    sealedEventId: id,
    stream,
    revision: revision.toString(),
    sealedAt: metadata.recordedAt,
  };
};

const toLineRow = ({ provider, seal, position, line }: SealedLine): InvoiceLineRow => {
  const { from, until, unitFee = null, unitDiscount = null, corrects = null, ...rest } = line;
  const key = { providerId: provider, invoiceId: seal.data.invoiceId, position };
  return { ...rest, ...key, fromOn: from, untilOn: until, unitFee, unitDiscount, corrects };
};
