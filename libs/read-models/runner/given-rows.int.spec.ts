import fc from "fast-check";
import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { toJsonb } from "./fit.js";
import { givenRows } from "./given-rows.js";

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  await dataSource.query(`CREATE TABLE every_type (
    place integer, id uuid, name text, flag boolean, state jsonb, amount numeric, revision bigint, day date,
    moment timestamptz, names text[], ids uuid[])`);
  await dataSource.query("CREATE DOMAIN percentage AS numeric CHECK (VALUE <= 100)");
  const types = [...new Set([...Object.keys(NATIVE), ...Object.keys(OTHERS)])];
  await dataSource.query(`CREATE TABLE one_value (${types.map((type) => `${columnOf(type)} ${type}`).join(", ")})`);
});
afterAll(() => databases.stop());

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const COLUMNS = ["place", "id", "name", "flag", "state", "amount", "revision", "day", "moment", "names", "ids"];
const columns = COLUMNS.map((name) => ({ name, property: name }));

const written = async (rows: readonly object[]): Promise<unknown> => {
  const { select, parameters } = await givenRows(dataSource, "every_type", columns, rows);
  return dataSource.query(`${select} ORDER BY place`, [...parameters]);
};

type Value = string | number | boolean | Date | null;

/** Values that are given in the binary format of their type. */
const NATIVE: Readonly<Record<string, readonly Value[]>> = {
  smallint: ["0", "-0", "32767", "-32768", 7, -1, null, "007"],
  integer: ["2147483647", "-2147483648", 0, 65_536, -65_537, null, "1", "1"],
  bigint: ["0", "4294967295", "4294967296", "-4294967297", "999999999999999", "-999999999999999", 2 ** 53 - 1, null],
  date: ["2000-01-01", "1999-12-31", "0001-01-01", "9999-12-31", "2000-02-29", "1900-02-28", "2024-12-31", null],
  "timestamp with time zone": [
    ...["2000-01-01T00:00:00Z", "1999-12-31T23:59:59.999Z", "1969-12-31T23:59:59.001Z", "2020-02-29T12:34:56.789Z"],
    ...["1800-03-01T00:00:00Z", "2199-12-31T23:59:59.999Z", new Date(0), new Date(-1), new Date("2026-11-29"), null],
  ],
  numeric: [
    ...["0", "-0", "0.00", "-0.00", "0.0001", "-0.00010", "0.00001", "10000", "100000000", "99999999.9999", "115.00"],
    ...["12345678901234567890.5", "0001.50", "-10000.0001", "1".repeat(64), `0.${"9".repeat(62)}`, 3, -0.5, 0.1, -0],
    ...["0.00", "0.00", null, "0.00"],
  ],
  "numeric(12,2)": ["1.005", "1.004999", "-0.005", "9999999999.994", "0", null],
  "numeric(20,0)": ["18446744073709551615", "0.5", "7"],
};

/** Values that are given as text, which PostgreSQL takes or refuses. */
const OTHERS: Readonly<Record<string, readonly Value[]>> = {
  smallint: ["32768", "-32769", 40_000, " 5 ", "+3", "", "-", "1.5", 1.5],
  integer: ["2147483648", "-2147483649", 2 ** 31, "1e3", "0x10", "1 2", true],
  bigint: ["9223372036854775807", "-9223372036854775808", "9223372036854775808", 1e21, "١"],
  date: [
    ...["2021-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "2020-01-00", "0000-01-01", "10000-01-01", "2020-1-01"],
    ...["2020-06-31", "infinity", "2020/01/02", "2020-01-02T00:00:00Z", "0044-03-15 BC", new Date(0), ""],
  ],
  "timestamp with time zone": [
    ...["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2020-01-01T24:00:00Z", "2020-01-01T23:59:60Z", "infinity"],
    ...["2020-01-01T12:00:00+02:00", "2020-01-01T12:00:00.123456Z", "2020-01-01 12:00:00Z", "2020-01-01T25:00:00Z"],
    ...["2020-02-30T00:00:00Z", "2020-01-01", "2020-01-01T00:00:00.1Z", new Date(8.64e15), new Date(-6.3e13), "", 5],
  ],
  numeric: [
    ...["1e-4", "1E4", 1e21, 1e-7, "+1", " 1", "1.", ".5", "-", "", ".", "--1", "1.2.3", "1,5", "1_000", "0x10", "NaN"],
    ...["Infinity", "1".repeat(70), `0.${"1".repeat(70)}`, "-.5", "١"],
  ],
  "numeric(12,2)": ["1e3", "1e10"],
  percentage: ["100.00", "100.01", 5],
  "character varying(3)": ["abc", "abcd", "ab   "],
  "numeric(12,2)[]": ["{1.005,2}"],
};

const asText = (value: Value): string | null => {
  if (value === null || typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
};

const columnOf = (type: string): string => `of_${type.replaceAll(/[^a-z0-9]/g, "_")}`;

/** What PostgreSQL has in a table after values were written as text, and after they were given; or why it refuses them. */
const both = async (type: string, values: readonly Value[]) => {
  const name = columnOf(type);
  const rows = values.map((value) => ({ value }));
  const { select, parameters } = await givenRows(dataSource, "one_value", [{ name, property: "value" }], rows);
  return {
    text: await inserted(name, `SELECT v::${type} FROM unnest($1::text[]) AS t (v)`, [values.map(asText)]),
    given: await inserted(name, select, parameters),
    isText: select.includes("$1::text[]"),
  };
};

const inserted = async (column: string, select: string, parameters: readonly unknown[]): Promise<unknown> => {
  const session = dataSource.createQueryRunner();
  await session.startTransaction();
  try {
    await session.query(`INSERT INTO one_value (${column}) ${select}`, [...parameters]);
    return await session.query(`SELECT ${column}::text AS value FROM one_value`);
  } catch (error) {
    const { code, message } = error as { readonly code: unknown; readonly message: string };
    return { code, message };
  } finally {
    await session.rollbackTransaction();
    await session.release();
  }
};

describe("rows given to PostgreSQL", () => {
  it("are what it reads from JSON, whatever their values", async () => {
    const values = {
      id: [ID, null, undefined],
      name: ["", "Ann", "Zoë 😀", 'a "b" \\ {c}', "a\0b", "\ud83d!", "x".repeat(40_000), 12, null],
      flag: [true, false, null],
      state: [{ a: [1, "2.00", null], b: "\ud800\0" }, [], "text", 0, false, null, undefined],
      amount: ["15.00", "-0.1", 3, 1e21, null],
      revision: ["9007199254740993", 5, -1, null],
      day: ["2020-02-29", null],
      moment: ["2020-01-01T12:00:00.123Z", new Date(0), null],
      names: [[], ["a,b", 'c"\\', "", "NULL", "ü\0", null], null],
      ids: [[ID], [], null],
    };
    const most = Math.max(...Object.values(values).map(({ length }) => length));
    const rows = Array.from({ length: most }, (_, place) => ({
      place,
      ...Object.fromEntries(Object.entries(values).map(([name, given]) => [name, given[place % given.length]])),
    }));
    const read: unknown = await dataSource.query(
      "SELECT * FROM jsonb_populate_recordset(NULL::every_type, $1::jsonb) ORDER BY place",
      [toJsonb(rows)],
    );
    expect(await written(rows)).toEqual(read);
  });

  it("hold values in the format of their type, which are what PostgreSQL reads from their text", async () => {
    for (const [type, values] of Object.entries(NATIVE)) {
      const { text, given, isText } = await both(type, values);
      expect({ type, given, isText }).toEqual({ type, given: text, isText: false });
      expect(given).toHaveLength(values.length);
    }
  });

  it("are refused where they are too large for the precision of their column", async () => {
    const tooLarge: Readonly<Record<string, readonly Value[]>> = {
      "numeric(12,2)": ["9999999999.995", "10000000000"],
      "numeric(20,0)": ["123456789012345678901"],
    };
    for (const [type, values] of Object.entries(tooLarge)) {
      for (const value of values) {
        const { text, given, isText } = await both(type, [value]);
        expect({ value, text, given, isText }).toMatchObject({ text: { code: "22003" }, given: text, isText: false });
      }
    }
  });

  it("hold other values as text, which PostgreSQL takes or refuses", async () => {
    for (const [type, values] of Object.entries(OTHERS)) {
      for (const value of values) {
        const { text, given, isText } = await both(type, [value]);
        expect({ type, value, given, isText }).toEqual({ type, value, given: text, isText: true });
      }
    }
  });

  it("hold any numbers, days and instants as PostgreSQL reads them from text", async () => {
    const digits = (most: number) =>
      fc.array(fc.nat(9), { minLength: 1, maxLength: most }).map((each) => each.join(""));
    const amount = fc
      .tuple(fc.boolean(), digits(30), fc.option(digits(20)))
      .map(([isNegative, whole, places]) => `${isNegative ? "-" : ""}${whole}${places === null ? "" : `.${places}`}`);
    const moment = fc
      .date({ min: new Date("1720-01-01"), max: new Date("2280-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString());
    const some = <Value>(values: fc.Arbitrary<Value>) => fc.array(values, { minLength: 1, maxLength: 40 });
    const story = fc.asyncProperty(
      some(amount),
      some(fc.integer()),
      some(moment),
      async (amounts, integers, moments) => {
        const columns = {
          numeric: amounts,
          bigint: integers.map((value) => String(value * 1_000)),
          integer: integers,
          "timestamp with time zone": moments,
          date: moments.map((value) => value.slice(0, 10)),
        };
        for (const [type, values] of Object.entries(columns)) {
          const { text, given } = await both(type, values);
          expect({ type, given }).toEqual({ type, given: text });
        }
      },
    );
    await fc.assert(story, { numRuns: 30 });
  });

  it("may be none, or ids as PostgreSQL takes them", async () => {
    expect(await written([])).toEqual([]);
    const ids = [ID, ID.toUpperCase(), `{${ID}}`, ID.replaceAll("-", "")];
    expect(await written(ids.map((id, place) => ({ place, id })))).toMatchObject(ids.map(() => ({ id: ID })));
  });

  it("are refused as PostgreSQL refuses them", async () => {
    await expect(written([{ id: "nobody" }])).rejects.toMatchObject({ code: "22P02" });
    await expect(written([{ id: ID.replace("f", "g") }])).rejects.toMatchObject({ code: "22P02" });
    await expect(written([{ revision: "9223372036854775808" }])).rejects.toMatchObject({ code: "22003" });
    await expect(written([{ day: "2021-02-29" }])).rejects.toMatchObject({ code: "22008" });
  });
});
