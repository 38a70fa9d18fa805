import { type Instant } from "#domain/calendar.js";
import { instantOf } from "#domain/instant.js";
import { Rejection, type RejectionCode } from "#domain/rejection.js";
import { type Facts } from "#domain/rejection-facts.js";
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

/** What is wrong with a line of a file: a stable code, a sentence, and what that says by name. */
export interface RateMistake {
  readonly line: number;
  /** The column that is to blame, where there is exactly one. */
  readonly column: string | null;
  readonly code: RejectionCode;
  readonly message: string;
  readonly facts: Facts | null;
}

export interface RateFile {
  /** Of rows without one; null: now. */
  readonly effectiveFrom: Instant | null;
  /** Those that can be read. */
  readonly rows: readonly RateRow[];
  readonly mistakes: readonly RateMistake[];
}

/** What is wrong, not yet said of which line. */
interface Wrong {
  readonly message: string;
  readonly facts: Facts;
  readonly column?: RateColumn;
}

/** As it is told as a fact: a cell may hold a whole file, where a quotation mark is missing. */
const short = (text: string): string => (text.length <= 100 ? text : `${text.slice(0, 99)}…`);

const mistake = (line: number, { column, message, facts }: Wrong): RateMistake => ({
  ...{ line, column: column ?? null, code: "VALIDATION_FAILED", message, facts },
});

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
    return { rows: [], mistakes: [mistake(line, { message: records.mistake, facts: records.facts })] };
  }
  const [head, ...lines] = records.read;
  const none = (...wrong: readonly Wrong[]) => ({ rows: [], mistakes: wrong.map((one) => mistake(1, one)) });
  if (!head) return none({ message: "The file is empty.", facts: { case: "FILE_EMPTY" } });
  const places = placesOf(head);
  const ofNames = mistakesOfNames(head, places);
  if (ofNames.length > 0) return none(...ofNames);
  if (lines.length === 0) {
    return none({ message: "There are no rates in the file.", facts: { case: "FILE_WITHOUT_RATES" } });
  }
  if (lines.length > MOST_ROWS_OF_A_PART) {
    const message = `There are more than ${MOST_ROWS_OF_A_PART} rows: send the file in parts, each with the names.`;
    return none({ message, facts: { case: "FILE_TOO_LONG", most: String(MOST_ROWS_OF_A_PART) } });
  }
  const read = lines.map(({ line, cells }) => {
    const at = line - (head.line + 1) + firstLine;
    const { rate, wrong } = rateOf(cells, head.cells.length, places);
    return { line: at, rate, wrong: wrong.map((one) => mistake(at, one)) };
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

const mistakesOfNames = (head: CsvRecord, places: ReadonlyMap<RateColumn, number>): Wrong[] => {
  const names = namesIn(head);
  const known = new Set(places.values());
  const strange = head.cells.filter((_, place) => !known.has(place));
  const columns = COLUMNS.join(", ");
  const wrong = [
    ...REQUIRED_COLUMNS.filter((column) => !places.has(column)).map((name): Wrong => ({
      ...{ message: `There is no column "${name}".`, facts: { case: "COLUMN_MISSING", name } },
    })),
    ...strange.map((name): Wrong =>
      COLUMNS.some((column) => column.toLowerCase() === name.trim().toLowerCase())
        ? { message: `There are several columns "${name}".`, facts: { case: "COLUMN_TWICE", name: short(name) } }
        : {
            message: `"${name}" is no column of a file of rates, which are ${columns}.`,
            facts: { case: "COLUMN_UNKNOWN", name: short(name), columns },
          },
    ),
  ];
  // Each once.
  return names.length === 0 ? [] : [...new Map(wrong.map((one) => [one.message, one])).values()];
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

interface Form {
  readonly is: string;
  readonly wrong: Extract<Facts, { readonly text: string }>["case"];
}

/** How cells are written of which some cannot be read. */
const FORMS: Readonly<Partial<Record<RateColumn, Form>>> = {
  effectiveFrom: { is: "an instant such as 2026-12-01T00:00:00Z", wrong: "CELL_NO_INSTANT" },
  ...each(["priceFirst", "priceNext", "connectFee"], { is: "an amount such as 0.06", wrong: "CELL_NO_AMOUNT" }),
  ...each(["firstInterval", "nextInterval"], { is: "a whole number", wrong: "CELL_NO_NUMBER" }),
  ...each(rateFlags, { is: "true or false", wrong: "CELL_NO_FLAG" }),
};

/** A row as a rate, or what is wrong with it. */
const rateOf = (
  cells: readonly string[],
  width: number,
  places: ReadonlyMap<RateColumn, number>,
): { readonly rate: GivenRate; readonly wrong: readonly Wrong[] } => {
  const cell = (column: RateColumn): string => (cells[places.get(column) ?? -1] ?? "").trim();
  const given: Partial<Record<RateColumn, unknown>> = { prefix: cell("prefix") };
  const wrong: Wrong[] = [];
  if (cells.length !== width) {
    wrong.push({
      message: `It has ${cells.length} cells where the line of names has ${width}.`,
      facts: { case: "CELLS_UNLIKE_NAMES", cells: String(cells.length), names: String(width) },
    });
  } else {
    for (const [column, read] of Object.entries(READERS) as [
      Exclude<RateColumn, "prefix">,
      (typeof READERS)[keyof typeof READERS],
    ][]) {
      const text = cell(column);
      const value = text === "" ? undefined : read(text);
      const form = FORMS[column];
      if (value !== undefined) given[column] = value;
      else if (text !== "" && form) {
        wrong.push({
          column,
          message: `${column} "${text}" is not ${form.is}.`,
          facts: { case: form.wrong, text: short(text) },
        });
      } else if (REQUIRED_COLUMNS.includes(column)) {
        wrong.push({ column, message: `${column} is empty.`, facts: { case: "CELL_EMPTY" } });
      }
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
      for (const { code, message, facts = null, fieldPath: [list, place, name] = [] } of [error, ...error.also]) {
        const row = list === "rates" && typeof place === "number" ? rows[place] : undefined;
        if (!row) throw error;
        refused.push({ line: row.line, column: typeof name === "string" ? name : null, code, message, facts });
      }
    }
  }
  return { done, mistakes: [...mistakes, ...refused].sort((a, b) => a.line - b.line) };
};

/** @throws Rejection of the first mistake, with the others */
export const requireNoMistakes = (mistakes: readonly RateMistake[]): void => {
  const [first, ...also] = mistakes.map(({ line, column, code, message, facts }) => {
    const placed = facts && { ...facts, line: String(line), ...(column !== null && { column }) };
    return new Rejection(code, `Line ${line}: ${message}`, "csv", [], placed ?? undefined);
  });
  if (first) throw new Rejection(first.code, first.message, "csv", also, first.facts);
};
