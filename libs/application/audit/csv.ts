/** Characters that make a spreadsheet take a text for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A text as a cell: one that a spreadsheet would take for a formula gets a leading apostrophe. */
export const textCell = (text: string | null): string => {
  if (text === null) return "";
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** An amount, a number or a day as a cell, as it is. */
export const plainCell = (value: string | number | null): string => (value === null ? "" : String(value));

/** A line of a CSV file (RFC 4180). @param cells as {@link textCell} and {@link plainCell} write them */
export const csvLine = (cells: readonly string[]): string => `${cells.join(",")}\r\n`;
