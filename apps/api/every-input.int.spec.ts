import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";

/* Through every argument of every query and mutation, previews among them, down to each value. */

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));

let bench: Bench;
let client: Client;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
});
afterAll(() => bench.stop());

const SOUND: Readonly<Record<string, unknown>> = {
  ID: "00000000-0000-4000-8000-000000000000",
  String: "x",
  Int: 1,
  Boolean: true,
  Decimal: "1",
  LocalDate: "2020-07-15",
  Instant: "2020-07-15T12:00:00Z",
};
/** No value of the type, for each of them. */
const MALFORMED: Readonly<Record<string, readonly unknown[]>> = {
  ID: ["not-an-id", ""],
  String: ["a\u0000b", 5],
  Int: ["x", 1.5],
  Boolean: ["x"],
  Decimal: ["1,50", "", 5],
  LocalDate: ["2020-02-30", "x", 5],
  Instant: ["2020-02-30T12:00:00Z", "x"],
};

type Path = readonly (string | number)[];
interface Wrong {
  readonly path: Path;
  readonly type: string;
  /** The whole argument around the malformed value. */
  readonly whole: unknown;
}

/** A value of the type; what may be left out is. */
const sound = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return sound(type.ofType);
  if (isListType(type)) return [sound(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SOUND[type.name];
  const fields = Object.values(type.getFields());
  const given = type.isOneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(given.map((field) => [field.name, sound(field.type)]));
};

/** Each place in a type with each malformed value at it. */
const wrongIn = (type: GraphQLInputType, path: Path): Wrong[] => {
  if (isNonNullType(type)) return wrongIn(type.ofType, path);
  if (isListType(type)) {
    const item = sound(type.ofType);
    return wrongIn(type.ofType, [...path, 1]).map((wrong) => ({ ...wrong, whole: [item, wrong.whole] }));
  }
  if (isInputObjectType(type)) {
    const rest = type.isOneOf ? {} : (sound(type) as object);
    return Object.values(type.getFields()).flatMap((field: GraphQLInputField) =>
      wrongIn(field.type, [...path, field.name]).map(({ whole, ...wrong }) => ({
        ...wrong,
        whole: { ...rest, [field.name]: whole },
      })),
    );
  }
  const values = isEnumType(type) ? ["NOPE"] : (MALFORMED[type.name] ?? []);
  return values.map((whole) => ({ path, type: type.name, whole }));
};

const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => type ?? []);
const places = roots.flatMap((root) =>
  Object.values(root.getFields()).flatMap((field) =>
    field.args.flatMap((argument) => wrongIn(argument.type, [argument.name]).map((wrong) => ({ root, field, wrong }))),
  ),
);

/** The operation with all arguments that the field needs, and the wrong one. */
const asked = ({ root, field, wrong }: (typeof places)[number]) => {
  const [wrongName] = wrong.path;
  const args = field.args.filter(({ name, type }: GraphQLArgument) => name === wrongName || isNonNullType(type));
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const given = args.map(({ name }) => `${name}: $${name}`).join(", ");
  const selection = isCompositeType(schema.getType(String(field.type).replaceAll(/[![\]]/g, "")))
    ? "{ __typename }"
    : "";
  const kind = root === schema.getMutationType() ? "mutation" : "query";
  const variables = args.map(({ name, type }) => [name, name === wrongName ? wrong.whole : sound(type)]);
  return {
    query: `${kind} (${declared}) { ${field.name}(${given}) ${selection} }`,
    variables: Object.fromEntries(variables) as Record<string, unknown>,
  };
};

describe("a malformed value has one code, and the way to it, wherever it is", () => {
  it("knows a malformed value of every scalar", () => {
    const scalars = new Set(places.map(({ wrong }) => wrong.type));
    expect([...scalars].filter((name) => !isEnumType(schema.getType(name))).sort()).toEqual(
      Object.keys(MALFORMED).sort(),
    );
  });

  it.each([...new Set(places.map(({ field }) => field.name))])("%s", async (name) => {
    const differing: string[] = [];
    for (const place of places.filter(({ field }) => field.name === name)) {
      const { query, variables } = asked(place);
      const { errors } = await client.ask(query, variables);
      const told = errors.map(({ extensions }) => `${extensions.code} ${extensions.inputPath?.join(".") ?? ""}`);
      const expected = `VALIDATION_FAILED ${place.wrong.path.join(".")}`;
      const isPlaced = errors.every(({ locations = [] }) => locations.length > 0);
      if (told.join() !== expected || !isPlaced) {
        differing.push(`${expected} ${JSON.stringify(place.wrong.whole)}: ${told.join()}`);
      }
    }
    expect(differing).toEqual([]);
  });
});
