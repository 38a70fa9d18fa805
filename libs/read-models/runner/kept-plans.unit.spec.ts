import { beforeEach, expect, it } from "vitest";
import { KeptPlans } from "./kept-plans.js";

let discarded: string[];
let plans: KeptPlans;

beforeEach(() => {
  discarded = [];
  plans = new KeptPlans((name) => discarded.push(name));
});

const uses = (text: string, count: number): (string | undefined)[] =>
  Array.from({ length: count }, () => plans.nameOf(text));

it("keeps the plan of a statement from its third use on", () => {
  expect(uses("SELECT $1::int", 4)).toEqual([undefined, undefined, "kept_1", "kept_1"]);
  expect(uses("SELECT $1::text", 3)).toEqual([undefined, undefined, "kept_2"]);
});

it("has a statement planned anew after 500 uses of its plan", () => {
  expect(new Set(uses("SELECT $1::int", 502))).toEqual(new Set([undefined, "kept_1"]));
  expect(discarded).toEqual([]);
  expect(uses("SELECT $1::int", 2)).toEqual(["kept_2", "kept_2"]);
  expect(discarded).toEqual(["kept_1"]);
});

it("gives up what was used longest ago when it remembers 250 statements", () => {
  uses("SELECT $1::int", 3);
  uses("SELECT $1::text", 3);
  uses("SELECT $1::int", 1);
  for (let n = 1; n <= 249; n += 1) uses(`SELECT $1::int + ${n}`, 1);
  expect(discarded).toEqual(["kept_2"]);
  expect(uses("SELECT $1::int", 1)).toEqual(["kept_1"]);
});

it.each([
  "SELECT * FROM parked_closes WHERE provider_id = $1",
  "SELECT t.* FROM customers t WHERE provider_id = $1",
  "SELECT DISTINCT * FROM customers WHERE provider_id = $1",
  "UPDATE customers SET name = $1 RETURNING *",
  "SELECT id FROM customers WHERE name ILIKE $1",
])("keeps no plan of %j", (text) => {
  expect(uses(text, 3)).toEqual([undefined, undefined, undefined]);
});

it.each([
  "SELECT count(*) FROM customers WHERE provider_id = $1",
  "SELECT id FROM customers WHERE (provider_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))",
  "INSERT INTO journal SELECT * FROM jsonb_populate_recordset(NULL::journal, $1::jsonb)",
])("keeps the plan of %j", (text) => {
  expect(uses(text, 3)).toEqual([undefined, undefined, "kept_1"]);
});
