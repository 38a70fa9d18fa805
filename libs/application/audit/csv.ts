import { cell } from "../csv/csv.js";

/** A text as a cell: one that a spreadsheet would take for a formula gets a leading apostrophe. */
export const textCell = (text: string | null): string => cell(text, "TEXT");

/** An amount, a number or a day as a cell, as it is. */
export const plainCell = (value: string | number | null): string => cell(value, "CODE");

/** A line of a CSV file (RFC 4180). @param cells as {@link textCell} and {@link plainCell} write them */
export const csvLine = (cells: readonly string[]): string => `${cells.join(",")}\r\n`;
