import {
  buildSchema,
  extendSchema,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  specifiedRules,
  validate,
} from "graphql/index.js";
import { describe, expect, it } from "vitest";
import { DecimalScalar, InstantScalar, LocalDateScalar } from "./scalars.js";
import { cut, type Worded, worded } from "./wording.js";

const SECRET = "jo@example.com ".repeat(10_000);

const schema: GraphQLSchema = extendSchema(
  buildSchema(`
  scalar LocalDate
  scalar Instant
  scalar Decimal
  enum Kind { ONE TWO }
  input Fee { amount: Decimal, on: LocalDate }
  input Given { name: String!, at: Instant, kind: Kind, count: Int, fees: [Fee!], flag: Boolean, id: ID }
  type Query { take(input: Given!): Int }
`),
  parse("extend type Query { more: Int }"),
);
for (const scalar of [DecimalScalar, InstantScalar, LocalDateScalar]) {
  const { parseValue, parseLiteral } = scalar;
  Object.assign(schema.getType(scalar.name) ?? {}, { parseValue, parseLiteral });
}

/** What is told of variables. */
const ofVariables = (given: Readonly<Record<string, unknown>>): Worded[] => {
  const [operation] = parse("query ($input: Given!) { take(input: $input) }").definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
  const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  return errors.map(worded);
};
const ofDocument = (source: string): string[] =>
  validate(schema, parse(source), specifiedRules).map((error) => worded(error).message);

describe("what is told of variables", () => {
  it.each<[object, string, string, (string | number)[]]>([
    [{ at: "2020-02-30T12:00:00Z" }, "There is no day 2020-02-30.", "at", ["input", "at"]],
    [{ at: "2020-02-20T25:00:00Z" }, "There is no time 2020-02-20T25:00:00Z.", "at", ["input", "at"]],
    [
      { at: "2199-12-31T23:00:00-02:00" },
      "2200-01-01 is out of the range 1970-01-01 to 2199-12-31.",
      "at",
      ["input", "at"],
    ],
    [{ at: 5 }, 'Instant is text such as "2020-08-01T12:00:00Z".', "at", ["input", "at"]],
    [{ fees: [{}, { on: "2020-13-01" }] }, "There is no day 2020-13-01.", "fees.on", ["input", "fees", 1, "on"]],
    [
      { fees: [{ on: "2200-01-01" }] },
      "2200-01-01 is out of the range 1970-01-01 to 2199-12-31.",
      "fees.on",
      ["input", "fees", 0, "on"],
    ],
    [
      { fees: [{ on: "" }] },
      'LocalDate is empty; it is text such as "2020-08-01".',
      "fees.on",
      ["input", "fees", 0, "on"],
    ],
    [
      { fees: [{ amount: "1".repeat(16) }] },
      "Decimal has too many digits: 15 are allowed before the point and 12 behind it.",
      "fees.amount",
      ["input", "fees", 0, "amount"],
    ],
    [{ fees: [{ amount: SECRET }] }, 'Decimal is text such as "15.00".', "fees.amount", ["input", "fees", 0, "amount"]],
    [
      { kind: SECRET },
      'The value of kind is not valid: It is none of the values of the enum "Kind".',
      "kind",
      ["input", "kind"],
    ],
    [
      { count: SECRET },
      "The value of count is not valid: Int cannot represent non-integer value.",
      "count",
      ["input", "count"],
    ],
    [
      { flag: SECRET },
      "The value of flag is not valid: Boolean cannot represent a non boolean value.",
      "flag",
      ["input", "flag"],
    ],
    [{ id: [SECRET] }, "The value of id is not valid: ID cannot represent value.", "id", ["input", "id"]],
    [
      { name: { is: SECRET } },
      "The value of name is not valid: String cannot represent a non string value.",
      "name",
      ["input", "name"],
    ],
    [
      { other: SECRET },
      'The value of input is not valid: Field "other" is not defined by type "Given".',
      "other",
      ["input", "other"],
    ],
    [
      { name: undefined },
      'The value of input is not valid: Field "name" of required type "String!" was not provided.',
      "name",
      ["input", "name"],
    ],
  ])("%#: a reason, the field and its place, never the value", (wrong, message, field, inputPath) => {
    expect(ofVariables({ input: { name: "Jo", ...wrong } })).toEqual([{ message, field, inputPath }]);
  });

  it("tells everything that is wrong", () => {
    const told = ofVariables({ input: { name: 1, fees: [{ on: "x" }, { on: "2020-02-30" }] } });
    expect(told.map(({ inputPath }) => inputPath)).toEqual([
      ["input", "name"],
      ["input", "fees", 0, "on"],
      ["input", "fees", 1, "on"],
    ]);
  });

  it("names a variable that is missing", () => {
    expect(ofVariables({})).toEqual([
      {
        message: 'Variable "$input" of required type "Given!" was not provided.',
        field: "input",
        inputPath: ["input"],
      },
    ]);
  });
});

describe("what is told of a document", () => {
  it("does not repeat its values", () => {
    const long = `"${SECRET}"`;
    expect(ofDocument(`{ take(input: { name: ${long}, count: ${long}, kind: ${long} }) }`)).toEqual([
      "Int cannot represent non-integer value.",
      'Enum "Kind" cannot represent non-enum value.',
    ]);
    expect(ofDocument('{ take(input: { name: "Jo", at: "2020-02-30T12:00:00Z" }) }')).toEqual([
      "There is no day 2020-02-30.",
    ]);
  });

  it("cuts what it repeats", () => {
    const told = ofDocument(`{ ${"x".repeat(10_000)} }`);
    expect(told).toEqual([`Cannot query field "${"x".repeat(99)}…" on type "Query".`]);
  });
});

describe("cutting", () => {
  it("leaves short text, and no half of a character", () => {
    expect(cut("short")).toBe("short");
    expect(cut("x".repeat(1_000))).toBe(`${"x".repeat(299)}…`);
    expect(cut(`${"x".repeat(298)}😀😀`)).toBe(`${"x".repeat(298)}…`);
    expect(worded(new GraphQLError("x".repeat(1_000))).message).toHaveLength(300);
  });
});
