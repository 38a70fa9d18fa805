import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Correction, type Line, type LineKind } from "#domain/billing/line.js";
import { type Language } from "#domain/language.js";
import { type Amount, type RoundingMode } from "#domain/money.js";
import { type CreditNotePurpose, type Recipient } from "#domain/invoicing/events.js";
import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { type InvoiceState } from "#domain/invoicing/invoice.js";
import { type UsageCounts } from "#domain/voice/usage.js";
import {
  arrayOf,
  bigint,
  date,
  entityOf,
  instant,
  integer,
  jsonb,
  nullable,
  numeric,
  text,
  uuid,
  uuidKey,
} from "../rows/columns.js";

export interface InvoiceRow {
  readonly providerId: string;
  readonly id: string;
  /** Number as printed; null until it is assigned. */
  readonly number: string | null;
  readonly series: string | null;
  /** Index in the series, from 1: sorts in the order of the numbers. */
  readonly seriesIndex: string | null;
  readonly customerId: string;
  /** First and last day of the period. */
  readonly periodFrom: LocalDate;
  readonly periodUntil: LocalDate;
  readonly issuedOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly currency: string;
  readonly total: string;
  /** What is left to pay of it. */
  readonly open: string;
  /** What was written off of it. */
  readonly writtenOff: string;
  readonly totalsByKind: Readonly<Partial<Record<LineKind, string>>>;
  readonly lineCount: number;
  /** Without OVERDUE, which is a matter of the day. */
  readonly state: InvoiceState;
  readonly rounding: RoundingMode;
  readonly language: Language;
  /** Of date-fns; null: the language decides. */
  readonly datePattern: string | null;
  readonly contentHash: string;
  readonly recipient: Recipient;
  readonly sealedEventId: string;
  /** The customer's receivables stream, and the seal's revision in it. */
  readonly stream: string;
  readonly revision: string;
  /** When the seal was recorded. */
  readonly sealedAt: Instant;
}

export const invoices = entityOf<InvoiceRow>("Invoice", "invoices", {
  providerId: uuidKey,
  id: uuidKey,
  number: nullable(text),
  series: nullable(text),
  seriesIndex: nullable(bigint),
  customerId: uuid,
  periodFrom: date,
  periodUntil: date,
  issuedOn: date,
  dueOn: date,
  currency: text,
  total: numeric,
  open: numeric,
  writtenOff: numeric,
  totalsByKind: jsonb,
  lineCount: integer,
  state: text,
  rounding: text,
  language: text,
  datePattern: nullable(text),
  contentHash: text,
  recipient: jsonb,
  sealedEventId: uuid,
  stream: text,
  revision: bigint,
  sealedAt: instant,
});

export interface CreditNoteRow extends Omit<InvoiceRow, "dueOn" | "state" | "open" | "writtenOff"> {
  readonly purpose: CreditNotePurpose;
  /** The invoice that it corrects or voids; null: none. */
  readonly invoiceId: string | null;
  readonly reason: string | null;
}

export const creditNotes = entityOf<CreditNoteRow>("CreditNote", "credit_notes", {
  providerId: uuidKey,
  id: uuidKey,
  number: nullable(text),
  series: nullable(text),
  seriesIndex: nullable(bigint),
  customerId: uuid,
  purpose: text,
  invoiceId: nullable(uuid),
  reason: nullable(text),
  periodFrom: date,
  periodUntil: date,
  issuedOn: date,
  currency: text,
  total: numeric,
  totalsByKind: jsonb,
  lineCount: integer,
  rounding: text,
  language: text,
  datePattern: nullable(text),
  contentHash: text,
  recipient: jsonb,
  sealedEventId: uuid,
  stream: text,
  revision: bigint,
  sealedAt: instant,
});

export interface PaymentRow {
  readonly providerId: string;
  readonly id: string;
  readonly customerId: string;
  readonly amount: Amount;
  readonly currency: string;
  readonly method: PaymentMethod;
  /** When the money came, as the bank says. */
  readonly valueOn: LocalDate;
  /** From this day on it counts. */
  readonly recordedOn: LocalDate;
  /** The invoice that it was recorded for; null: none. */
  readonly invoiceId: string | null;
  readonly reference: string | null;
  readonly note: string | null;
  /** Null: it was not reversed. */
  readonly reversedOn: LocalDate | null;
  readonly reversalReason: string | null;
  readonly recordedAt: Instant;
  /** Its place in the log: sorts in the order of recording. */
  readonly recordedCommit: string;
}

export const payments = entityOf<PaymentRow>("Payment", "payments", {
  providerId: uuidKey,
  id: uuidKey,
  customerId: uuid,
  amount: numeric,
  currency: text,
  method: text,
  valueOn: date,
  recordedOn: date,
  invoiceId: nullable(uuid),
  reference: nullable(text),
  note: nullable(text),
  reversedOn: nullable(date),
  reversalReason: nullable(text),
  recordedAt: instant,
  recordedCommit: numeric,
});

export interface RefundRow {
  readonly providerId: string;
  readonly id: string;
  readonly customerId: string;
  readonly amount: Amount;
  readonly currency: string;
  readonly method: PaymentMethod;
  readonly recordedOn: LocalDate;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly recordedAt: Instant;
  /** Its place in the log: sorts in the order of recording. */
  readonly recordedCommit: string;
}

export const refunds = entityOf<RefundRow>("Refund", "refunds", {
  providerId: uuidKey,
  id: uuidKey,
  customerId: uuid,
  amount: numeric,
  currency: text,
  method: text,
  recordedOn: date,
  reference: nullable(text),
  reason: nullable(text),
  recordedAt: instant,
  recordedCommit: numeric,
});

export interface InvoiceLineRow extends Omit<
  Line,
  "from" | "until" | "unitFee" | "unitDiscount" | "charged" | "corrects" | "usage"
> {
  readonly providerId: string;
  readonly invoiceId: string;
  /** Number of the line in the invoice, from 1. */
  readonly position: number;
  /** First and last day, both inclusive. */
  readonly fromOn: LocalDate;
  readonly untilOn: LocalDate;
  /** Amounts of a whole billing period; null where nothing is prorated, and on invoices sealed before 2026-11-27. */
  readonly unitFee: Amount | null;
  readonly unitDiscount: Amount | null;
  /** What an adjustment corrects; null for other lines. */
  readonly corrects: Correction | null;
  /** How many calls it is, and how long they were; null for other lines. */
  readonly usage: UsageCounts | null;
}

export const invoiceLines = entityOf<InvoiceLineRow>("InvoiceLine", "invoice_lines", {
  providerId: uuidKey,
  invoiceId: uuidKey,
  position: { ...integer, primary: true },
  kind: text,
  commitmentId: nullable(uuid),
  accountId: uuid,
  rowId: text,
  description: text,
  fromOn: date,
  untilOn: date,
  days: integer,
  periodDays: nullable(integer),
  unitFee: nullable(numeric),
  unitDiscount: nullable(numeric),
  fee: numeric,
  discount: numeric,
  discountOrigin: nullable(text),
  net: numeric,
  corrects: nullable(jsonb),
  usage: nullable(jsonb),
  currency: text,
  taxes: jsonb,
  causes: arrayOf(uuid),
});
