import { type DataSource } from "typeorm";
import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type InvoiceState } from "#domain/invoicing/invoice.js";
import { type Amount, big, type Currency, format } from "#domain/money.js";
import { DOCUMENTS } from "../rows/documents.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, type Slice, paginate, type Sorting, upTo } from "../rows/paging.js";
import { customersIn, isIn, type Scope } from "../rows/scope.js";
import { limitOf, walkOf, type Window } from "../rows/window.js";
import { overdueAt } from "./overdue.js";
import { type InvoiceLineRow, invoiceLines, type InvoiceRow, invoices } from "./table.js";

export interface InvoiceFilter {
  readonly customerId?: string | null | undefined;
  readonly number?: string | null | undefined;
  /** The state at a moment, which the caller gives: on the day that it is then for the invoice's customer. */
  readonly state?: { readonly is: InvoiceState; readonly at: Instant } | null | undefined;
  readonly currency?: string | null | undefined;
  /** Only invoices with a line of this commitment. */
  readonly commitmentId?: string | null | undefined;
  /** Issue date from and until, both included. */
  readonly issuedFrom?: LocalDate | null | undefined;
  readonly issuedUntil?: LocalDate | null | undefined;
  readonly dueFrom?: LocalDate | null | undefined;
  readonly dueUntil?: LocalDate | null | undefined;
  /** Only invoices whose period has a day in this range. */
  readonly periodFrom?: LocalDate | null | undefined;
  readonly periodUntil?: LocalDate | null | undefined;
}

export type InvoiceSortField = "NUMBER" | "ISSUED" | "DUE" | "TOTAL";

const sorting: Sorting<InvoiceSortField> = {
  fields: {
    NUMBER: { sql: "t.seriesIndex", type: "bigint" },
    ISSUED: { sql: "t.issuedOn", type: "date" },
    DUE: { sql: "t.dueOn", type: "date" },
    TOTAL: { sql: "t.total", type: "numeric" },
  },
  byDefault: { by: "NUMBER", direction: "ASC" },
  // One series: of equal keys in the order of the numbers.
  unique: { sql: "t.seriesIndex", type: "bigint" },
};

/** An invoice that was issued. */
export type IssuedInvoice = InvoiceRow & { readonly number: string };

/** Issued invoices: sealed ones without a number are not shown. */
const issued = (dataSource: DataSource, scope: Scope): Filtered<InvoiceRow> => {
  const filtered = new Filtered(dataSource, invoices, scope, "customerId");
  filtered.query.andWhere("t.number IS NOT NULL");
  return filtered;
};

export const listInvoices = async (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<InvoiceFilter, InvoiceSortField> = {},
): Promise<Slice<IssuedInvoice>> => {
  const { query } = await matchingFilter(dataSource, scope, options.filter);
  return (await paginate(query, sorting, options)) as Slice<IssuedInvoice>;
};

/** The number of issued invoices that match; `most` where there are as many or more. */
export const countInvoices = async (
  dataSource: DataSource,
  scope: Scope,
  filter: InvoiceFilter,
  most: number,
): Promise<number> => upTo(most, (await matchingFilter(dataSource, scope, filter)).query);

/** Of some invoices with the same currency and state: how many, and what they add up to. */
export interface InvoiceSum {
  readonly currency: Currency;
  readonly state: InvoiceState;
  readonly invoices: number;
  readonly total: Amount;
  /** What is left to pay of them. */
  readonly open: Amount;
}

/** Issued invoices that match, added up by currency and by their state at a moment. */
export const sumInvoices = async (
  dataSource: DataSource,
  scope: Scope,
  filter: InvoiceFilter | null | undefined,
  now: Instant,
): Promise<InvoiceSum[]> => {
  if (!isUuid(scope.providerId)) return [];
  const { query } = await matchingFilter(dataSource, scope, filter);
  const overdue = await overdueAt(dataSource, scope.providerId, now);
  const state = `CASE WHEN ${overdue.sql} THEN 'OVERDUE' ELSE t.state END`;
  const rows = await query
    .select("t.currency", "currency")
    .addSelect(state, "state")
    .addSelect("count(*)", "invoices")
    .addSelect("sum(t.total)", "total")
    .addSelect("sum(t.open)", "open")
    .setParameters(overdue.parameters)
    .groupBy("t.currency")
    // By its place: the same expression with its parameters would be another one.
    .addGroupBy("2")
    .orderBy("1")
    .addOrderBy("2")
    .getRawMany<Record<keyof InvoiceSum, string>>();
  return rows.map(({ currency, state: is, invoices: count, total, open }) => ({
    currency,
    state: is as InvoiceState,
    invoices: Number(count),
    total: format(big(total), currency),
    open: format(big(open), currency),
  }));
};

const matchingFilter = async (
  dataSource: DataSource,
  scope: Scope,
  given: InvoiceFilter | null | undefined,
): Promise<Filtered<InvoiceRow>> => {
  const filter = given ?? {};
  const filtered = issued(dataSource, scope)
    .isId("customerId", filter.customerId)
    .is("number", filter.number)
    .is("currency", filter.currency)
    .between("issuedOn", filter.issuedFrom, filter.issuedUntil)
    .between("dueOn", filter.dueFrom, filter.dueUntil)
    .where("t.periodUntil >= ?", filter.periodFrom)
    .where("t.periodFrom <= ?", filter.periodUntil);
  const { commitmentId, state } = filter;
  if (state && isUuid(scope.providerId)) {
    const overdue = await overdueAt(dataSource, scope.providerId, state.at);
    if (state.is !== "OVERDUE") filtered.is("state", state.is);
    filtered.query.andWhere(state.is === "OVERDUE" ? overdue.sql : `NOT ${overdue.sql}`, overdue.parameters);
  }
  if (commitmentId != null && !isUuid(commitmentId)) filtered.query.andWhere("FALSE");
  else filtered.where(HAS_LINE, commitmentId);
  return filtered;
};

const HAS_LINE = `EXISTS (SELECT FROM invoice_lines l
  WHERE l.provider_id = t.providerId AND l.invoice_id = t.id AND l.commitment_id = CAST(? AS uuid))`;

/** Issued invoices by id; unknown ids are left out. */
export const findInvoices = async (
  dataSource: DataSource,
  scope: Scope,
  ids: readonly string[],
): Promise<IssuedInvoice[]> =>
  (await issued(dataSource, scope)
    .where("t.id = ANY(CAST(? AS uuid[]))", ids.filter(isUuid))
    .query.getMany()) as IssuedInvoice[];

/** A customer's issued invoices that were due before a day and are not paid whole, by issue date, then number. */
export const unpaidInvoices = async (
  dataSource: DataSource,
  scope: Scope,
  customerId: string,
  day: LocalDate,
): Promise<IssuedInvoice[]> =>
  (await issued(dataSource, scope)
    .isId("customerId", customerId)
    .where("t.dueOn < ?", day)
    .query.andWhere("t.open > 0")
    .orderBy("t.issuedOn")
    .addOrderBy("t.seriesIndex")
    .getMany()) as IssuedInvoice[];

export type LineSortField = "POSITION";

/** Lines on documents of the scope. */
export const linesIn = (dataSource: DataSource, scope: Scope): Filtered<InvoiceLineRow> =>
  new Filtered(dataSource, invoiceLines, scope, null).where(ON_OWN_DOCUMENT, scope.customerId);

const ON_OWN_DOCUMENT = `EXISTS (SELECT FROM ${DOCUMENTS} own
  WHERE own.provider_id = t.providerId AND own.id = t.invoiceId AND own.customer_id = CAST(? AS uuid))`;

const POSITION = { sql: "t.position", type: "integer" } as const;
const byPosition: Sorting<LineSortField> = {
  fields: { POSITION },
  byDefault: { by: "POSITION", direction: "ASC" },
  unique: POSITION,
};

/** The lines of one invoice, in order. */
export const listInvoiceLines = (
  dataSource: DataSource,
  scope: Scope,
  invoiceId: string,
  options: ListOptions<never, LineSortField> = {},
): Promise<Slice<InvoiceLineRow>> =>
  paginate(linesIn(dataSource, scope).isId("invoiceId", invoiceId).query, byPosition, options);

/** The lines of calls of one issued invoice or credit note, in order. */
export const listUsageLines = (
  dataSource: DataSource,
  scope: Scope,
  invoiceId: string,
  options: ListOptions<never, LineSortField> = {},
): Promise<Slice<InvoiceLineRow>> => {
  const { query } = linesIn(dataSource, scope).isId("invoiceId", invoiceId);
  return paginate(query.andWhere("t.kind = 'USAGE'").andWhere(IS_ISSUED), byPosition, options);
};

const IS_ISSUED = `EXISTS (SELECT FROM ${DOCUMENTS} d
  WHERE d.provider_id = t.providerId AND d.id = t.invoiceId AND d.number IS NOT NULL)`;

/** A line without what nobody is shown. */
export type ShownLine = Omit<InvoiceLineRow, "providerId" | "taxes">;

/** The columns of a {@link ShownLine}, of `invoice_lines l` beside `invoices`. */
export const LINE_COLUMNS = `
  l.invoice_id AS "invoiceId", l.position, l.kind, l.commitment_id AS "commitmentId", l.account_id AS "accountId",
  l.row_id AS "rowId", l.description, l.from_on AS "fromOn", l.until_on AS "untilOn", l.days,
  l.period_days AS "periodDays", l.unit_fee::text AS "unitFee", l.unit_discount::text AS "unitDiscount",
  l.fee::text, l.discount::text, l.discount_origin AS "discountOrigin", l.net::text, l.corrects, l.usage, l.currency,
  l.causes`;

/** The lines at an end of each invoice, in the direction in which the window is walked, in one statement. */
export const linesAtEnd = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  invoiceIds: readonly string[],
  window: Window,
): Promise<ShownLine[]> =>
  dataSource.query(
    `SELECT ${LINE_COLUMNS}
       FROM ${DOCUMENTS} i JOIN invoice_lines l ON l.provider_id = i.provider_id AND l.invoice_id = i.id
      WHERE i.provider_id = $1 AND i.id = ANY($2::uuid[]) AND ${isIn("i.customer_id", 4)}
        AND ${window.backward ? "l.position > i.line_count - $3" : "l.position <= $3"}
      ORDER BY l.invoice_id, l.position ${walkOf(window, "ASC")}`,
    [providerId, invoiceIds, limitOf(window), customerId],
  );

/** The numbers of issued invoices and credit notes by id; those without are left out. */
export const documentNumbers = async (
  dataSource: Pick<DataSource, "query">,
  { providerId, customerId }: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const rows = await dataSource.query<{ id: string; number: string }[]>(
    `SELECT id, number FROM ${DOCUMENTS} d
      WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND number IS NOT NULL AND ${isIn("customer_id", 3)}`,
    [providerId, ids, customerId],
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
};

/** How many lines each invoice has. */
export const lineCountsOf = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  invoiceIds: readonly string[],
): Promise<Map<string, number>> => {
  const rows = await dataSource.query<{ id: string; line_count: number }[]>(
    `SELECT id, line_count FROM ${DOCUMENTS} i
      WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${isIn("customer_id", 3)}`,
    [providerId, invoiceIds, customerId],
  );
  return new Map(rows.map(({ id, line_count }) => [id, line_count]));
};

/** All lines of several invoices by invoice id, in order. */
export const linesOfInvoices = async (
  dataSource: DataSource,
  scope: Scope,
  invoiceIds: readonly string[],
): Promise<Map<string, InvoiceLineRow[]>> => {
  const rows = await linesIn(dataSource, scope)
    .where("t.invoiceId = ANY(CAST(? AS uuid[]))", invoiceIds.filter(isUuid))
    .query.orderBy("t.invoiceId")
    .addOrderBy("t.position")
    .getMany();
  const lines = new Map<string, InvoiceLineRow[]>();
  for (const row of rows) {
    const known = lines.get(row.invoiceId);
    if (known) known.push(row);
    else lines.set(row.invoiceId, [row]);
  }
  return lines;
};

/**
 * Balances due: what is open of the issued invoices, less unused credit, by customer id, with the currency's decimals.
 * Customers of whom nothing was issued are left out.
 */
export const balancesOf = async (
  dataSource: DataSource,
  scope: Scope,
  customerIds: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await dataSource.query<{ customer_id: string; balance: string }[]>(
    `SELECT a.customer_id,
            (coalesce((SELECT sum(i.open) FROM invoices i
                        WHERE i.provider_id = a.provider_id AND i.customer_id = a.customer_id
                          AND i.open <> 0 AND i.number IS NOT NULL), 0) - a.balance)::text AS balance
       FROM receivables_accounts a WHERE a.provider_id = $1 AND a.customer_id = ANY($2::uuid[])`,
    [scope.providerId, customersIn(scope, customerIds).filter(isUuid)],
  );
  return new Map(rows.map(({ customer_id, balance }) => [customer_id, balance]));
};
