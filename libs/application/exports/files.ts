import { setImmediate } from "node:timers/promises";
import { lineKinds } from "#domain/billing/line.js";
import { type OutstandingPenalty, outstandingPenalties } from "#domain/billing/outstanding-penalties.js";
import { addDays, dateOf } from "#domain/calendar.js";
import { termsOfRow } from "#domain/commitments/terms-of-row.js";
import { termsOn } from "#domain/commitments/terms.js";
import { format, ZERO } from "#domain/money.js";
import { billedSums, type BilledSum } from "#read-models/exports/billed.js";
import { creditNotesBetween, invoicesBetween } from "#read-models/exports/documents.js";
import { accountIdentifiers, commitmentsById, customerNames, discountsUntil } from "#read-models/exports/ledger.js";
import { linesBetween } from "#read-models/exports/lines.js";
import { paymentsBetween, statementsBetween } from "#read-models/exports/money.js";
import { holdersOn } from "#read-models/exports/running.js";
import { type Exported, type ExportFile, exportFile } from "./file.js";

/** A column for each kind of line, in the order of the kinds. */
const KIND_COLUMNS = {
  recurring: "AMOUNT",
  one_time: "AMOUNT",
  penalty: "AMOUNT",
  penalty_waived: "AMOUNT",
  transfer_fee: "AMOUNT",
  adjustment: "AMOUNT",
} as const;

type KindColumn = keyof typeof KIND_COLUMNS;

const byKind = (totals: Readonly<Record<string, string>>, currency: string): Record<KindColumn, string> => {
  const none = format(ZERO, currency);
  return Object.fromEntries(lineKinds.map((kind) => [kind.toLowerCase(), totals[kind] ?? none])) as Record<
    KindColumn,
    string
  >;
};

const DOCUMENT = {
  number: "TEXT",
  issued_on: "DATE",
  customer_id: "ID",
  customer: "TEXT",
  period_from: "DATE",
  period_until: "DATE",
  currency: "CODE",
} as const;

export const invoicesFile = exportFile({
  name: "invoices",
  columns: {
    ...DOCUMENT,
    due_on: "DATE",
    state: "CODE",
    ...KIND_COLUMNS,
    total: "AMOUNT",
    open: "AMOUNT",
    written_off: "AMOUNT",
    lines: "COUNT",
    invoice_id: "ID",
    content_hash: "ID",
  },
  read: ({ snapshot, days }) => invoicesBetween(snapshot, days),
  rows: (invoices) =>
    invoices.map((invoice) => ({
      number: invoice.number,
      issued_on: invoice.issuedOn,
      customer_id: invoice.customerId,
      customer: invoice.customer,
      period_from: invoice.periodFrom,
      period_until: invoice.periodUntil,
      currency: invoice.currency,
      due_on: invoice.dueOn,
      state: invoice.state,
      ...byKind(invoice.totalsByKind, invoice.currency),
      total: invoice.total,
      open: invoice.open,
      written_off: invoice.writtenOff,
      lines: invoice.lines,
      invoice_id: invoice.id,
      content_hash: invoice.contentHash,
    })),
  measures: ({ total, open, currency }) => [
    { measure: "total", amount: total, currency },
    { measure: "open", amount: open, currency },
  ],
});

export const creditNotesFile = exportFile({
  name: "credit-notes",
  columns: {
    ...DOCUMENT,
    purpose: "CODE",
    invoice: "TEXT",
    reason: "TEXT",
    ...KIND_COLUMNS,
    goodwill: "AMOUNT",
    total: "AMOUNT",
    lines: "COUNT",
    credit_note_id: "ID",
    content_hash: "ID",
  },
  read: ({ snapshot, days }) => creditNotesBetween(snapshot, days),
  rows: (notes) =>
    notes.map((note) => ({
      number: note.number,
      issued_on: note.issuedOn,
      customer_id: note.customerId,
      customer: note.customer,
      period_from: note.periodFrom,
      period_until: note.periodUntil,
      currency: note.currency,
      purpose: note.purpose,
      invoice: note.invoice,
      reason: note.reason,
      ...byKind(note.totalsByKind, note.currency),
      goodwill: note.purpose === "GOODWILL" ? note.total : format(ZERO, note.currency),
      total: note.total,
      lines: note.lines,
      credit_note_id: note.id,
      content_hash: note.contentHash,
    })),
  measures: ({ total, purpose, currency }) => [
    { measure: "total", amount: total, currency },
    ...(purpose === "GOODWILL" ? [{ measure: "goodwill", amount: total, currency }] : []),
  ],
});

export const linesFile = exportFile({
  name: "lines",
  columns: {
    document: "CODE",
    number: "TEXT",
    position_on_document: "COUNT",
    issued_on: "DATE",
    customer_id: "ID",
    customer: "TEXT",
    account: "TEXT",
    commitment_id: "ID",
    offer_id: "ID",
    offer: "TEXT",
    row: "CODE",
    kind: "CODE",
    description: "TEXT",
    from: "DATE",
    until: "DATE",
    days: "COUNT",
    period_days: "COUNT",
    fee: "AMOUNT",
    discount: "AMOUNT",
    discount_origin: "CODE",
    net: "AMOUNT",
    currency: "CODE",
    corrects_kind: "CODE",
    corrects_period_from: "DATE",
    document_id: "ID",
    calls: "COUNT",
    seconds: "COUNT",
    charged_seconds: "COUNT",
  },
  read: ({ snapshot, days }) => linesBetween(snapshot, days),
  async rows(lines, { snapshot }) {
    const commitments = await commitmentsById(
      snapshot,
      lines.flatMap(({ commitmentId }) => commitmentId ?? []),
    );
    return lines.map((line) => {
      const commitment = commitments.get(line.commitmentId ?? "");
      const terms = commitment ? termsOfRow(commitment, line.rowId, line.fromOn).terms : null;
      return {
        document: line.document,
        number: line.number,
        position_on_document: line.position,
        issued_on: line.issuedOn,
        customer_id: line.customerId,
        customer: line.customer,
        account: line.account,
        commitment_id: line.commitmentId,
        offer_id: terms?.offerId ?? null,
        offer: terms?.name ?? null,
        row: line.rowId,
        kind: line.kind,
        description: line.description,
        from: line.fromOn,
        until: line.untilOn,
        days: line.days,
        period_days: line.periodDays,
        fee: line.fee,
        discount: line.discount,
        discount_origin: line.discountOrigin,
        net: line.net,
        currency: line.currency,
        corrects_kind: line.corrects?.kind ?? null,
        corrects_period_from: line.corrects?.period.from ?? null,
        document_id: line.documentId,
        calls: line.usage?.calls ?? null,
        seconds: line.usage?.seconds ?? null,
        charged_seconds: line.usage?.chargedSeconds ?? null,
      };
    });
  },
  measures: ({ document, fee, discount, discountOrigin, net, currency }) => {
    const of = document === "INVOICE" ? "invoices" : "credit notes";
    return [
      { measure: `net of ${of}`, amount: net, currency },
      { measure: "fee", amount: fee, currency },
      { measure: "discount", amount: discount, currency },
      ...(discountOrigin === "COMMITMENT" ? [{ measure: "discount of commitments", amount: discount, currency }] : []),
    ];
  },
});

export const paymentsFile = exportFile({
  name: "payments",
  columns: {
    on: "DATE",
    kind: "CODE",
    customer_id: "ID",
    customer: "TEXT",
    amount: "AMOUNT",
    currency: "CODE",
    method: "CODE",
    value_on: "DATE",
    invoice: "TEXT",
    reference: "TEXT",
    note: "TEXT",
    id: "ID",
  },
  read: ({ snapshot, days }) => paymentsBetween(snapshot, days),
  rows: (payments) =>
    payments.map(({ customerId, valueOn, ...payment }) => ({
      ...payment,
      customer_id: customerId,
      value_on: valueOn,
    })),
  measures: ({ kind, amount, currency }) => [{ measure: kind, amount, currency }],
});

export const statementsFile = exportFile({
  name: "statements",
  columns: {
    customer_id: "ID",
    customer: "TEXT",
    on: "DATE",
    kind: "CODE",
    reference: "TEXT",
    amount: "AMOUNT",
    balance: "AMOUNT",
    currency: "CODE",
    document_id: "ID",
  },
  read: ({ snapshot, days }) => statementsBetween(snapshot, days),
  rows: (movements) =>
    movements.map((movement) => ({
      customer_id: movement.customerId,
      customer: movement.customer,
      on: movement.on,
      kind: movement.kind,
      reference: movement.reference,
      amount: movement.amount,
      balance: movement.balance,
      currency: movement.currency,
      document_id: movement.documentId,
    })),
  measures: ({ kind, amount, balance, unnumbered, currency }) => [
    { measure: unnumbered ? `${kind} not issued yet` : kind, amount: amount ?? balance, currency },
  ],
});

export const discountLedgerFile = exportFile({
  name: "discount-ledger",
  columns: {
    commitment_id: "ID",
    customer_id: "ID",
    customer: "TEXT",
    offer_id: "ID",
    offer: "TEXT",
    row: "CODE",
    description: "TEXT",
    given_before: "AMOUNT",
    given: "AMOUNT",
    given_until: "AMOUNT",
    currency: "CODE",
  },
  read: ({ snapshot, days }) => discountsUntil(snapshot, days),
  async rows(discounts, { snapshot, days }) {
    const commitments = await commitmentsById(
      snapshot,
      discounts.map(({ commitmentId }) => commitmentId),
    );
    const names = await customerNames(
      snapshot,
      [...commitments.values()].map(({ customerId }) => customerId),
    );
    return discounts.map(({ commitmentId, rowId, before, given, total, currency }) => {
      const commitment = commitments.get(commitmentId);
      const row = commitment ? termsOfRow(commitment, rowId, days.until) : null;
      return {
        commitment_id: commitmentId,
        customer_id: commitment?.customerId ?? null,
        customer: (commitment && names.get(commitment.customerId)) ?? null,
        offer_id: row?.terms.offerId ?? null,
        offer: row?.terms.name ?? null,
        row: rowId,
        description: row?.description ?? null,
        given_before: before,
        given,
        given_until: total,
        currency,
      };
    });
  },
  measures: ({ before, given, total, currency }) => [
    { measure: "given before", amount: before, currency },
    { measure: "given", amount: given, currency },
    { measure: "given until", amount: total, currency },
  ],
});

/** The penalties of all customers, or of one, in parts. */
export const readPenalties = async function* (
  { snapshot, now }: Pick<Exported, "snapshot" | "now">,
  customerId: string | null,
): AsyncGenerator<readonly OutstandingPenalty[]> {
  // Today is at most a day before UTC's, wherever a customer is.
  for await (const billings of holdersOn(snapshot, addDays(dateOf(now, "UTC"), -1), customerId)) {
    const found: OutstandingPenalty[] = [];
    for (const billing of billings) {
      found.push(...outstandingPenalties(billing, now));
      // Each computation runs in its own turn of the event loop.
      await setImmediate();
    }
    yield found;
  }
};

export const penaltiesFile = exportFile({
  name: "penalties-outstanding",
  columns: {
    customer_id: "ID",
    customer: "TEXT",
    account: "TEXT",
    commitment_id: "ID",
    offer_id: "ID",
    offer: "TEXT",
    start: "DATE",
    today: "DATE",
    discount_end: "DATE",
    early: "CODE",
    ends_on: "DATE",
    penalty: "AMOUNT",
    currency: "CODE",
  },
  read: (exported) => readPenalties(exported, null),
  async rows(penalties, { snapshot }) {
    const names = await customerNames(
      snapshot,
      penalties.map(({ customerId }) => customerId),
    );
    const accounts = await accountIdentifiers(
      snapshot,
      penalties.map(({ accountId }) => accountId),
    );
    return penalties.map(({ commitment, customerId, accountId, today, ...outstanding }) => {
      const { commitmentId, start } = commitment;
      const { discountEnd, early, endsOn, penalty, currency } = outstanding;
      const { offerId, name: offer } = termsOn(commitment, today);
      return {
        customer_id: customerId,
        customer: names.get(customerId) ?? null,
        account: accounts.get(accountId) ?? null,
        commitment_id: commitmentId,
        offer_id: offerId,
        offer,
        start,
        today,
        discount_end: discountEnd,
        early: early ? "true" : "false",
        ends_on: endsOn,
        penalty,
        currency,
      };
    });
  },
  measures: ({ penalty, currency }) => [{ measure: "penalty", amount: penalty, currency }],
});

const REVENUE_BY = new Set(["MONTH", "SERVICE_MONTH", "KIND", "DOCUMENT"] as const);

export const revenueFile = exportFile({
  name: "revenue",
  columns: {
    currency: "CODE",
    month: "CODE",
    service_month: "CODE",
    kind: "CODE",
    document: "CODE",
    lines: "COUNT",
    fee: "AMOUNT",
    discount: "AMOUNT",
    net: "AMOUNT",
  },
  async *read({ snapshot, days }): AsyncGenerator<readonly BilledSum[]> {
    yield await billedSums(snapshot, REVENUE_BY, { ...days, customerId: null });
  },
  rows: (sums) =>
    sums.map(({ currency, month, serviceMonth, kind, document, lines, fee, discount, net }) => ({
      ...{ currency, month, service_month: serviceMonth, kind, document, lines, fee, discount, net },
    })),
  measures: ({ document, net, currency }) => [
    { measure: document === "INVOICE" ? "net of invoices" : "net of credit notes", amount: net, currency },
  ],
});

/** All files of an export, in the order in which they are written. */
export const exportFiles: readonly ExportFile[] = [
  invoicesFile,
  linesFile,
  creditNotesFile,
  paymentsFile,
  statementsFile,
  discountLedgerFile,
  penaltiesFile,
  revenueFile,
];
