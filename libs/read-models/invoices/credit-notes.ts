import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { type CreditNotePurpose } from "#domain/invoicing/events.js";
import { Filtered, isUuid } from "../rows/filters.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { type Scope } from "../rows/scope.js";
import { type CreditNoteRow, creditNotes } from "./table.js";

export interface CreditNoteFilter {
  readonly customerId?: string | null | undefined;
  /** Only those that correct or void this invoice. */
  readonly invoiceId?: string | null | undefined;
  readonly number?: string | null | undefined;
  readonly purpose?: CreditNotePurpose | null | undefined;
  /** Issue date from and until, both included. */
  readonly issuedFrom?: LocalDate | null | undefined;
  readonly issuedUntil?: LocalDate | null | undefined;
}

export type CreditNoteSortField = "NUMBER" | "ISSUED";

const sorting: Sorting<CreditNoteSortField> = {
  fields: {
    NUMBER: { sql: "t.seriesIndex", type: "bigint" },
    ISSUED: { sql: "t.issuedOn", type: "date" },
  },
  byDefault: { by: "NUMBER", direction: "ASC" },
  // One series: of equal keys in the order of the numbers.
  unique: { sql: "t.seriesIndex", type: "bigint" },
};

/** A credit note that was issued. */
export type IssuedCreditNote = CreditNoteRow & { readonly number: string };

/** Issued credit notes: those without a number are not shown. */
const issued = (dataSource: DataSource, scope: Scope): Filtered<CreditNoteRow> => {
  const filtered = new Filtered(dataSource, creditNotes, scope, "customerId");
  filtered.query.andWhere("t.number IS NOT NULL");
  return filtered;
};

export const listCreditNotes = async (
  dataSource: DataSource,
  scope: Scope,
  options: ListOptions<CreditNoteFilter, CreditNoteSortField> = {},
): Promise<Slice<IssuedCreditNote>> => {
  const filter = options.filter ?? {};
  const filtered = issued(dataSource, scope)
    .isId("customerId", filter.customerId)
    .isId("invoiceId", filter.invoiceId)
    .is("number", filter.number)
    .is("purpose", filter.purpose)
    .between("issuedOn", filter.issuedFrom, filter.issuedUntil);
  return (await paginate(filtered.query, sorting, options)) as Slice<IssuedCreditNote>;
};

/** Issued credit notes by id; unknown ids are left out. */
export const findCreditNotes = async (
  dataSource: DataSource,
  scope: Scope,
  ids: readonly string[],
): Promise<IssuedCreditNote[]> =>
  (await issued(dataSource, scope)
    .where("t.id = ANY(CAST(? AS uuid[]))", ids.filter(isUuid))
    .query.getMany()) as IssuedCreditNote[];
