import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { buildSchema } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { statementsOf } from "./spec-support/statements.js";
import { tellTwoCustomers, type TwoCustomers } from "./spec-support/two-customers.js";
import { type Known, naming, type Request, waysThrough } from "./spec-support/ways.js";

/* Two providers with the same identifiers, names, references and numbers see nothing of each other. */

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));

let bench: Bench;
/** An administrator of the one provider. */
let admin: Client;
let own: Told;
let other: Told;

interface Told {
  readonly client: Client;
  readonly customers: TwoCustomers;
  /** Ids of catalog items, by the query that finds one. */
  readonly catalog: Readonly<Record<string, string>>;
}

const CATALOG = ["plan", "addOnProduct", "mainProduct", "customerClass", "offer", "mailTemplate"] as const;
const listOf = (query: string): string => (query === "customerClass" ? "customerClasses" : `${query}s`);

const tell = async (): Promise<Told> => {
  const client = await bench.provider("2020-07-01T12:00:00Z");
  await client.run("defineCustomerClass", { name: "Private" });
  await client.run("defineVolumeDiscountPlan", { name: "Much", service: "Internet", quota: "5", unit: "GB" });
  await client.run("defineMailTemplate", { kind: "REMINDER", language: "EN", subject: "a", text: "b", html: "c" });
  const customers = await tellTwoCustomers(bench, client);
  const lists = CATALOG.map((query) => `${query}: ${listOf(query)} { edges { node { id } } }`).join(" ");
  const found = (await client.query(`{ ${lists} }`)) as Record<string, { edges: { node: { id: string } }[] }>;
  return {
    client,
    customers,
    catalog: Object.fromEntries(Object.entries(found).map(([query, { edges }]) => [query, edges[0]?.node.id ?? ""])),
  };
};

beforeAll(async () => {
  bench = await startBench();
  [own, other] = [await tell(), await tell()];
  const providerId = own.client.providerId ?? "";
  admin = bench.client.by({ actor: "key:spec", roles: ["admin"], providerId, customerId: null });
});
afterAll(() => bench.stop());

const idsOf = ({ client, customers: { ann, bob }, catalog }: Told): string[] => [
  client.providerId ?? "",
  ...Object.values(ann.ids).flat(),
  ...Object.values(bob.ids).flat(),
  ...Object.values(catalog),
];
/** One of each kind. */
const samplesOf = ({ client, customers: { bob }, catalog }: Told): string[] => [
  client.providerId ?? "",
  ...Object.values(bob.ids).flatMap((ids) => ids.slice(0, 1)),
  ...Object.values(catalog),
];

const waysOf = ({ customers: { ann }, catalog }: Told): Request[] => {
  const ids = Object.entries(ann.ids).map(([list, [id]]) => [list.replace(/s$/, ""), { id }] as const);
  const asked: Record<string, Known> = Object.fromEntries(ids);
  for (const [query, id] of Object.entries(catalog)) asked[query] = { id };
  return waysThrough(schema, "admin", { customerId: ann.customerId }, asked);
};

const answerOf = async (client: Client, { query, variables }: Request) => {
  const { status, data, errors } = await client.ask(query, variables);
  return {
    ...{ status, data },
    errors: errors.map(({ message, path, extensions: { correlationId: _, ...extensions } }) => ({
      ...{ message, path, extensions },
    })),
  };
};

const tried = async (client: Client, request: Request) => {
  let answer: unknown;
  const statements = await statementsOf(async () => {
    answer = await answerOf(client, request);
  });
  return { answer, statements: statements.toSorted() };
};

describe("A provider", () => {
  it("reaches its own by every way, and nothing of another's by any", async () => {
    const ways = waysOf(own);
    expect(ways.length).toBeGreaterThan(150);
    const shown: string[] = [];
    for (const { of, query } of ways) {
      const { data, errors } = await admin.ask(query);
      const text = JSON.stringify(data);
      shown.push(text);
      expect([of, errors, idsOf(other).filter((id) => text.includes(id))]).toEqual([of, [], []]);
    }
    expect(idsOf(own).filter((id) => !shown.some((text) => text.includes(id)))).toEqual([]);
  });

  it("is answered alike, by the same statements, for another's and for what nobody has", async () => {
    const ids = samplesOf(other);
    const isAsked = ({ of }: Request) => !/^(preview|providers) /.test(of);
    const requests = naming(schema, "query", "admin", { ids, texts: [] }).filter(isAsked);
    const missing = { ids: ids.map(() => randomUUID()), texts: [] };
    const others = naming(schema, "query", "admin", missing).filter(isAsked);
    expect(requests.length).toBeGreaterThan(200);
    for (const [index, request] of requests.entries()) {
      expect([request.of, await tried(admin, request)]).toEqual([
        request.of,
        await tried(admin, others[index] as Request),
      ]);
    }
  });

  it("finds its own by texts that another has too", async () => {
    const texts = ["ann-line", "bob-alias", "bob-paid", "Bob Bobson", "Turbo 1 GB", "INV-000001", "USD"];
    const requests = naming(schema, "query", "admin", { ids: [], texts }).filter(
      ({ of }) => !of.startsWith("preview "),
    );
    expect(requests.length).toBeGreaterThan(50);
    const foreign = idsOf(other);
    for (const request of requests) {
      const text = JSON.stringify(await answerOf(admin, request));
      expect([request.of, foreign.filter((id) => text.includes(id))]).toEqual([request.of, []]);
    }
  });

  it("cannot tell another's from what nobody has by any command, and writes nothing of the other's", async () => {
    const { customers, catalog } = own;
    const { bob } = customers;
    const first = (list: string) => bob.ids[list]?.[0];
    const known = {
      ...{ customerId: bob.customerId, accountId: first("accounts"), commitmentId: first("commitments") },
      ...{
        toAccountId: customers.ann.ids["accounts"]?.[0],
        invoiceId: first("invoices"),
        paymentId: first("payments"),
      },
      ...{ offerId: catalog["offer"], planId: catalog["plan"], mainProductId: catalog["mainProduct"] },
      ...{ customerClassId: catalog["customerClass"], addOnProductId: catalog["addOnProduct"] },
      reason: "Asked for",
    };
    const ids = samplesOf(other);
    const requests = naming(schema, "mutation", "admin", { ids, texts: [] }, known);
    const madeUp = ids.map(() => randomUUID());
    const others = naming(schema, "mutation", "admin", { ids: madeUp, texts: [] }, known);
    expect(requests.length).toBeGreaterThan(300);
    const before = await streamsOf(other);
    const told = async (request: Request) => {
      const { data, errors } = await answerOf(admin, request);
      const isAccepted = Object.values(data ?? {}).some((answer) => answer !== null);
      // A refusal may repeat the id that was given.
      const given = new RegExp([...ids, ...madeUp].join("|"), "g");
      return { of: request.of, isAccepted, errors: JSON.stringify(errors).replaceAll(given, "<the id>") };
    };
    for (const [index, request] of requests.entries()) {
      expect(await told(request)).toEqual(await told(others[index] as Request));
    }
    expect(await streamsOf(other)).toEqual(before);
  });
});

/** How many events each stream of the provider has. */
const streamsOf = ({ client }: Told) =>
  bench.dataSource.query<{ stream: string; count: string }[]>(
    "SELECT stream, count(*) FROM journal WHERE provider_id = $1 GROUP BY stream ORDER BY stream",
    [client.providerId],
  );
