import { type Queryable } from "./checkpoints.js";
import { fit, toJsonb } from "./fit.js";

/** A column, and the property of the rows that holds its value. */
export interface GivenColumn {
  readonly name: string;
  readonly property: string;
}

export interface GivenRows {
  /** `SELECT` of the columns, in their order and with the types that they have in the table. */
  readonly select: string;
  readonly parameters: readonly Buffer[];
}

/**
 * Rows as the parameters of a statement that writes them into a table: one array for each column, in PostgreSQL's binary
 * format. It takes them in half of the time that it takes to read them from JSON, and its own reading of a value decides
 * all the same what that may be. Values are those that JSON could hold; undefined is null.
 * @param first number of the first parameter
 */
export const givenRows = async (
  db: Queryable,
  table: string,
  columns: readonly GivenColumn[],
  rows: readonly object[],
  first = 1,
): Promise<GivenRows> => {
  const types = await typesOf(db, table, columns);
  const arrays = columns.map(({ property }, index) => arrayOf(types[index] ?? "text", rows, property));
  const parameters = arrays.map(({ wire }, index) => `$${first + index}::${wire}[]`);
  const names = columns.map(({ name }) => name);
  const selected = names.map((name, index) =>
    arrays[index]?.wire === types[index] ? name : `${name}::${types[index]}`,
  );
  return {
    select: `SELECT ${selected.join(", ")} FROM unnest(${parameters.join(", ")}) AS given (${names.join(", ")})`,
    parameters: arrays.map(({ array }) => array),
  };
};

/** Types of the columns of tables, by name: they change with migrations only, which come before a process projects. */
const known = new Map<string, ReadonlyMap<string, string>>();

const typesOf = async (db: Queryable, table: string, columns: readonly GivenColumn[]): Promise<string[]> => {
  let types = known.get(table);
  if (!types || columns.some(({ name }) => types?.has(name) !== true)) {
    const found = await db.query<{ name: string; type: string }[]>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    );
    types = new Map(found.map(({ name, type }) => [name, type]));
    known.set(table, types);
  }
  return columns.map(({ name }) => {
    const type = types.get(name);
    if (type === undefined) throw new Error(`${table} has no column ${name}`);
    return type;
  });
};

/** Types whose binary format is as simple as their text; all others travel as text, which PostgreSQL casts. */
const OIDS = { uuid: 2950, text: 25, jsonb: 3802, boolean: 16 } as const;
type Wire = keyof typeof OIDS;
const isWire = (type: string): type is Wire => Object.hasOwn(OIDS, type);

const arrayOf = (
  type: string,
  rows: readonly object[],
  property: string,
): { readonly wire: Wire; readonly array: Buffer } => {
  const wire = isWire(type) ? type : "text";
  const array = arrayAs(wire, rows, property);
  // Whatever else PostgreSQL takes for an id, or refuses, is its decision.
  return array ? { wire, array } : { wire: "text", array: arrayAs("text", rows, property) ?? Buffer.of() };
};

/** Null: a value is not written as the type is. */
const arrayAs = (wire: Wire, rows: readonly object[], property: string): Buffer | null => {
  const array = new BinaryArray();
  for (const row of rows) {
    const value = (row as Readonly<Record<string, unknown>>)[property];
    if (value === null || value === undefined) array.none();
    else if (wire === "uuid") {
      if (!array.uuid(value)) return null;
    } else if (wire === "jsonb") array.text(toJsonb(value), JSONB_VERSION);
    else if (wire === "boolean") array.boolean(value as boolean);
    else array.text(textOf(value));
  }
  return array.finished(OIDS[wire]);
};

const JSONB_VERSION = 1;

const textOf = (value: unknown): string => {
  if (typeof value === "string") return value.includes("\0") ? fit(value) : value;
  if (Array.isArray(value)) return `{${value.map(elementOf).join(",")}}`;
  // Numbers, and instants as the driver reads them: as JSON has them.
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
};

/** An element in the text of an array. */
const elementOf = (value: unknown): string =>
  value === null || value === undefined ? "NULL" : `"${textOf(value).replaceAll(/["\\]/g, String.raw`\$&`)}"`;

const NO_DIGIT = 255;
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;
const HYPHEN = "-".charCodeAt(0);
const HYPHENS: readonly number[] = [8, 13, 18, 23];
const UUID_CHARACTERS = 36;
const UUID_BYTES = 16;
/** Where in the text of an id each of its bytes begins. */
const PLACES: readonly number[] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

const digitAt = (text: string, place: number): number => DIGITS[text.charCodeAt(place)] ?? NO_DIGIT;

const HEADER_BYTES = 20;
const FIRST_BYTES = 262_144;
/** What is kept of the memory in which arrays are written. */
const MOST_KEPT_BYTES = 8_388_608;
/** A character of a string takes at most three bytes in UTF-8; one that takes four counts as two. */
const MOST_BYTES = 3;
/** Characters of texts that are written one by one. */
const SHORT = 32;
const LAST_ASCII = 127;

/** Arrays are written here one after the other, and leave it as copies: how long one becomes is known at its end. */
let workspace = Buffer.allocUnsafeSlow(FIRST_BYTES);

/**
 * An array of one dimension in PostgreSQL's binary format: a header, then each element with its length before it. Only
 * one is written at a time.
 */
class BinaryArray {
  #buffer = workspace;
  #end = HEADER_BYTES;
  #count = 0;
  #hasNone = false;
  /** The last element, where that is an id. */
  #lastUuid: unknown;

  none(): void {
    this.#begin(0);
    this.#hasNone = true;
    this.#lastUuid = undefined;
    this.#finish(-1);
  }

  boolean(value: boolean): void {
    this.#begin(1);
    this.#buffer[this.#end + 4] = value ? 1 : 0;
    this.#finish(1);
  }

  /** @returns whether the value is written as an id is; nothing is added otherwise */
  uuid(value: unknown): boolean {
    this.#begin(UUID_BYTES);
    const [buffer, to] = [this.#buffer, this.#end + 4];
    if (value === this.#lastUuid && this.#count > 0) {
      // Most columns name the same provider or customer many times in a row.
      const from = to - UUID_BYTES - 4;
      for (let at = 0; at < UUID_BYTES; at += 1) buffer[to + at] = buffer[from + at] ?? 0;
    } else {
      if (typeof value !== "string" || value.length !== UUID_CHARACTERS) return false;
      for (const place of HYPHENS) if (value.charCodeAt(place) !== HYPHEN) return false;
      for (let at = 0; at < UUID_BYTES; at += 1) {
        const place = PLACES[at] ?? 0;
        const [high, low] = [digitAt(value, place), digitAt(value, place + 1)];
        if (high === NO_DIGIT || low === NO_DIGIT) return false;
        buffer[to + at] = (high << 4) | low;
      }
    }
    this.#lastUuid = value;
    this.#finish(UUID_BYTES);
    return true;
  }

  /** @param version a byte before the text */
  text(value: string, version?: number): void {
    this.#begin(1 + value.length * MOST_BYTES);
    let start = this.#end + 4;
    if (version !== undefined) {
      this.#buffer[start] = version;
      start += 1;
    }
    const written = value.length <= SHORT ? this.#short(value, start) : this.#buffer.write(value, start, "utf8");
    this.#finish(start - this.#end - 4 + written);
  }

  /** Faster than the buffer's own writing, where the text is ASCII. @returns bytes */
  #short(value: string, start: number): number {
    const buffer = this.#buffer;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code > LAST_ASCII) return buffer.write(value, start, "utf8");
      buffer[start + at] = code;
    }
    return value.length;
  }

  finished(oid: number): Buffer {
    const dimension = this.#count === 0 ? [] : [this.#count, 1];
    const header = [dimension.length === 0 ? 0 : 1, this.#hasNone ? 1 : 0, oid, ...dimension];
    for (const [place, value] of header.entries()) this.#buffer.writeInt32BE(value, place * 4);
    const bytes = dimension.length === 0 ? header.length * 4 : this.#end;
    const array = Buffer.allocUnsafe(bytes);
    this.#buffer.copy(array, 0, 0, bytes);
    return array;
  }

  /** Makes room for the length and at most so many bytes after it. */
  #begin(bytes: number): void {
    const needed = this.#end + 4 + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
    if (larger.length <= MOST_KEPT_BYTES) workspace = larger;
  }

  /** @param length of the element in bytes; -1: null */
  #finish(length: number): void {
    this.#buffer.writeInt32BE(length, this.#end);
    this.#end += 4 + Math.max(length, 0);
    this.#count += 1;
  }
}
