import { readFileSync } from "node:fs";
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";
import { madeUp } from "./spec-support/made-up.js";
import { OPERATOR_TOKEN } from "./spec-support/said-callers.js";

/* What a key with the role `zendesk-app` reaches: any agent can send anything with it (docs/integrations.md). */

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));

let bench: Bench;
/** With a key that was granted, at a server that believes nothing else. */
let app: Client;

beforeAll(async () => {
  bench = await startBench();
  const { url } = await bench.api({ credentials: { by: "TOKEN", startToken: OPERATOR_TOKEN } });
  const { providerId } = await bench.provider("2020-07-15T12:00:00Z");
  const admin = new Client(url, providerId);
  await tellStory(admin);
  const key = { label: "Zendesk", roles: ["ZENDESK_APP"], reason: "The app inside Zendesk" };
  const { secret } = (await admin.run("grantKey", key, "secret")) as unknown as { readonly secret: string };
  app = new Client(url, undefined, undefined, undefined, secret);
});
afterAll(() => bench.stop());

/** What the role has to say, where it may ask for less than others. */
const SAID: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "Query.customers": { filter: { name: "Nobody" }, first: 10 },
  "Query.accountAliases": { filter: { alias: { value: "Nobody", match: "EXACT" } }, first: 10 },
  "Customer.commitments": { first: 50 },
  "Customer.invoices": { first: 5 },
};

/** A step on the way to a field: what is asked of it, as text and as variables. */
interface Step {
  readonly text: string;
  readonly declared: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

const stepOf = (type: string, field: GraphQLField<unknown, unknown>, depth: number): Step => {
  const said = SAID[`${type}.${field.name}`] ?? {};
  const args = field.args.filter((arg) => arg.name in said || isRequiredArgument(arg));
  const passed = args.map(({ name }) => `${name}: $${name}${depth}`).join(", ");
  return {
    text: `${field.name}${passed && `(${passed})`}`,
    declared: args.map(({ name, type: of }) => `$${name}${depth}: ${String(of)}`),
    variables: Object.fromEntries(args.map(({ name, type: of }) => [`${name}${depth}`, said[name] ?? madeUp(of)])),
  };
};

const isRefused = async (kind: string, steps: readonly Step[], isLeaf: boolean): Promise<boolean> => {
  const declared = steps.flatMap((step) => step.declared).join(", ");
  const selected = steps.reduceRight((inner, { text }) => `{ ${text} ${inner} }`, isLeaf ? "" : "{ __typename }");
  const variables = Object.assign({}, ...steps.map((step) => step.variables)) as object;
  const { errors } = await app.ask(`${kind} ${declared && `(${declared})`} ${selected}`, variables);
  const codes = errors.map(({ extensions }) => extensions.code);
  // Whatever else is answered was looked at, and so was allowed. A mistake of this spec's own would be.
  expect(codes).not.toContain("GRAPHQL_VALIDATION_FAILED");
  return codes.includes("FORBIDDEN");
};

/** Every field that is not refused, by type, found by asking for each one of every type that is reached. */
const reached = async (): Promise<Record<string, string>> => {
  const found: Record<string, string[]> = {};
  const waiting: { readonly type: string; readonly kind: string; readonly way: readonly Step[] }[] = [
    { type: "Query", kind: "query", way: [] },
    { type: "Mutation", kind: "mutation", way: [] },
  ];
  const queued = new Set(waiting.map(({ type }) => type));
  for (const { type, kind, way } of waiting) {
    const definition = schema.getType(type);
    if (!isObjectType(definition)) continue;
    const fields = Object.values(definition.getFields());
    for (const field of fields) {
      const next = getNamedType(field.type);
      const steps = [...way, stepOf(type, field, way.length)];
      if (await isRefused(kind, steps, isLeafType(next))) continue;
      (found[type] ??= []).push(field.name);
      if (queued.has(next.name)) continue;
      queued.add(next.name);
      waiting.push({ type: next.name, kind, way: steps });
    }
  }
  return Object.fromEntries(Object.entries(found).map(([type, names]) => [type, names.sort().join(" ")]));
};

describe("the key of the app inside Zendesk", () => {
  it("reaches a customer by name, account id or organization, a little of it, and nothing else", async () => {
    expect(await reached()).toEqual({
      Query: "account accountAliases customer customers errorCodes viewer zendeskCustomer",
      Mutation: "linkZendeskOrganization unlinkZendeskOrganization",
      CustomerConnection: "edges pageInfo",
      CustomerEdge: "cursor node",
      Customer: "balance commitments contact currency id invoices status zendesk",
      Contact: "name",
      CustomerZendesk: "organizationId organizationName organizationUrl status",
      CommitmentConnection: "edges pageInfo",
      CommitmentEdge: "cursor node",
      Commitment: "account discountEndDate id start status terminatedOn terms",
      Terms: "name",
      InvoiceConnection: "edges pageInfo",
      InvoiceEdge: "cursor node",
      Invoice: "currency dueOn id issuedOn number openAmount state total",
      AccountAliasConnection: "edges pageInfo",
      AccountAliasEdge: "cursor node",
      AccountAlias: "account accountId alias customer customerId kind",
      Account: "aliases customer id identifier status",
      CustomerPayload: "customer id position repeated visible",
      PageInfo: "endCursor hasNextPage hasPreviousPage startCursor",
      // Of the key itself, and of the schema, which is public.
      Viewer: "actor commands customer name provider queries roles",
      Provider: "id name",
      ErrorCodeMeaning: "code meaning",
    });
  });

  it("may not list: not by other filters, orders or pages, and not beyond what the app shows", async () => {
    const messages = async (query: string): Promise<string[]> =>
      (await app.ask(query)).errors.map(({ message }) => message.replace("The role zendesk-app may not ask for ", ""));
    const asked = [
      'customers(filter: { name: "a" }, first: 11) { edges { cursor } }',
      "customers(first: 10) { edges { cursor } }",
      'customers(filter: { name: "a", phone: "1" }, first: 10) { edges { cursor } }',
      'customers(filter: { name: "a" }, first: 10, sort: { by: NAME }) { edges { cursor } }',
      'accountAliases(filter: { alias: { value: "a" } }, first: 10, after: "x") { edges { cursor } }',
      'accountAliases(filter: { customerId: "1" }, first: 10) { edges { cursor } }',
      'zendeskCustomer(organizationId: "1") { commitments(first: 51) { edges { cursor } } }',
      'zendeskCustomer(organizationId: "1") { invoices(first: 5, after: "x") { edges { cursor } } }',
      'node(id: "1") { id }',
      'nodes(ids: ["1", "2"]) { id }',
    ];
    expect(await Promise.all(asked.map((each) => messages(`{ ${each} }`)))).toEqual([
      ["Query.customers beyond first: 10."],
      ["Query.customers without a filter by name alone."],
      ["Query.customers without a filter by name alone."],
      ["Query.customers with the argument sort."],
      ["Query.accountAliases with the argument after."],
      ["Query.accountAliases without a filter by alias alone."],
      ["Customer.commitments beyond first: 50."],
      ["Customer.invoices with the argument after."],
      ["Query.node."],
      ["Query.nodes."],
    ]);
  });
});
