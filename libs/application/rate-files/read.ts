import { type Instant } from "#domain/calendar.js";
import { instantOf } from "#domain/instant.js";
import { Rejection, type RejectionCode } from "#domain/rejection.js";
import { rateFlags, type RateVersion } from "#domain/voice/rate-version.js";
import { MOST_ROWS_OF_A_PART, RATE_COLUMNS, type RateColumn, REQUIRED_COLUMNS } from "./columns.js";
import { type GivenRate, rateVersion } from "./given-rate.js";
import { type CsvRecord, recordsOf } from "./records.js";

/** Rates as CSV: a file, or a part of one with the line of names. */
export interface RateFilePart {
  readonly csv: string;
  /** The number of the line after the names, for what is told of lines; 2 unless given. */
  readonly firstLine?: number | null;
  /** From when rows without an instant hold; now unless given. */
  readonly effectiveFrom?: Instant | null;
}

/** A rate with the line of its file. */
export interface RateRow {
  readonly line: number;
  readonly rate: GivenRate;
}

/** What is wrong with a line of a file: a stable code and a sentence. */
export interface RateMistake {
  readonly line: number;
  readonly code: RejectionCode;
  readonly message: string;
}

export interface RateFile {
  /** Of rows without one; null: now. */
  readonly effectiveFrom: Instant | null;
  /** Those that can be read. */
  readonly rows: readonly RateRow[];
  readonly mistakes: readonly RateMistake[];
}

const mistake = (line: number, message: string): RateMistake => ({ line, code: "VALIDATION_FAILED", message });

/** Reads the rates of CSV. A cell that is empty is as if its column were not there. */
export const readRates = ({ csv, firstLine, effectiveFrom }: RateFilePart): RateFile => ({
  ...rowsOf(csv, firstLine ?? 2),
  effectiveFrom: effectiveFrom ?? null,
});

const rowsOf = (csv: string, firstLine: number): Omit<RateFile, "effectiveFrom"> => {
  const records = recordsOf(csv);
  if ("mistake" in records) {
    // The line of names is the first of each part.
    const line = records.line === 1 ? 1 : records.line - 2 + firstLine;
    return { rows: [], mistakes: [mistake(line, records.mistake)] };
  }
  const [head, ...lines] = records.read;
  if (!head) return { rows: [], mistakes: [mistake(1, "The file is empty.")] };
  const places = placesOf(head);
  const ofNames = mistakesOfNames(head, places).map((message) => mistake(1, message));
  if (ofNames.length > 0) return { rows: [], mistakes: ofNames };
  if (lines.length === 0) return { rows: [], mistakes: [mistake(1, "There are no rates in the file.")] };
  if (lines.length > MOST_ROWS_OF_A_PART) {
    const message = `There are more than ${MOST_ROWS_OF_A_PART} rows: send the file in parts, each with the names.`;
    return { rows: [], mistakes: [mistake(1, message)] };
  }
  const read = lines.map(({ line, cells }) => {
    const at = line - (head.line + 1) + firstLine;
    const { rate, wrong } = rateOf(cells, head.cells.length, places);
    return { line: at, rate, wrong: wrong.map((message) => mistake(at, message)) };
  });
  return {
    rows: read.flatMap(({ line, rate, wrong }) => (wrong.length === 0 ? [{ line, rate }] : [])),
    mistakes: read.flatMap(({ wrong }) => wrong),
  };
};

const COLUMNS = Object.keys(RATE_COLUMNS) as RateColumn[];

const namesIn = ({ cells }: CsvRecord): string[] => cells.map((name) => name.trim().toLowerCase());

/** Where the columns are that the file has. */
const placesOf = (head: CsvRecord): ReadonlyMap<RateColumn, number> => {
  const names = namesIn(head);
  const places = COLUMNS.map((column): [RateColumn, number] => [column, names.indexOf(column.toLowerCase())]);
  return new Map(places.filter(([, place]) => place >= 0));
};

const mistakesOfNames = (head: CsvRecord, places: ReadonlyMap<RateColumn, number>): string[] => {
  const names = namesIn(head);
  const known = new Set(places.values());
  const strange = head.cells.filter((_, place) => !known.has(place));
  return [
    ...REQUIRED_COLUMNS.filter((column) => !places.has(column)).map((column) => `There is no column "${column}".`),
    ...strange.map((name) =>
      COLUMNS.some((column) => column.toLowerCase() === name.trim().toLowerCase())
        ? `There are several columns "${name}".`
        : `"${name}" is no column of a file of rates, which are ${COLUMNS.join(", ")}.`,
    ),
  ].filter((_, place, all) => names.length > 0 && all.indexOf(all[place] ?? "") === place);
};

/** The same for each of several. */
const each = <Name extends string, Value>(names: readonly Name[], value: Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<Name, Value>;

const FLAGS: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, "1": true },
  ...{ false: false, no: false, "0": false },
};
/** What is written before a text that a spreadsheet would take for a formula, or that begins so with apostrophes. */
const APOSTROPHE = /^'(?='*[=+\-@\t\r])/;

/** What a cell says; undefined: it cannot be read. */
const READERS: Readonly<
  Record<Exclude<RateColumn, "prefix">, (text: string) => string | number | boolean | undefined>
> = {
  description: (text) => text.replace(APOSTROPHE, ""),
  country: (text) => text.toUpperCase(),
  effectiveFrom: instantOf,
  ...each(["priceFirst", "priceNext", "connectFee"], (text) => (/^-?\d+(?:\.\d+)?$/.test(text) ? text : undefined)),
  ...each(["firstInterval", "nextInterval"], (text) =>
    /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : undefined,
  ),
  ...each(rateFlags, (text) => FLAGS[text.toLowerCase()]),
};

const FORMS: Readonly<Record<string, string>> = {
  effectiveFrom: "an instant such as 2026-12-01T00:00:00Z",
  ...each(["priceFirst", "priceNext", "connectFee"], "an amount such as 0.06"),
  ...each(["firstInterval", "nextInterval"], "a whole number"),
  ...each(rateFlags, "true or false"),
};

/** A row as a rate, or what is wrong with it. */
const rateOf = (
  cells: readonly string[],
  width: number,
  places: ReadonlyMap<RateColumn, number>,
): { readonly rate: GivenRate; readonly wrong: readonly string[] } => {
  const cell = (column: RateColumn): string => (cells[places.get(column) ?? -1] ?? "").trim();
  const given: Partial<Record<RateColumn, unknown>> = { prefix: cell("prefix") };
  const wrong: string[] = [];
  if (cells.length !== width) wrong.push(`It has ${cells.length} cells where the line of names has ${width}.`);
  else {
    for (const [column, read] of Object.entries(READERS) as [
      Exclude<RateColumn, "prefix">,
      (typeof READERS)[keyof typeof READERS],
    ][]) {
      const text = cell(column);
      const value = text === "" ? undefined : read(text);
      if (value !== undefined) given[column] = value;
      else if (text !== "") wrong.push(`${column} "${text}" is not ${FORMS[column] ?? ""}.`);
      else if (REQUIRED_COLUMNS.includes(column)) wrong.push(`${column} is empty.`);
    }
  }
  return { rate: given as unknown as GivenRate, wrong };
};

/**
 * Does something with the rates of a file, and tells every mistake at its line, in order.
 * @param act may refuse rates by their places; what it refuses as a whole passes through
 */
export const withRates = <Result>(
  { rows, mistakes, effectiveFrom }: RateFile,
  now: Instant,
  act: (rates: readonly RateVersion[]) => Result,
): { readonly done: Result | null; readonly mistakes: readonly RateMistake[] } => {
  const refused: RateMistake[] = [];
  let done: Result | null = null;
  // Of a file of which no row can be read there is nothing else to be said.
  if (rows.length > 0 || mistakes.length === 0) {
    try {
      done = act(rows.map(({ rate }) => rateVersion({ effectiveFrom: effectiveFrom ?? now, ...rate }, now)));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      for (const { code, message, fieldPath: [list, place] = [] } of [error, ...error.also]) {
        const row = list === "rates" && typeof place === "number" ? rows[place] : undefined;
        if (!row) throw error;
        refused.push({ line: row.line, code, message });
      }
    }
  }
  return { done, mistakes: [...mistakes, ...refused].sort((a, b) => a.line - b.line) };
};

/** @throws Rejection of the first mistake, with the others */
export const requireNoMistakes = (mistakes: readonly RateMistake[]): void => {
  const [first, ...also] = mistakes.map(
    ({ line, code, message }) => new Rejection(code, `Line ${line}: ${message}`, "csv"),
  );
  if (first) throw new Rejection(first.code, first.message, "csv", also);
};
