import { readFileSync } from "node:fs";
import { buildSchema, isInterfaceType, isObjectType } from "graphql/index.js";
import { describe, expect, it } from "vitest";
import { backDating, documents, endings, mutations, narrowed, queries, types } from "#application/access/access.js";
import { rolesSeeing } from "#application/access/rights.js";
import { roles } from "#application/access/roles.js";
import { commands } from "#application/commands.js";

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));
const answered = Object.values(schema.getTypeMap()).flatMap((type) =>
  (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith("__") ? [type] : [],
);
const fields = answered.flatMap((type) => Object.keys(type.getFields()).map((field) => [type.name, field] as const));

describe("the table of who may do and see what", () => {
  it("names every operation, type and field of the schema", () => {
    expect(fields.filter(([type, field]) => rolesSeeing(type, field).length === 0)).toEqual([]);
    expect(fields.length).toBeGreaterThan(500);
  });

  it("names nothing that the schema does not have", () => {
    const has = new Set(fields.map(([type, field]) => `${type}.${field}`));
    const named = [
      ...Object.keys(queries).map((name) => `Query.${name}`),
      ...Object.keys(mutations).map((name) => `Mutation.${name}`),
      ...Object.entries(types).flatMap(([type, seen]) =>
        seen.flatMap(([, names]) => names.split(" ").map((name) => `${type}.${name}`)),
      ),
      ...Object.values(narrowed).flatMap((each) => Object.keys(each)),
    ];
    expect(named.filter((name) => !has.has(name))).toEqual([]);
    const typeNames = answered.map(({ name }) => name);
    expect(Object.keys(endings).filter((ending) => !typeNames.some((name) => name.endsWith(ending)))).toEqual([]);
  });

  it("names each field once", () => {
    const named = Object.entries(types).flatMap(([type, seen]) =>
      seen.flatMap(([, names]) => names.split(" ").map((name) => `${type}.${name}`)),
    );
    expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
  });

  it("names every command", () => {
    expect(Object.keys(commands).filter((name) => !(name in mutations))).toEqual([]);
  });

  it("gives an operator all of an administrator's rights, and both all but what is the operator's alone", () => {
    const everything = fields.map(([type, field]) => rolesSeeing(type, field));
    expect(everything.filter((seeing) => !seeing.includes("operator"))).toEqual([]);
    const alone = fields.filter(([type, field]) => rolesSeeing(type, field).join() === "operator");
    expect(alone.flatMap(([type, field]) => (/^(Query|Mutation)$/.test(type) ? [field] : [])).sort()).toEqual([
      "advanceTestClock",
      "createProvider",
      "providers",
      "quarantineEvent",
      "setTestClock",
      "stalls",
    ]);
    const without = fields.filter(([type, field]) => !rolesSeeing(type, field).includes("admin"));
    expect(without).toEqual(alone);
  });

  it("lets support change nothing, and the app inside Zendesk neither", () => {
    const given = (role: "support" | "zendesk-app") =>
      Object.entries(mutations).filter(([, allowed]) => allowed.some((each) => each === role));
    expect([...given("support"), ...given("zendesk-app")]).toEqual([]);
  });

  it("limits how far back every role may date", () => {
    expect(Object.keys(backDating)).toEqual([...roles]);
    expect(backDating).toMatchObject({ csr: 31, support: 0, partner: 0, "self-care": 0, "zendesk-app": 0 });
  });

  it("shows documents to whom it shows what they print", () => {
    expect(documents).toEqual({
      invoices: rolesSeeing("Query", "invoice"),
      "credit-notes": rolesSeeing("Query", "creditNote"),
      statements: rolesSeeing("Customer", "statement"),
    });
  });
});
