/**
 * What a column holds. TEXT is what people or other systems wrote, and is made safe for spreadsheets; all else is
 * written as it is: amounts with the decimals of their currency, dates as `YYYY-MM-DD`, ids, codes and counts of ours.
 */
export type CellKind = "TEXT" | "AMOUNT" | "DATE" | "ID" | "CODE" | "COUNT";

/** Columns in their order, by name. */
export type Columns = Readonly<Record<string, CellKind>>;

/** A row; null: the cell is empty. */
export type Row<Of extends Columns> = Readonly<Record<keyof Of, string | number | null>>;

/** RFC 4180 ends lines so. */
const END = "\r\n";

/** A spreadsheet takes a cell that begins like this for a formula; one with apostrophes before it is told from that by one more. */
const FORMULA = /^'*[=+\-@\t\r]/;

const NEEDS_QUOTES = /[",\r\n]/;

const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A value as a cell. Text that a spreadsheet would take for a formula gets an apostrophe. */
export const cell = (value: string | number | null, kind: CellKind): string => {
  if (value === null) return "";
  const text = String(value);
  return quoted(kind === "TEXT" && FORMULA.test(text) ? `'${text}` : text);
};

export const csvHeader = (columns: Columns): string => `${Object.keys(columns).map(quoted).join(",")}${END}`;

/** A row as RFC 4180 writes it, with its end of line. Text that a spreadsheet would take for a formula gets an apostrophe. */
export const csvRow = <Of extends Columns>(columns: Of, row: Row<Of>): string =>
  `${Object.entries(columns)
    .map(([name, kind]) => cell(row[name] ?? null, kind))
    .join(",")}${END}`;
