import { readFileSync } from "node:fs";
import { buildSchema, getNamedType, isInterfaceType, isObjectType, parse } from "graphql/index.js";
import { describe, expect, it } from "vitest";
import { backDating, documents, endings, mutations, narrowed, queries, types } from "#application/access/access.js";
import { rolesSeeing } from "#application/access/rights.js";
import { type Role, roles } from "#application/access/roles.js";
import { commands } from "#application/commands.js";
import { accessPage } from "./access-page.js";
import { requireAllowed } from "./graphql/access.js";
import { operationOf } from "./graphql/operation.js";

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

  it("lets support change nothing, and the app inside Zendesk link and unlink", () => {
    const given = (role: "support" | "zendesk-app") =>
      Object.entries(mutations).flatMap(([name, allowed]) => (allowed.some((each) => each === role) ? [name] : []));
    expect([given("support"), given("zendesk-app")]).toEqual([
      [],
      ["linkZendeskOrganization", "unlinkZendeskOrganization"],
    ]);
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
      calls: rolesSeeing("Query", "calls"),
    });
  });

  it("is the page that is committed (npm run build && node dist/apps/api/print-access.js)", () => {
    expect(readFileSync(new URL("../../docs/access.md", import.meta.url), "utf8")).toBe(accessPage());
  });
});

/** What is refused of an operation to somebody with these roles; null: nothing. */
const refusedTo = (own: readonly Role[], document: string, variables: object = {}): string | null => {
  try {
    const operation = operationOf(schema, parse(document), { ...variables }, undefined);
    if (operation) requireAllowed(operation, { roles: own });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

/** For each type the shortest way to it: names of fields with their types, from a root on. */
const ways = (): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>([
    ["Query", []],
    ["Mutation", []],
  ]);
  // The map grows while it is gone through: breadth first.
  for (const [type, way] of found) {
    const fieldsOf = answered.find(({ name }) => name === type)?.getFields() ?? {};
    for (const field of Object.values(fieldsOf)) {
      const next = getNamedType(field.type).name;
      if (!found.has(next)) found.set(next, [...way, `${type}.${field.name}`]);
    }
  }
  return found;
};

/** An operation along a way of fields. Arguments are left out: the table judges fields, narrowed ones apart. */
const operationAlong = (way: readonly string[]): string => {
  const names = way.map((field) => field.slice(field.indexOf(".") + 1));
  return `${way[0]?.startsWith("Mutation") ? "mutation" : "query"} { ${names.join(" { ")} ${"} ".repeat(names.length)}`;
};

describe("each role", () => {
  it.each(roles)("sees the fields of the table, by every way the shortest: %s", (role) => {
    const all = ways();
    const wrong = fields.flatMap(([type, field]) => {
      const way = [...(all.get(type) ?? []), `${type}.${field}`];
      const isNarrowed = way.some((step) => narrowed[role]?.[step] !== undefined);
      const refused = way.filter((step) => {
        const [of = "", name = ""] = step.split(".");
        return !rolesSeeing(of, name).includes(role);
      });
      const told = refusedTo([role], operationAlong(way));
      const expected = refused.length > 0 ? `The role ${role} may not ask for ${refused.join(", ")}.` : null;
      return told === expected || isNarrowed ? [] : [[way.join(" "), told]];
    });
    expect(wrong).toEqual([]);
  });

  it("is refused what a fragment hides, and whatever it is called", () => {
    const hidden = `query { customer(id: "1") { ...Hidden ... on Node { ... on Customer { mine: contact { name } } } } }
      fragment Hidden on Customer { their: contact { email } }`;
    expect(refusedTo(["partner"], hidden)).toBe(
      "The role partner may not ask for Customer.contact, Contact.email, Contact.name.",
    );
    expect(refusedTo(["support"], hidden)).toBeNull();
    expect(refusedTo(["partner", "support"], hidden)).toBeNull();
    expect(refusedTo([], "{ viewer { actor } }")).toBe("Nobody without a role may ask for Query.viewer, Viewer.actor.");
  });

  it("is refused nothing that is left out, and what is not", () => {
    const document = `query ($all: Boolean = false) { calls { edges { node { id tariff @include(if: $all) { id } } } } }`;
    const skipping = document.replace("@include(if: $all)", "@skip(if: $all)");
    const told = "The role self-care may not ask for Call.tariff, Tariff.id.";
    expect(refusedTo(["self-care"], document)).toBeNull();
    expect(refusedTo(["self-care"], document, { all: true })).toBe(told);
    expect(refusedTo(["self-care"], document, { all: "maybe" })).toBe(told);
    expect(refusedTo(["self-care"], skipping)).toBe(told);
    expect(refusedTo(["self-care"], skipping, { all: true })).toBeNull();
  });

  it("may look at the schema, which is public", () => {
    expect(refusedTo(["zendesk-app"], "{ __schema { types { name } } __typename }")).toBeNull();
  });
});

describe("the key of the app inside Zendesk", () => {
  const asked = (document: string, variables?: object) => refusedTo(["zendesk-app"], document, variables);
  const refused = (what: string) => `The role zendesk-app may not ask for ${what}.`;
  const CUSTOMERS =
    "query ($filter: CustomerFilter, $first: Int) { customers(filter: $filter, first: $first) { edges { cursor } } }";

  it("finds customers by name or account id, ten at most, and lists none", () => {
    expect(asked(CUSTOMERS, { filter: { name: "abc" }, first: 10 })).toBeNull();
    expect(asked('{ customers(filter: { name: "abc" }, first: 3) { edges { cursor } } }')).toBeNull();
    expect(asked('{ account(identifier: "12012555215") { customer { id } } }')).toBeNull();
    const more = refused("Query.customers beyond first: 10");
    expect(asked(CUSTOMERS, { filter: { name: "abc" }, first: 11 })).toBe(more);
    expect(asked(CUSTOMERS, { filter: { name: "abc" } })).toBe(more);
    const all = refused("Query.customers without a filter by name alone");
    expect(asked(CUSTOMERS, { first: 10 })).toBe(all);
    expect(asked(CUSTOMERS, { first: 10, filter: {} })).toBe(all);
    expect(asked(CUSTOMERS, { first: 10, filter: { name: null, email: "a@b.c" } })).toBe(all);
    expect(asked(CUSTOMERS, { first: 10, filter: { name: "abc", email: "a@b.c" } })).toBe(all);
    expect(asked('{ customers(filter: { name: "a" }, first: 10, after: "x") { edges { cursor } } }')).toBe(
      refused("Query.customers with the argument after"),
    );
  });

  it("sees the last five invoices", () => {
    const invoices = (args: string) => `{ customer(id: "1") { invoices(${args}) { edges { node { number } } } } }`;
    expect(asked(invoices("first: 5"))).toBeNull();
    expect(asked(invoices("first: 6"))).toBe(refused("Customer.invoices beyond first: 5"));
    expect(asked(invoices("last: 5"))).toBe(refused("Customer.invoices with the argument last"));
  });
});

describe("a partner", () => {
  it("asks for accounts by their ids, and does not try out numbers", () => {
    expect(refusedTo(["partner"], '{ account(id: "1") { id } }')).toBeNull();
    expect(refusedTo(["partner"], '{ account(identifier: "12012555215") { id } }')).toBe(
      "The role partner may not ask for Query.account with the argument identifier.",
    );
  });
});
