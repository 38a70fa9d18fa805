import {
  type CreditNoteSealed,
  documentIdOf,
  type DocumentSealed,
  type InvoiceSealed,
} from "#domain/invoicing/events.js";
import { DEFAULT_LANGUAGE } from "#domain/language.js";
import { stateOf } from "#domain/invoicing/invoice.js";
import { format, ZERO } from "#domain/money.js";
import { isOf, ofType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Projection } from "../runner/projection.js";
import { inStatements, upsert } from "../runner/upsert.js";
import { allocate } from "./allocation.js";
import { openBalances, writeBalances } from "./balances.js";
import { type AssignedNumber, numbersIn, writeNumbers } from "./numbers.js";
import { writePayments } from "./payments.js";
import { keyOf, type SealedLine, takeSealed } from "./pages.js";
import {
  type CreditNoteRow,
  creditNotes,
  type InvoiceLineRow,
  invoiceLines,
  type InvoiceRow,
  invoices,
} from "./table.js";

/**
 * Sealed invoices and credit notes with their lines, numbers once assigned, payments and refunds, what is left to pay,
 * and what each customer owes, whether or not anything was ever issued to it. The pages of an invoice precede its seal, possibly with other events between.
 */
export const invoicesProjection: Projection<"receivables" | "register" | "customer"> = {
  name: "invoices",
  version: 8,
  tables: [
    "invoices",
    "credit_notes",
    "payments",
    "refunds",
    "receivables_accounts",
    "customer_balances",
    "receivables_credits",
    "receivables_uses",
    "receivables_movements",
    "receivables_open",
    "invoice_lines",
    "invoice_pages",
  ],
  lateIndexes: [
    "invoices_due",
    "invoices_issued",
    "invoices_number",
    "invoices_series",
    "invoices_unpaid",
    "credit_notes_customer",
    "credit_notes_number",
    "credit_notes_series",
    "invoice_lines_commitment",
    "payments_customer",
    "payments_recorded",
    "payments_reference",
    "refunds_customer",
    "refunds_recorded",
    "customer_balances_due",
  ],
  categories: ["receivables", "register", "customer"],
  async apply(manager, all) {
    await openBalances(manager, ofType(all, "CustomerCreated"));
    const events = all.filter((event) => isOf(event, "receivables", "register"));
    const invoiced = ofType(events, "InvoiceSealed");
    const credited = ofType(events, "CreditNoteSealed");
    const seals = [...invoiced, ...credited];
    const numbers = numbersIn(ofType(events, "NumbersAssigned"));
    const sealed = new Set(seals.map((seal) => keyOf(providerOf(seal), documentIdOf(seal))));

    const tables = { pages: "invoice_pages", lines: "invoice_lines" };
    const lines = await takeSealed(manager, tables, ofType(events, "InvoicePageRecorded"), seals);
    await upsert(
      manager,
      invoices,
      invoiced.map((seal) => toInvoice(seal, numbers)),
    );
    await upsert(
      manager,
      creditNotes,
      credited.map((seal) => toCreditNote(seal, numbers)),
    );
    for (const some of inStatements(lines)) await upsert(manager, invoiceLines, some.map(toLineRow));
    const earlier = [...numbers.values()].filter(({ provider, invoiceId }) => !sealed.has(keyOf(provider, invoiceId)));
    const [ofInvoices, ofCreditNotes] = [
      earlier.filter(({ series }) => series === "invoices"),
      earlier.filter(({ series }) => series !== "invoices"),
    ];
    await writeNumbers(manager, "invoices", ofInvoices);
    await writeNumbers(manager, "credit_notes", ofCreditNotes);
    await writePayments(manager, events);
    await writeBalances(manager, await allocate(manager, events));
  },
};

const providerOf = ({ stream }: RecordedEvent): string => parseStreamName(stream).provider;

const toInvoice = (seal: RecordedEvent<InvoiceSealed>, numbers: ReadonlyMap<string, AssignedNumber>): InvoiceRow => {
  const { dueOn, total } = seal.data;
  return {
    ...documentRow(seal, numbers),
    dueOn,
    open: total,
    writtenOff: format(ZERO, seal.data.currency),
    state: stateOf(total, total, "0"),
  };
};

const toCreditNote = (
  seal: RecordedEvent<CreditNoteSealed>,
  numbers: ReadonlyMap<string, AssignedNumber>,
): CreditNoteRow => {
  const { purpose, invoiceId, personal } = seal.data;
  return { ...documentRow(seal, numbers), purpose, invoiceId, reason: personal.reason ?? null };
};

const documentRow = (seal: RecordedEvent<DocumentSealed>, numbers: ReadonlyMap<string, AssignedNumber>) => {
  const { data, stream, revision, id, metadata } = seal;
  const provider = providerOf(seal);
  const assigned = numbers.get(keyOf(provider, documentIdOf(seal)));
  return {
    providerId: provider,
    id: documentIdOf(seal),
    number: assigned?.number ?? null,
    series: assigned?.series ?? null,
    seriesIndex: assigned?.seriesIndex.toString() ?? null,
    customerId: data.customerId,
    periodFrom: data.period.from,
    periodUntil: data.period.until,
    issuedOn: data.issuedOn,
    currency: data.currency,
    total: data.total,
    totalsByKind: data.totalsByKind,
    lineCount: data.lineCount,
    rounding: data.rounding,
    language: data.language ?? DEFAULT_LANGUAGE,
    datePattern: data.datePattern ?? null,
    contentHash: data.contentHash,
    recipient: data.personal.recipient,
    sealedEventId: id,
    stream,
    revision: revision.toString(),
    sealedAt: metadata.recordedAt,
  };
};

const toLineRow = ({ provider, seal, position, line }: SealedLine): InvoiceLineRow => ({
  providerId: provider,
  invoiceId: documentIdOf(seal),
  position,
  kind: line.kind,
  commitmentId: line.commitmentId,
  accountId: line.accountId,
  rowId: line.rowId,
  description: line.description,
  fromOn: line.from,
  untilOn: line.until,
  days: line.days,
  periodDays: line.periodDays,
  unitFee: line.unitFee ?? null,
  unitDiscount: line.unitDiscount ?? null,
  fee: line.fee,
  discount: line.discount,
  discountOrigin: line.discountOrigin,
  net: line.net,
  corrects: line.corrects ?? null,
  usage: line.usage ?? null,
  currency: line.currency,
  taxes: line.taxes,
  causes: line.causes,
});
