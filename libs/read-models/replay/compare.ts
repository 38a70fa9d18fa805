import { type EntityManager } from "typeorm";
import { type Queryable } from "../runner/checkpoints.js";
import { type Projection } from "../runner/projection.js";

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Of a row that differs, a value in it: `path` is the column, and the members below it. */
export interface DifferentValue {
  readonly path: string;
  /** Left out: not there. */
  readonly live?: Json;
  readonly rebuilt?: Json;
}

export interface DifferentRow {
  readonly table: string;
  readonly key: Readonly<Record<string, Json>>;
  /**
   * `CHANGED`: other values in the live row than in the rebuilt one. `MISSING`: there is no live row. `ADDED`: the events
   * make no such row.
   */
  readonly kind: "CHANGED" | "MISSING" | "ADDED";
  /** Where the row is there on both sides: at most {@link MOST_VALUES}. */
  readonly values: readonly DifferentValue[];
}

export interface ComparedTable {
  readonly table: string;
  readonly live: number;
  readonly rebuilt: number;
  readonly different: number;
}

/** A row of state may differ in as many places as it has. */
const MOST_VALUES = 20;

export interface Schemas {
  readonly live: string;
  readonly rebuilt: string;
  /** Only rows of this provider (uuid); null: of all. */
  readonly providerId: string | null;
}

/** Columns of a table's primary key. */
const keyOf = async (db: Queryable, table: string): Promise<string[]> => {
  const rows = await db.query<{ name: string }[]>(
    `SELECT a.attname AS name
       FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
      WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY k.place`,
    [table],
  );
  if (rows.length === 0) throw new Error(`${table} has no primary key: its rows cannot be compared`);
  return rows.map(({ name }) => name);
};

/**
 * Compares the rows of two tables by their primary key, as PostgreSQL stores them: values that are equal and written
 * otherwise, as 1.0 and 1.00 in JSON, differ.
 * @param most rows at most that are named
 */
export const compareTable = async (
  manager: EntityManager,
  table: string,
  { live, rebuilt, providerId }: Schemas,
  most: number,
): Promise<ComparedTable & { readonly rows: readonly DifferentRow[] }> => {
  const key = await keyOf(manager, `${rebuilt}.${table}`);
  const [first = ""] = key;
  const [parameters, own] = providerId === null ? [[], ""] : [[providerId], "WHERE provider_id = $1"];
  const joined = `(SELECT * FROM ${live}.${table} ${own}) l FULL JOIN (SELECT * FROM ${rebuilt}.${table} ${own}) r
                  ON ${key.map((column) => `l.${column} = r.${column}`).join(" AND ")}`;
  const differs = `(l.${first} IS NULL OR r.${first} IS NULL OR l *<> r)`;
  const [counted] = await manager.query<{ live: string; rebuilt: string; different: string }[]>(
    `SELECT count(l.${first}) AS live, count(r.${first}) AS rebuilt, count(*) FILTER (WHERE ${differs}) AS different
       FROM ${joined}`,
    parameters,
  );
  const different = Number(counted?.different ?? 0);
  const found =
    different === 0 || most === 0
      ? []
      : await manager.query<{ live: Row | null; rebuilt: Row | null }[]>(
          `SELECT to_jsonb(l) AS live, to_jsonb(r) AS rebuilt FROM ${joined} WHERE ${differs}
            ORDER BY ${key.map((column) => `coalesce(l.${column}, r.${column})`).join(", ")} LIMIT ${most}`,
          parameters,
        );
  return {
    table,
    live: Number(counted?.live ?? 0),
    rebuilt: Number(counted?.rebuilt ?? 0),
    different,
    rows: found.map((pair) => rowOf(table, key, pair)),
  };
};

type Row = Readonly<Record<string, Json>>;

const rowOf = (
  table: string,
  key: readonly string[],
  { live, rebuilt }: { readonly live: Row | null; readonly rebuilt: Row | null },
): DifferentRow => {
  const known = live ?? rebuilt ?? {};
  const named = { table, key: Object.fromEntries(key.map((column) => [column, known[column] ?? null])) };
  if (live === null) return { ...named, kind: "MISSING", values: [] };
  if (rebuilt === null) return { ...named, kind: "ADDED", values: [] };
  return { ...named, kind: "CHANGED", values: [...differing(live, rebuilt, "")].slice(0, MOST_VALUES) };
};

/** Columns whose values are proofs of secrets: that they differ is said, what they are is not. */
const SECRET = /(?:hash|hashes|secret)$/;
const NOT_SHOWN = "[not shown]";

const isObject = (value: Json | undefined): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function* differing(live: Json | undefined, rebuilt: Json | undefined, path: string): Generator<DifferentValue> {
  if (isObject(live) && isObject(rebuilt)) {
    for (const name of new Set([...Object.keys(live), ...Object.keys(rebuilt)])) {
      yield* differing(live[name], rebuilt[name], path === "" ? name : `${path}.${name}`);
    }
  } else if (Array.isArray(live) && Array.isArray(rebuilt)) {
    for (let index = 0; index < Math.max(live.length, rebuilt.length); index += 1) {
      yield* differing(live[index] as Json, rebuilt[index] as Json, `${path}[${index}]`);
    }
  } else if (JSON.stringify(live) !== JSON.stringify(rebuilt)) {
    const shown = (value: Json): Json => (SECRET.test(path.replace(/\[\d+\]$/, "")) ? NOT_SHOWN : value);
    yield {
      path,
      ...(live !== undefined && { live: shown(live) }),
      ...(rebuilt !== undefined && { rebuilt: shown(rebuilt) }),
    };
  }
}

/** The tables that a replay of the projections compares. */
export const tablesOf = (projections: readonly Projection[]): string[] => projections.flatMap(({ tables }) => tables);
