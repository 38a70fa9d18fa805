import { buildSchema, parse, specifiedRules, validate } from "graphql/index.js";
import { describe, expect, it } from "vitest";
import { MAX_DEPTH, MAX_NAME, validationRules } from "./limits.js";

const schema = buildSchema(`
  type Query { me: Node things(first: Int, after: String): Things }
  type Things { edges: [Edge] }
  type Edge { node: Node }
  type Node { id: ID me: Node things(first: Int, after: String): Things }
`);

const refusals = (source: string): string[] =>
  validate(schema, parse(source), [...specifiedRules, ...validationRules]).map(({ message }) => message);

const nested = (depth: number): string => `{ ${"me { ".repeat(depth - 1)}id${" }".repeat(depth - 1)} }`;

describe("limits of operations", () => {
  it("allows what people ask", () => {
    expect(refusals("{ things { edges { node { id things(first: 10) { edges { node { id } } } } } } }")).toEqual([]);
  });

  it("refuses deep nesting, through fragments too", () => {
    expect(refusals(nested(MAX_DEPTH))).toEqual([]);
    expect(refusals(nested(MAX_DEPTH + 1))).toEqual([`The operation nests 16 fields; 15 are allowed.`]);
    const spread = `query { me { ...deep } } fragment deep on Node ${nested(MAX_DEPTH)}`;
    expect(refusals(spread)).toEqual([`The operation nests 16 fields; 15 are allowed.`]);
  });

  it("refuses many top-level fields: aliases do not get around it", () => {
    const aliases = Array.from({ length: 21 }, (_, index) => `a${index}: me { id }`).join(" ");
    expect(refusals(`{ ${aliases} }`)).toEqual(["The operation has 21 top-level fields; 20 are allowed."]);
    expect(refusals(`{ ...all } fragment all on Query { ${aliases} }`)).toEqual([
      "The operation has 21 top-level fields; 20 are allowed.",
    ]);
  });

  it("refuses what only nests: fragments and inline fragments without fields", () => {
    const told = "The document nests selections and fragments more than 100 deep.";
    const chain = Array.from({ length: 1_000 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(" ");
    expect(() => refusals(`{ ...f0 } ${chain} fragment f1000 on Query { me { id } }`)).toThrow(told);
    // From its end, so that each fragment is measured before the one that spreads it.
    const reversed = chain.split(/(?=fragment)/).reverse();
    expect(() => refusals(`{ ...f0 } fragment f1000 on Query { me { id } } ${reversed.join(" ")}`)).toThrow(told);
    const inline = `{ ${"... on Query { ".repeat(200)} me { id } ${"}".repeat(200)} }`;
    expect(() => refusals(inline)).toThrow(told);
  });

  it("refuses long names: an answer repeats them", () => {
    expect(refusals(`{ ${"a".repeat(MAX_NAME)}: me { id } }`)).toEqual([]);
    expect(refusals(`{ ${"a".repeat(MAX_NAME + 1)}: me { id } }`)).toEqual([
      "A name has 201 characters; 200 are allowed.",
    ]);
  });

  it("survives fragments that spread each other a thousandfold, and themselves", () => {
    const bombs = Array.from(
      { length: 40 },
      (_, i) => `fragment f${i} on Node { a: me { ...f${i + 1} } b: me { ...f${i + 1} } }`,
    );
    const source = `{ me { ...f0 } } ${bombs.join(" ")} fragment f40 on Node { id }`;
    expect(refusals(source).length).toBeGreaterThan(0);
    expect(refusals("{ me { ...f } } fragment f on Node { me { ...f } }")).toHaveLength(1);
  });
});
