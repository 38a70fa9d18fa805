import { addDays, type LocalDate } from "#domain/calendar.js";
import { stateOn } from "#domain/invoicing/invoice.js";
import { type LineKind } from "#domain/billing/line.js";
import { type ClosedPeriod as ClosedPeriodRow } from "#read-models/billing/closed-periods.js";
import { type Unbilled as Computed } from "#domain/billing/unbilled.js";
import { type IssuedInvoice, type ShownLine } from "#read-models/invoices/queries.js";
import { type Plain } from "../graphql/plain.js";
import { type IssuedCreditNote } from "#read-models/invoices/credit-notes.js";
import { type ClosedPeriod, type CreditNote, type Invoice, type Line } from "./models.js";
import { type Unbilled } from "./unbilled-models.js";

/** The GraphQL forms of rows of invoices. */

/** @param today the customer's, on which an invoice may be overdue */
export const invoiceShown = (row: IssuedInvoice, today: LocalDate): Plain<Invoice> => {
  const { id, number, currency, issuedOn, dueOn, total, lineCount, recipient, contentHash, customerId } = row;
  const totals = Object.entries(row.totalsByKind) as [LineKind, string][];
  return {
    id,
    createdAt: row.sealedAt,
    number,
    currency,
    issuedOn,
    dueOn,
    state: stateOn(row, today),
    total,
    openAmount: row.open,
    writtenOff: row.writtenOff,
    lineCount,
    recipient,
    contentHash,
    customerId,
    period: { from: row.periodFrom, until: row.periodUntil },
    totalsByKind: totals.map(([kind, sum]) => ({ kind, total: sum })),
  };
};

export const creditNoteShown = (row: IssuedCreditNote): Plain<CreditNote> => {
  const { id, number, purpose, currency, issuedOn, total, lineCount, recipient, reason, contentHash } = row;
  const totals = Object.entries(row.totalsByKind) as [LineKind, string][];
  return {
    ...{ id, number, purpose, currency, issuedOn, total, lineCount, recipient, reason, contentHash },
    createdAt: row.sealedAt,
    customerId: row.customerId,
    invoiceId: row.invoiceId,
    period: { from: row.periodFrom, until: row.periodUntil },
    totalsByKind: totals.map(([kind, sum]) => ({ kind, total: sum })),
  };
};

export const lineShown = ({ fromOn, untilOn, ...row }: ShownLine): Plain<Line> => ({
  ...row,
  from: fromOn,
  until: untilOn,
});

export const closedPeriodShown = (row: ClosedPeriodRow): Plain<ClosedPeriod> => ({
  customerId: row.customer_id,
  invoiceId: row.invoice_id,
  period: { from: row.period_from, until: row.period_until },
  closedAt: row.recorded_at,
  moved: row.moved.length > 0,
  lateEvents: row.moved,
});

export const unbilledShown = ({
  period,
  ...computed
}: Omit<Computed, "lines"> & Pick<Plain<Unbilled>, "lines">): Plain<Unbilled> => ({
  ...computed,
  period: { from: period.from, until: addDays(period.to, -1) },
});
