import { readFile } from "node:fs/promises";
import { CsvError, parse } from "csv-parse/sync";
import { type LocalDate } from "#domain/calendar.js";
import { type Field, fields, type Layout } from "./options.js";
import { amountOf, dateOf, isDatePattern } from "./values.js";

/** The file cannot be imported; the sentences are for the user. */
export class FileProblems extends Error {
  override readonly name = "FileProblems";
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"));
  }
}

/** A row of the file. Texts are trimmed; null: empty. */
export interface Row {
  /** The 1-based line in which it begins. */
  readonly line: number;
  readonly reference: string | null;
  readonly on: LocalDate;
  /** Plain digits; below zero: money that went out. */
  readonly amount: string;
  readonly currency: string | null;
  readonly invoice: string | null;
  readonly customer: string | null;
  readonly note: string | null;
  /** Its fields as they stand in the file. */
  readonly cells: readonly string[];
}

export interface PaymentFile {
  readonly head: readonly string[];
  readonly rows: readonly Row[];
}

/** Problems that are told of one file. */
const TOLD = 20;

/** @throws FileProblems: nothing of the file can then be imported */
export const readPaymentFile = async (file: string, layout: Layout): Promise<PaymentFile> => {
  if (!isDatePattern(layout.dateFormat)) {
    throw new FileProblems([`--date-format "${layout.dateFormat}" is not one such as dd.MM.yyyy or MM/dd/yy.`]);
  }
  const [head, ...records] = recordsOf(file, await textOf(file, layout.encoding), layout);
  if (!head) throw new FileProblems([`${file} is empty.`]);
  const places = placesOf(file, head, layout);
  const problems: string[] = [];
  const rows = records.map(({ line, cells }): Row => {
    const cell = (field: Field): string | null => {
      const place = places.get(field);
      return (place === undefined ? "" : (cells[place] ?? "")).trim() || null;
    };
    const told = (field: Field, what: string, value: string | null): void => {
      const found = value === null ? "is empty" : `"${value}" is not ${what}`;
      problems.push(`${file}:${line}: ${layout.columns[field]} ${found}.`);
    };
    const [date, digits] = [cell("date"), cell("amount")];
    const on = date === null ? null : dateOf(date, layout.dateFormat);
    if (on === null) told("date", `a day written as ${layout.dateFormat}`, date);
    const amount = digits === null ? null : amountOf(digits, layout.decimal);
    if (amount === null)
      told("amount", `an amount with a decimal ${layout.decimal === "." ? "point" : "comma"}`, digits);
    return {
      ...{ line, cells, on: on ?? "", amount: amount ?? "" },
      reference: cell("reference"),
      currency: cell("currency")?.toUpperCase() ?? null,
      ...{ invoice: cell("invoice"), customer: cell("customer"), note: cell("note") },
    };
  });
  if (problems.length > TOLD) problems.splice(TOLD, Infinity, `${file}: and ${problems.length - TOLD} more.`);
  if (problems.length > 0) throw new FileProblems(problems);
  return { head: head.cells, rows };
};

const textOf = async (file: string, encoding: string): Promise<string> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new FileProblems([`${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`]);
  }
  try {
    // Takes a byte order mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new FileProblems([
      `${file} is not written in ${encoding}: --encoding names another one, such as windows-1252.`,
    ]);
  }
};

interface Cells {
  readonly line: number;
  readonly cells: readonly string[];
}

const recordsOf = (file: string, text: string, { delimiter, skip }: Layout): Cells[] => {
  try {
    const records = parse(text, {
      delimiter,
      from_line: skip + 1,
      info: true,
      skip_empty_lines: true,
    }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines - lineBreaks(record) }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const [, sentence = error.message, line = "1"] = /^(.*?),? (?:on|at) line (\d+)/s.exec(error.message) ?? [];
    throw new FileProblems([`${file}:${line}: ${sentence}.`]);
  }
};

/** Of quoted fields. */
const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

const REQUIRED: readonly Field[] = ["reference", "date", "amount"];

/** Where the columns of the fields are. */
const placesOf = (file: string, { line, cells }: Cells, { columns, named }: Layout): ReadonlyMap<Field, number> => {
  const names = cells.map((name) => name.trim().toLowerCase());
  const problems: string[] = [];
  const places = new Map<Field, number>();
  for (const field of fields) {
    const name = columns[field].trim().toLowerCase();
    const place = names.indexOf(name);
    if (place !== names.lastIndexOf(name)) problems.push(`there are several columns "${columns[field]}".`);
    if (place >= 0) places.set(field, place);
    else if (named.has(field) || REQUIRED.includes(field)) {
      problems.push(`there is no column "${columns[field]}"; --${field} names another one.`);
    }
  }
  if (!places.has("invoice") && !places.has("customer")) {
    problems.push("there is no column for the invoice or the customer; --invoice or --customer names one.");
  }
  if (problems.length > 0) throw new FileProblems(problems.map((problem) => `${file}:${line}: ${problem}`));
  return places;
};
