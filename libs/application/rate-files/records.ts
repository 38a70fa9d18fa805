import { CsvError, parse } from "csv-parse/sync";
import { type Facts } from "#domain/rejection-facts.js";

/** A record of a file, with the 1-based line in which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The same text with one character where lines end, within quoted cells too: the parser counts a line break of two there as
 * two lines.
 */
export const withOneLineEnd = (csv: string): string => csv.replaceAll(/\r\n?/g, "\n");

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Quotes that no record can be read by: where it begins, and why. */
export interface QuoteMistake {
  readonly line: number;
  readonly mistake: string;
  readonly facts: Facts;
}

/**
 * The records of CSV as RFC 4180 has it; empty lines are passed over. The mistake is a quote that is not closed, or
 * stands where none can.
 */
export const recordsOf = (csv: string): { readonly read: readonly CsvRecord[] } | QuoteMistake => {
  try {
    const parsed = parse(withOneLineEnd(csv), {
      ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
    }) as unknown as Parsed[];
    const read = parsed.map(({ record, info }) => ({
      ...{ cells: record, line: info.lines - lineBreaks(record) },
    }));
    return { read };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const [, sentence = error.message, line = "1"] = /^(.*?),? (?:on|at) line (\d+)/s.exec(error.message) ?? [];
    const facts = { case: error.code === "CSV_QUOTE_NOT_CLOSED" ? "QUOTE_NOT_CLOSED" : "QUOTE_MISPLACED" } as const;
    return { line: Number.parseInt(line, 10), mistake: `${sentence}.`, facts };
  }
};

/** Of quoted cells. */
const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);
