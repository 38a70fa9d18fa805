import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputObjectType } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mutations, queries } from "#application/access/access.js";
import { type Role, roles } from "#application/access/roles.js";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";
import { type Asked, madeUp, operationOf, rootFields } from "./spec-support/made-up.js";

/* Each role tries each operation of the schema, as a caller that the server believes. */

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));

let bench: Bench;
let provider: Client;
let as: (...own: Role[]) => Client;

beforeAll(async () => {
  bench = await startBench();
  provider = await bench.provider("2020-07-15T12:00:00Z");
  as = callersOf(provider, (await tellStory(provider)).customerId);
});
afterAll(() => bench.stop());

/** Which of the operations are not answered with FORBIDDEN; and that refused ones are, with nothing else. */
const allowedOf = async (client: Client, asked: ReadonlyMap<string, Asked>): Promise<string[]> => {
  const allowed: string[] = [];
  for (const [name, { query, variables }] of asked) {
    const { data, errors } = await client.ask(query, variables);
    const codes = errors.map(({ extensions }) => extensions.code);
    if (!codes.includes("FORBIDDEN")) allowed.push(name);
    else expect([name, codes, data]).toEqual([name, ["FORBIDDEN"], null]);
  }
  return allowed.sort();
};

const tableFor = (role: Role, table: Readonly<Record<string, readonly Role[]>>): string[] =>
  Object.entries(table)
    .flatMap(([name, allowed]) => (allowed.includes(role) ? [name] : []))
    .sort();

/** What the app inside Zendesk must say to find anybody. */
const FOUND: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  customers: { filter: { name: "Nobody" }, first: 10 },
  accountAliases: { filter: { alias: { value: "Nobody", match: "EXACT" } }, first: 10 },
};

describe.each(roles)("The role %s", (role) => {
  it("may ask the queries of the table, and no others", async () => {
    const asked = rootFields(schema, "query").map(
      (field) => [field.name, operationOf("query", field, role === "zendesk-app" ? FOUND[field.name] : {})] as const,
    );
    const allowed = await allowedOf(as(role), new Map(asked));
    // The preview that is made up is of one command.
    const previews = mutations.addAlias.includes(role);
    expect(allowed).toEqual(tableFor(role, queries).filter((name) => name !== "preview" || previews));
  });

  it("may give the commands of the table, and no others", async () => {
    const asked = rootFields(schema, "mutation").map((field) => [field.name, operationOf("mutation", field)] as const);
    expect(await allowedOf(as(role), new Map(asked))).toEqual(tableFor(role, mutations));
  });

  it("may preview what it may give, and nothing else", async () => {
    const command = schema.getType("PreviewCommand") as GraphQLInputObjectType;
    const asked = Object.values(command.getFields()).map(({ name, type }): readonly [string, Asked] => [
      name,
      {
        query: "query ($command: PreviewCommand!) { preview(command: $command) { __typename } }",
        variables: { command: { [name]: madeUp(type) } },
      },
    ]);
    const previewed = asked.map(([name]) => name);
    const mayPreview = queries.preview.some((each) => each === role);
    expect(await allowedOf(as(role), new Map(asked))).toEqual(
      tableFor(role, mutations).filter((name) => mayPreview && previewed.includes(name)),
    );
  });
});
