import {
  getNamedType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from "graphql/index.js";
import { type Chance } from "./chance.js";
import { type Known, NASTY_TEXT, Values } from "./values.js";

/** A request to the API as it goes over the wire. */
export interface FuzzRequest {
  readonly kind: string;
  readonly method: string;
  /** Behind the address of the endpoint. */
  readonly search: string;
  readonly contentType: string;
  readonly body?: string;
}

/** Waits for a worker's walk of the clock, and none runs here. */
const LEFT_OUT: ReadonlySet<string> = new Set(["advanceTestClock"]);
const SELECTED_DEPTH = 5;

/** Makes requests from the schema's types and chance. */
export class Requests {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly chance: Chance,
    private readonly known: Known,
  ) {}

  next(): FuzzRequest {
    const { chance } = this;
    const kind = chance.below(10);
    if (kind < 6) return this.mutation();
    if (kind < 8) return this.query();
    return kind === 8 ? this.document() : this.raw();
  }

  private mutation(): FuzzRequest {
    const fields = Object.values(this.schema.getMutationType()?.getFields() ?? {});
    return this.operation("mutation", this.chance.of(fields.filter(({ name }) => !LEFT_OUT.has(name))));
  }

  private query(): FuzzRequest {
    const { chance } = this;
    const fields = Object.values(this.schema.getQueryType()?.getFields() ?? {});
    const preview = fields.find(({ name }) => name === "preview");
    return this.operation("query", preview && chance.oneIn(3) ? preview : chance.of(fields));
  }

  private operation(kind: "query" | "mutation", field: GraphQLField<unknown, unknown>): FuzzRequest {
    const { chance } = this;
    const values = new Values(chance, this.known, chance.of([5, 20, 100]));
    const given = field.args.filter(({ type }) => isNonNullType(type) || chance.oneIn(2));
    const variables = Object.fromEntries(given.map(({ name, type }) => [name, values.of(type, name)] as const));
    const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
    const taken = given.map(({ name }) => `${name}: $${name}`).join(", ");
    const selection = this.selection(field.type, SELECTED_DEPTH);
    const query = `${kind}${declared && ` (${declared})`} { ${field.name}${taken && `(${taken})`} ${selection} }`;
    return posted(`${kind} ${field.name}`, JSON.stringify({ query, variables }));
  }

  /** Some of a type's fields; those that need arguments are left out. */
  private selection(type: GraphQLOutputType, depth: number): string {
    const named = getNamedType(type);
    if (!isObjectType(named) && !isInterfaceType(named)) return "";
    const { chance } = this;
    const fields = Object.values(named.getFields())
      .filter(
        ({ args }) => !args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined),
      )
      .filter((field) => isLeafType(getNamedType(field.type)) || (depth > 1 && chance.oneIn(3)))
      .map((field) => `${field.name} ${this.selection(field.type, depth - 1)}`);
    return `{ __typename ${fields.join(" ")} }`;
  }

  /** A document that is deep, wide, long or none at all. */
  private document(): FuzzRequest {
    const { chance } = this;
    const many = chance.of([10, 101, 2_000, 10_000]);
    const text = JSON.stringify(chance.of(NASTY_TEXT));
    const documents: Readonly<Record<string, string>> = {
      deep: "{ customers { edges { node ".repeat(many) + "}".repeat(many * 3),
      unclosed: "{ a(b: [".repeat(many),
      wide: `{ ${Array.from({ length: many }, (_, index) => `a${index}: provider { id }`).join(" ")} }`,
      chained: `{ ...f0 } ${Array.from({ length: many }, (_, i) => `fragment f${i} on Query { ...f${i + 1} }`).join(" ")}`,
      circular: "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
      alias: `{ ${"a".repeat(many)}: provider { id } }`,
      literal: `{ customers(filter: { name: ${text}, email: ${text} }, after: ${text}) { edges { node { id } } } }`,
      lists: `{ customers(filter: ${"[".repeat(many)}${"]".repeat(many)}) { totalCount } }`,
      directives: `{ provider ${"@skip(if: false) ".repeat(many)} { id } }`,
      types: `query ($a: ${"[".repeat(many)}Int${"]".repeat(many)}) { provider { id } }`,
      introspection: `{ __schema { types { ${"fields { type { ".repeat(6)} name ${"} }".repeat(6)} } } }`,
      subscription: "subscription { provider { id } }",
      text: chance.of(NASTY_TEXT),
      json: chance.of(["1", "null", "[]", '{"kind":"Document","definitions":null}', '""', "true"]),
    };
    const kind = chance.of(Object.keys(documents));
    return posted(`document ${kind}`, JSON.stringify({ query: documents[kind] }));
  }

  /** A body that is none, or is said to be something else. */
  private raw(): FuzzRequest {
    const { chance } = this;
    const body = chance.of([
      "",
      "{",
      "null",
      "1",
      "[]",
      '[{"query":"{ provider { id } }"}]',
      "{}",
      '{"query":1}',
      '{"query":null}',
      '{"query":["{ provider { id } }"]}',
      '{"query":"{ provider { id } }","variables":"x"}',
      '{"query":"{ provider { id } }","variables":[]}',
      '{"query":"{ provider { id } }","operationName":{}}',
      '{"query":"query a { provider { id } }","operationName":"b"}',
      '{"query":"{ provider { id } }","extensions":1,"__proto__":{"x":1}}',
      `{"query":"{ provider { id } }","variables":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
      "{ provider { id } }",
      "\ud800",
      "x".repeat(300_000),
    ]);
    const contentType = chance.of([
      "application/json",
      "application/json",
      "application/graphql",
      "text/plain",
      "multipart/form-data",
      "nonsense",
      "application/json; charset=x",
    ]);
    const method = chance.of(["POST", "POST", "POST", "GET", "PUT", "DELETE", "OPTIONS"]);
    const query = chance.of([
      "",
      "{",
      "{ provider { id } }",
      "mutation { x }",
      "query a { provider { id } } query b { provider { id } }",
      "\u0000",
    ]);
    const search =
      method === "GET" || chance.oneIn(4)
        ? `?query=${encodeURIComponent(query)}&variables=${chance.of(["", "1", "{", "[]", "{}"])}`
        : "";
    return { kind: `raw ${method}`, method, search, contentType, ...(method !== "GET" && { body }) };
  }
}

const posted = (kind: string, body: string): FuzzRequest => ({
  kind,
  method: "POST",
  search: "",
  contentType: "application/json",
  body,
});
