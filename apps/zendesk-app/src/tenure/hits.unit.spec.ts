import { describe, expect, it } from "vitest";
import { type FoundCustomer } from "./operations.js";
import { hitsOf } from "./hits.js";

const customer = (id: string): FoundCustomer => ({
  id,
  status: "ACTIVE",
  contact: { name: id },
  zendesk: { organizationId: null, organizationName: null },
});
const names = (ids: readonly string[], hasNextPage = false) => ({
  edges: ids.map((id) => ({ node: customer(id) })),
  pageInfo: { hasNextPage },
});
const accounts = (found: readonly (readonly [alias: string, id: string | null])[], hasNextPage = false) => ({
  edges: found.map(([alias, id]) => ({ node: { alias, customer: id === null ? null : customer(id) } })),
  pageInfo: { hasNextPage },
});
const shown = (...found: Parameters<typeof hitsOf>): unknown => {
  const { hits, more } = hitsOf(...found);
  return [hits.map(({ customer: { id }, account }) => (account === null ? id : `${id} ${account}`)), more];
};

describe("what two searches found", () => {
  it("is each customer once, by name before account", () => {
    const accountAliases = accounts([
      ["ann-1", "ann"],
      ["ann-2", "eve"],
      ["ann-3", "eve"],
      ["ann-4", null],
    ]);
    expect(shown({ customers: names(["ann", "bob"]), accountAliases })).toEqual([["ann", "bob", "eve ann-2"], false]);
    expect(shown({ customers: names([]), accountAliases: accounts([]) })).toEqual([[], false]);
  });

  it("is ten at most, and says that there are more", () => {
    const ten = Array.from({ length: 10 }, (_, index) => `c${index}`);
    expect(shown({ customers: names(ten), accountAliases: accounts([["x", "c1"]]) })).toEqual([ten, false]);
    expect(shown({ customers: names(ten), accountAliases: accounts([["x", "other"]]) })).toEqual([ten, true]);
    expect(shown({ customers: names(["a"], true), accountAliases: accounts([]) })).toEqual([["a"], true]);
    expect(shown({ customers: names([]), accountAliases: accounts([["x", "a"]], true) })).toEqual([["a x"], true]);
  });
});
