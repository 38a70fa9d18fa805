import { BinaryArray } from "./binary/array.js";
import { isNative, type NativeType, nativeTypes } from "./binary/types.js";
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
  const selected = columns.map(({ name }, index) => {
    const [wire, type] = [arrays[index]?.wire, types[index]];
    return `unnest($${first + index}::${wire}[])${wire === type ? "" : `::${type}`} AS ${name}`;
  });
  return {
    // Not FROM unnest(...): PostgreSQL would first put every column into a store of its own, a value a row.
    select: `SELECT ${selected.join(", ")}`,
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

/** Types that values are given in, by the name that PostgreSQL has for each; all others travel as text, which it casts. */
type Given = "text" | "jsonb" | NativeType;

/** A number with a precision is cast to it from one without, which rounds or refuses it as its text would be. */
const givenAs = (type: string): Given => {
  if (type === "text" || type === "jsonb" || isNative(type)) return type;
  return type.startsWith("numeric(") && type.endsWith(")") ? "numeric" : "text";
};

const arrayOf = (
  type: string,
  rows: readonly object[],
  property: string,
): { readonly wire: Given; readonly array: Buffer } => {
  const wire = givenAs(type);
  const array = arrayAs(wire, rows, property);
  // Whatever else PostgreSQL takes for a value of the type, or refuses, is its decision.
  return array ? { wire, array } : { wire: "text", array: arrayAs("text", rows, property) ?? Buffer.of() };
};

/** Null: a value is not written as the type is. */
const arrayAs = (wire: Given, rows: readonly object[], property: string): Buffer | null => {
  const array = new BinaryArray();
  for (const row of rows) {
    const value = (row as Readonly<Record<string, unknown>>)[property];
    if (value === null || value === undefined) array.none();
    else if (wire === "text") array.text(textOf(value));
    else if (wire === "jsonb") array.text(toJsonb(value), JSONB_VERSION);
    else if (!array.native(value, nativeTypes[wire])) return null;
  }
  return array.finished(wire === "text" || wire === "jsonb" ? OIDS[wire] : nativeTypes[wire].oid);
};

const OIDS = { text: 25, jsonb: 3802 } as const;
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
