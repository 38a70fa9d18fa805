import { type DataSource } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { DOCUMENTS } from "../rows/documents.js";
import { type ListOptions, paginate, type Slice, type Sorting } from "../rows/paging.js";
import { isIn, type Scope } from "../rows/scope.js";
import { limitOf, walkOf, type Window } from "../rows/window.js";
import { LINE_COLUMNS, linesIn, type ShownLine } from "./queries.js";
import { type InvoiceLineRow } from "./table.js";

/* The lines of a commitment on all issued invoices, by their first day, then by invoice and position. */

export type CommitmentLineSortField = "FROM";

const byFirstDay: Sorting<CommitmentLineSortField> = {
  fields: { FROM: { sql: "t.fromOn", type: "date" } },
  byDefault: { by: "FROM", direction: "ASC" },
  unique: {
    sql: `(CAST(t.invoiceId AS text) || lpad(CAST(t.position AS text), 9, '0')) COLLATE "C"`,
    type: "text",
  },
};

const ISSUED = `EXISTS (SELECT FROM ${DOCUMENTS} i
  WHERE i.provider_id = t.providerId AND i.id = t.invoiceId AND i.number IS NOT NULL)`;

export const listCommitmentLines = (
  dataSource: DataSource,
  scope: Scope,
  commitmentId: string,
  options: ListOptions<never, CommitmentLineSortField> = {},
): Promise<Slice<InvoiceLineRow>> => {
  const { query } = linesIn(dataSource, scope).isId("commitmentId", commitmentId);
  return paginate(query.andWhere(ISSUED), byFirstDay, options);
};

/** A line with its place in its commitment's list. */
export type PlacedLine = ShownLine & { readonly unique: string };

/** The lines at an end of each commitment's list, in the direction in which the window is walked, in one statement. */
export const commitmentLinesAtEnd = (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  commitmentIds: readonly string[],
  window: Window,
): Promise<PlacedLine[]> => {
  const walk = walkOf(window, "ASC");
  return dataSource.query(
    `SELECT found.* FROM unnest($2::uuid[]) AS p (id)
      CROSS JOIN LATERAL (
            SELECT ${LINE_COLUMNS}, l.invoice_id::text || lpad(l.position::text, 9, '0') AS "unique"
              FROM invoice_lines l JOIN ${DOCUMENTS} i ON i.provider_id = l.provider_id AND i.id = l.invoice_id
             WHERE l.provider_id = $1 AND l.commitment_id = p.id AND i.number IS NOT NULL
               AND ${isIn("i.customer_id", 4)}
             ORDER BY l.from_on ${walk}, l.invoice_id::text COLLATE "C" ${walk}, l.position ${walk} LIMIT $3) found
      ORDER BY p.id, found."fromOn" ${walk}, found."unique" COLLATE "C" ${walk}`,
    [providerId, commitmentIds, limitOf(window), customerId],
  );
};

/** How many lines each commitment has on issued invoices; those without any are left out. */
export const commitmentLineCountsOf = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  commitmentIds: readonly string[],
): Promise<Map<string, number>> => {
  const rows = await dataSource.query<{ commitment_id: string; count: string }[]>(
    `SELECT l.commitment_id, count(*)
       FROM invoice_lines l JOIN ${DOCUMENTS} i ON i.provider_id = l.provider_id AND i.id = l.invoice_id
      WHERE l.provider_id = $1 AND l.commitment_id = ANY($2::uuid[]) AND i.number IS NOT NULL
        AND ${isIn("i.customer_id", 3)}
      GROUP BY l.commitment_id`,
    [providerId, commitmentIds, customerId],
  );
  return new Map(rows.map(({ commitment_id, count }) => [commitment_id, Number(count)]));
};

/** A line with the issued document that it is on. */
export type DocumentedLine = ShownLine & {
  readonly number: string;
  readonly document: "INVOICE" | "CREDIT_NOTE";
  /** First day of the document's billing period. */
  readonly periodFrom: LocalDate;
};

/** All lines of a commitment on issued invoices and credit notes, in order of the documents' periods and numbers. */
export const issuedLinesOf = (
  dataSource: Pick<DataSource, "query">,
  { providerId, customerId }: Scope,
  commitmentId: string,
): Promise<DocumentedLine[]> =>
  dataSource.query(
    `SELECT ${LINE_COLUMNS}, d.number, d.document, d.period_from AS "periodFrom"
       FROM invoice_lines l
       JOIN (SELECT provider_id, id, customer_id, number, 'INVOICE' AS document, period_from FROM invoices
             UNION ALL
             SELECT provider_id, id, customer_id, number, 'CREDIT_NOTE', period_from FROM credit_notes) d
         ON d.provider_id = l.provider_id AND d.id = l.invoice_id
      WHERE l.provider_id = $1 AND l.commitment_id = $2 AND d.number IS NOT NULL AND ${isIn("d.customer_id", 3)}
      ORDER BY d.period_from, d.document DESC, d.number, l.position`,
    [providerId, commitmentId, customerId],
  );
