import { buildSchema, GraphQLError, parse } from "graphql/index.js";
import { describe, expect, it } from "vitest";
import { requireAffordable } from "./cost.js";
import { operationOf } from "./operation.js";

const schema = buildSchema(`
  type Query { me: Node things(first: Int = 50, last: Int, after: String): ThingConnection costs(months: Int! = 24): [Cost]
    nodes(ids: [ID!]!): [Node]! }
  type ThingConnection { edges: [ThingEdge] totalCount: Int }
  type ThingEdge { node: Node cursor: String }
  type Node { id: ID texts: [String] me: Node parts: [Part!]! things(first: Int = 50, last: Int): ThingConnection }
  type Part { id: ID parts: [Part!]! }
  type Cost { on: String lines: [Part] }
`);

type Refused = { readonly code: unknown; readonly message: string };

/** What is refused; null: it is admitted. */
const refusal = (source: string, variables: object = {}, operationName?: string): Refused | null => {
  try {
    const operation = operationOf(schema, parse(source), variables as Record<string, unknown>, operationName);
    if (operation) requireAffordable(operation);
    return null;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { code: error.extensions["code"], message: error.message };
  }
};

const tooMany = (values: number): Refused => ({
  code: "QUERY_TOO_LARGE",
  message: `The operation asks for up to ${values} values; 1000000 are allowed. Ask for smaller pages.`,
});

/** Pages of pages of pages, of what a variable says. */
const PAGES = `query ($n: Int) { things(first: $n) { edges { node { things(first: $n) { edges { node {
  things(first: $n) { edges { node { id } } } } } } } } } }`;

describe("the cost of an operation", () => {
  it("is counted by the value of a variable, its default, or the default of the argument", () => {
    expect(refusal(PAGES, { n: 10 })).toBeNull();
    // A page of n with m values below each item: 1 + n x (2 + m).
    const pages = (n: number) => 1 + n * (2 + (1 + n * (2 + (1 + n * 3))));
    expect(pages(68)).toBeLessThan(1_000_000);
    expect(refusal(PAGES, { n: 68 })).toBeNull();
    expect(refusal(PAGES, { n: 69 })).toEqual(tooMany(pages(69)));
    expect(refusal(PAGES.replace("$n: Int", "$n: Int = 69"))).toEqual(tooMany(pages(69)));
    expect(refusal(PAGES.replace("$n: Int", "$n: Int = 69"), { n: 68 })).toBeNull();
    expect(refusal(PAGES)).toBeNull();
  });

  it("is known again for the same document, by the values of what says how many", () => {
    const document = parse(`query ($id: ID, $n: Int = 69, $all: Boolean!) {
      me { id } things(first: $n, after: $id) { edges { node { things(first: $n) { edges { node {
        things(first: $n) @include(if: $all) { edges { node { id } } } } } } } } } }`);
    const isRefused = (variables: Record<string, unknown>): boolean => {
      const operation = operationOf(schema, document, variables, undefined);
      try {
        if (operation) requireAffordable(operation);
        return false;
      } catch {
        return true;
      }
    };
    const asked = [
      { id: "1", all: true },
      { id: "2", all: true },
      { n: null, all: true },
      { n: 68, all: true },
      { n: 69, all: true },
      { all: false },
    ];
    for (const _ of ["first", "again"]) {
      expect(asked.map(isRefused)).toEqual([true, true, false, false, true, false]);
    }
  });

  it("counts no more than the largest page, which the field refuses itself", () => {
    const pages = 1 + 200 * (2 + (1 + 200 * (2 + (1 + 200 * 3))));
    expect(refusal(PAGES, { n: 2_000_000_000 })).toEqual(tooMany(pages));
  });

  it("counts pages from the end, leaving costs by months, and other lists as ten items", () => {
    const last = PAGES.replaceAll("first: $n", "first: null, last: $n");
    expect(refusal(last, { n: 69 })?.code).toBe("QUERY_TOO_LARGE");
    expect(refusal(last, { n: 68 })).toBeNull();
    const costs = (below: string) => `query ($m: Int!) { costs(months: $m) { ${below} } }`;
    const nested = (depth: number): string => (depth === 0 ? "id" : `parts { ${nested(depth - 1)} }`);
    const oneMonth = 1 + 10 * (1 + 10 * (1 + 10 * (1 + 10 * (1 + 10))));
    expect(refusal(costs(`lines { ${nested(4)} }`), { m: 60 })).toEqual(tooMany(1 + 60 * oneMonth));
    expect(refusal(costs(`lines { ${nested(4)} }`), { m: 8 })).toBeNull();
    expect(refusal(costs(`lines { ${nested(4)} }`), { m: 10 })).toEqual(tooMany(1 + 10 * oneMonth));
    expect(refusal(`{ me { ${nested(5)} } }`)).toBeNull();
    expect(refusal(`{ me { ${nested(6)} } }`)).toEqual(tooMany(1 + 1 + 10 * 111111));
  });

  it("counts as many items as ids are given", () => {
    const nodes =
      "query ($ids: [ID!]!) { nodes(ids: $ids) { things(first: 200) { edges { node { parts { id } } } } } }";
    const ids = (count: number) => Array.from({ length: count }, (_, index) => String(index));
    expect(refusal(nodes, { ids: ids(100) })).toBeNull();
    const more = nodes.replace("id }", "parts { id } }");
    expect(refusal(more, { ids: ids(40) })).toBeNull();
    expect(refusal(more, { ids: ids(100) })).toEqual(tooMany(1 + 100 * (1 + 200 * (2 + 111))));
  });

  it("leaves out what a directive leaves out, and what another operation of the document asks for", () => {
    const skipped = PAGES.replace("$n: Int", "$n: Int, $all: Boolean!").replace("{ things", "{ me { id } things");
    const included = skipped.replace("things(first: $n)", "things(first: $n) @include(if: $all)");
    expect(refusal(included, { n: 200, all: false })).toBeNull();
    expect(refusal(included, { n: 200, all: true })?.code).toBe("QUERY_TOO_LARGE");
    const two = `${PAGES.replace("query", "query Much")} query Little { me { id } }`;
    expect(refusal(two, { n: 200 }, "Little")).toBeNull();
    expect(refusal(two, { n: 200 }, "Much")?.code).toBe("QUERY_TOO_LARGE");
  });

  it("leaves to the execution what it refuses: no such operation, variables that do not fit", () => {
    expect(refusal(PAGES, { n: 200 }, "Other")).toBeNull();
    expect(refusal(PAGES, { n: "many" })).toBeNull();
    expect(refusal("query A { me { id } } query B { me { id } }")).toBeNull();
  });

  it("refuses fragments that spread each other a thousandfold", () => {
    const bombs = Array.from(
      { length: 14 },
      (_, i) => `fragment f${i} on Node { a: me { ...f${i + 1} } b: me { ...f${i + 1} } }`,
    );
    expect(refusal(`{ me { ...f0 } } ${bombs.join(" ")} fragment f14 on Node { id }`)).toEqual({
      code: "QUERY_TOO_LARGE",
      message: "The operation has more than 10000 selections, fragments counted.",
    });
  });

  it("takes introspection as free", () => {
    expect(refusal("{ __schema { types { fields { args { type { ofType { name } } } } } } }")).toBeNull();
  });
});
