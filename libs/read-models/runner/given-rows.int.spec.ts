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
});
afterAll(() => databases.stop());

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const COLUMNS = ["place", "id", "name", "flag", "state", "amount", "revision", "day", "moment", "names", "ids"];
const columns = COLUMNS.map((name) => ({ name, property: name }));

const written = async (rows: readonly object[]): Promise<unknown> => {
  const { select, parameters } = await givenRows(dataSource, "every_type", columns, rows);
  return dataSource.query(`${select} ORDER BY place`, [...parameters]);
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
