import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { byIds, Filtered } from "../rows/filters.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { type PaymentRow, payments, type RefundRow, refunds } from "./table.js";

export interface PaymentFilter {
  readonly customerId?: string | null | undefined;
  /** Only those recorded for this invoice. */
  readonly invoiceId?: string | null | undefined;
  readonly reference?: string | null | undefined;
  readonly method?: PaymentMethod | null | undefined;
  readonly currency?: string | null | undefined;
  readonly isReversed?: boolean | null | undefined;
  /** The day of recording from and until, both included. */
  readonly recordedFrom?: LocalDate | null | undefined;
  readonly recordedUntil?: LocalDate | null | undefined;
  readonly valueFrom?: LocalDate | null | undefined;
  readonly valueUntil?: LocalDate | null | undefined;
}

export type RefundFilter = Pick<
  PaymentFilter,
  "customerId" | "reference" | "method" | "currency" | "recordedFrom" | "recordedUntil"
>;

export type PaymentSortField = "RECORDED" | "VALUE_DATE" | "AMOUNT";
export type RefundSortField = "RECORDED" | "AMOUNT";

const RECORDED = { sql: "t.recordedCommit", type: "numeric" } as const;
const AMOUNT = { sql: "t.amount", type: "numeric" } as const;
const BY_RECORDING = {
  byDefault: { by: "RECORDED", direction: "ASC" },
  unique: { sql: "t.id", type: "uuid" },
} as const;

const paymentSorting: Sorting<PaymentSortField> = {
  ...BY_RECORDING,
  fields: { RECORDED, VALUE_DATE: { sql: "t.valueOn", type: "date" }, AMOUNT },
};
const refundSorting: Sorting<RefundSortField> = { ...BY_RECORDING, fields: { RECORDED, AMOUNT } };

export const listPayments = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<PaymentFilter, PaymentSortField> = {},
): Promise<Slice<PaymentRow>> => {
  const filter = options.filter ?? {};
  const filtered = new Filtered(dataSource, payments, scope, "customerId")
    .isId("customerId", filter.customerId)
    .isId("invoiceId", filter.invoiceId)
    .is("reference", filter.reference)
    .is("method", filter.method)
    .is("currency", filter.currency)
    .between("recordedOn", filter.recordedFrom, filter.recordedUntil)
    .between("valueOn", filter.valueFrom, filter.valueUntil);
  if (filter.isReversed != null) {
    filtered.query.andWhere(filter.isReversed ? "t.reversedOn IS NOT NULL" : "t.reversedOn IS NULL");
  }
  return paginate(filtered.query, paymentSorting, options);
};

export const listRefunds = (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<RefundFilter, RefundSortField> = {},
): Promise<Slice<RefundRow>> => {
  const filter = options.filter ?? {};
  const { query } = new Filtered(dataSource, refunds, scope, "customerId")
    .isId("customerId", filter.customerId)
    .is("reference", filter.reference)
    .is("method", filter.method)
    .is("currency", filter.currency)
    .between("recordedOn", filter.recordedFrom, filter.recordedUntil);
  return paginate(query, refundSorting, options);
};

/** Payments by id; unknown ids are left out. */
export const findPayments = (dataSource: DataSource, scope: Scope, ids: readonly string[]) =>
  byIds(dataSource, payments, scope, "customerId", ids);

/** Refunds by id; unknown ids are left out. */
export const findRefunds = (dataSource: DataSource, scope: Scope, ids: readonly string[]) =>
  byIds(dataSource, refunds, scope, "customerId", ids);
