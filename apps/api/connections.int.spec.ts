import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { buildSchema } from "graphql/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { MUCH_TEXT, tellLongStory } from "./spec-support/long-story.js";
import { statementsOf } from "./spec-support/statements.js";
import {
  type ConnectionField,
  connectionFields,
  type Edge,
  identityOf,
  nodeTypes,
  type Page,
  type Paging,
  relayPage,
  valuesOf,
} from "./spec-support/relay.js";

const schema = buildSchema(readFileSync(new URL("./schema.graphql", import.meta.url), "utf8"));
/**
 * Customer.tickets is a list of Zendesk's, which its own specs page through (decision 207). Histories of catalog items are
 * one list, made once for all types; little happens to most of them, so that of offers stands for all. Rates are asked for
 * by their tariff, and its spec pages through them; lines of calls by their invoice, as Invoice.lines are.
 */
const ELSEWHERE = [
  "Customer.tickets",
  ...["Plan", "AddOnProduct", "VolumeDiscountPlan", "MainProduct", "CustomerClass"].map((type) => `${type}.history`),
  ...["ServicePolicy.history", "Tariff.history", "rates", "usageLines"],
];
const connections = connectionFields(schema).filter(({ name }) => !ELSEWHERE.includes(name));
const nodes = nodeTypes(schema);

let bench: Bench;
let client: Client;
let ids: readonly string[];
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  ids = await tellLongStory(bench, client);
  await recordDeliveriesAndJobs();
  await recordWork();
});
afterAll(() => bench.stop());

/** Jobs, and deliveries of one customer, as the worker's processor of deliveries records them, which does not run here. */
const recordDeliveriesAndJobs = async (): Promise<void> => {
  const { customers } = (await client.query("{ customers(first: 1) { edges { node { id } } } }")) as {
    readonly customers: Page;
  };
  await bench.dataSource.query(
    `INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, stub, event_id, stream, revision,
                             recorded_at, commit, prepare, place, status, not_before)
     SELECT gen_random_uuid(), $1, $2, 'EMAIL', 'INVOICE_GENERATED', '2020-08-01', true, event_id, stream, revision,
            '2020-08-01T00:00:00.000Z', commit, prepare, place,
            (ARRAY['PENDING', 'DELIVERED', 'PARKED'])[1 + place % 3], now()
       FROM generate_series(1, 7) AS place JOIN journal ON provider_id = $1 AND sequence = place / 3 + 1`,
    [client.providerId, customers.edges[0]?.node["id"]],
  );
  // Two of them were asked for at the same instant.
  await bench.dataSource.query(
    `INSERT INTO jobs (provider_id, job_id, kind, input, asked_by, asked_at)
     SELECT $1, gen_random_uuid(), 'EXPORT', '{}', 'spec', '2020-08-01T00:00:00Z'::timestamptz + make_interval(secs => place / 2)
       FROM generate_series(1, 7) AS place`,
    [client.providerId],
  );
};

/**
 * Closes that were parked, some at the same instant, an offer to which much happens, and requests of pauses, some for the
 * same day. No worker runs here.
 */
const recordWork = async (): Promise<void> => {
  await bench.dataSource.query(
    `INSERT INTO parked_closes (provider_id, customer_id, reason, since, attempts, waiting)
     SELECT $1, gen_random_uuid(), 'spec', '2020-08-0' || 1 + place / 2 || 'T00:00:00.000Z', place, true
       FROM generate_series(1, 7) AS place`,
    [client.providerId],
  );
  const { commitments } = (await client.query("{ commitments { edges { node { id terminatedOn } } } }")) as {
    readonly commitments: Page;
  };
  const running = commitments.edges.flatMap(({ node }) => (node["terminatedOn"] === null ? [node["id"]] : []));
  const { offers } = (await client.query("{ offers(first: 1) { edges { node { id } } } }")) as {
    readonly offers: Page;
  };
  const offerId = offers.edges[0]?.node["id"];
  for (const command of ["withdrawOffer", "putOfferBackOnSale", "withdrawOffer", "putOfferBackOnSale"] as const) {
    await client.run(command, { offerId });
  }
  for (const [index, commitmentId] of running.entries()) {
    const from = index > 1 ? "2020-09-01" : "2020-10-01";
    await client.run("requestPause", { commitmentId, from, until: "2020-10-20" });
  }
};

const PAGE_INFO = "pageInfo { startCursor endCursor hasPreviousPage hasNextPage }";

type Conditions = Readonly<Record<string, unknown>>;

/** Reads the pages of a connection, of the parent that has the most items where it belongs to one. */
const readerOf = async (connection: ConnectionField) => {
  const { parent, field, node, conditions } = connection;
  const parentId = parent === null ? null : await largestParent(connection);
  const types = { first: "Int", last: "Int", after: "String", before: "String", ids: "[ID!]!" };
  const argumentsOf = conditions.map(({ name, type }) => [name, String(type)] as const);
  const read = async (paging: Paging, given: Conditions, wanted: string): Promise<Page> => {
    const asked = { ...paging, ...given };
    const variables = { ...asked, ...(parentId !== null && { ids: [parentId] }) };
    const known: Record<string, string> = { ...types, ...Object.fromEntries(argumentsOf) };
    const declared = Object.keys(variables).map((name) => `$${name}: ${known[name] ?? ""}`);
    const taken = Object.keys(asked).map((name) => `${name}: $${name}`);
    const list = `${field}${taken.length > 0 ? `(${taken.join(", ")})` : ""} { ${wanted} }`;
    const body = parent === null ? list : `nodes(ids: $ids) { ... on ${parent} { ${list} } }`;
    const data = await client.query(
      `query${declared.length > 0 ? `(${declared.join(", ")})` : ""} { ${body} }`,
      variables,
    );
    const holder = parent === null ? data : (data as { nodes: unknown[] }).nodes[0];
    return (holder as Record<string, Page>)[field] as Page;
  };
  const edges = `edges { cursor node { ${identityOf(node)} } }`;
  return {
    page: (paging: Paging, given: Conditions = {}) => read(paging, given, `${edges} ${PAGE_INFO} totalCount`),
    edges: (paging: Paging) => read(paging, {}, edges),
  };
};

const largestParent = async ({ parent, field, name }: ConnectionField): Promise<string> => {
  const list = connections.find((other) => other.parent === null && other.node.name === parent);
  if (!list || parent === null || !nodes.includes(parent)) throw new Error(`Say how ${name} is reached`);
  const found = (await client.query(`{ ${list.field}(first: 200) { edges { node { id } } } }`)) as Record<string, Page>;
  const parents = (found[list.field]?.edges ?? []).map(({ node }) => node["id"]);
  const counted = (await client.query(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ${parent} { ${field} { totalCount } } } }`,
    { ids: parents },
  )) as { nodes: ({ readonly id: string } & Record<string, Page>)[] };
  const [largest] = counted.nodes.sort((a, b) => (b[field]?.totalCount ?? 0) - (a[field]?.totalCount ?? 0));
  return largest?.id ?? "";
};

type Reader = Awaited<ReturnType<typeof readerOf>>;

const walk = async ({ page }: Reader, size: number, given: Conditions): Promise<Edge[]> => {
  const seen: Edge[] = [];
  for (let after: string | null = null; ;) {
    const { edges, pageInfo }: Page = await page({ first: size, ...(after !== null && { after }) }, given);
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    seen.push(...edges);
    if (!pageInfo.hasNextPage) return seen;
    after = pageInfo.endCursor;
  }
};

const walkBack = async ({ page }: Reader, size: number, given: Conditions): Promise<Edge[]> => {
  const seen: Edge[] = [];
  for (let before: string | null = null; ;) {
    const { edges, pageInfo }: Page = await page({ last: size, ...(before !== null && { before }) }, given);
    expect(pageInfo.hasNextPage).toBe(before !== null);
    seen.unshift(...edges);
    if (!pageInfo.hasPreviousPage) return seen;
    before = pageInfo.startCursor;
  }
};

/** Conditions and sort orders that the connection can be asked for. */
const conditionsOf = ({ conditions }: ConnectionField): fc.Arbitrary<Conditions> =>
  fc
    .record({
      values: fc.record(
        Object.fromEntries(conditions.map(({ name, type }) => [name, valuesOf(type, MUCH_TEXT, ids)] as const)),
      ),
      given: fc.array(fc.constantFrom("", ...conditions.map(({ name }) => name)), { maxLength: 2 }),
    })
    .map(({ values, given }) => Object.fromEntries(Object.entries(values).filter(([name]) => given.includes(name))));

const place = fc.option(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

describe.each(connections.map((connection) => [connection.name, connection] as const))("%s", (_, connection) => {
  it("shows the same items in the same order forward and backward, in pages of any size", async () => {
    const reader = await readerOf(connection);
    const whole = await reader.page({ first: 200 });
    // With fewer items nothing would be shown here.
    expect(whole.edges.length).toBeGreaterThan(3);
    for (const size of [1, 2, 3, 200]) {
      expect(await walk(reader, size, {})).toEqual(whole.edges);
      expect(await walkBack(reader, size, {})).toEqual(whole.edges);
    }
  });

  it("answers the page that Relay's specification says, whatever the cursors, the filter and the sort order", async () => {
    const reader = await readerOf(connection);
    const asked = fc.record({
      given: conditionsOf(connection),
      size: fc.integer({ min: 0, max: 5 }),
      backward: fc.boolean(),
      after: place,
      before: place,
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ given, size, backward, after, before }) => {
        const whole = await reader.page({ first: 200 }, given);
        expect(whole).toEqual(relayPage(whole.edges, { first: 200 }));
        expect(await walk(reader, size + 1, given)).toEqual(whole.edges);
        expect(await walkBack(reader, size + 1, given)).toEqual(whole.edges);
        const cursorAt = (at: number | null) =>
          at === null ? null : (whole.edges[Math.floor(at * whole.edges.length)]?.cursor ?? null);
        const paging = {
          ...(backward ? { last: size } : { first: size }),
          after: cursorAt(after),
          before: cursorAt(before),
        };
        expect(await reader.page(paging, given)).toEqual(relayPage(whole.edges, paging));
      }),
      { numRuns: 8 },
    );
  });

  it("counts only when asked", async () => {
    const reader = await readerOf(connection);
    const { pageInfo } = await reader.page({ first: 2 });
    const isCount = (sql: string) => /count\(\*\)|^SELECT id, line_count/.test(sql);
    const asked = await statementsOf(async () => {
      await reader.edges({ first: 2, after: pageInfo.endCursor });
      await reader.edges({ last: 2 });
    });
    expect(asked).not.toEqual([]);
    expect(asked.filter(isCount)).toEqual([]);
    expect((await statementsOf(() => reader.page({ first: 2 }))).filter(isCount)).toHaveLength(1);
  });
});

describe("a page", () => {
  it("stays where it is when items are added before and behind it", async () => {
    const own = await bench.provider();
    const add = (name: string) => own.run("createCustomer", { contact: { name }, currency: "USD" });
    const names = async (paging: string) => {
      const data = await own.query(`{ customers(${paging}, sort: { by: NAME }) { pageInfo { startCursor endCursor }
        edges { node { contact { name } } } } }`);
      const { edges, pageInfo } = (data as { customers: Page }).customers;
      const found = edges.map(({ node }) => (node["contact"] as { name: string }).name);
      return { names: found, start: pageInfo.startCursor ?? "", end: pageInfo.endCursor ?? "" };
    };
    for (const name of ["b", "d", "f", "h"]) await add(name);
    const first = await names("first: 2");
    const last = await names("last: 2");
    for (const name of ["a", "c", "e", "g", "i"]) await add(name);
    expect(first.names).toEqual(["b", "d"]);
    expect((await names(`first: 2, after: "${first.end}"`)).names).toEqual(["e", "f"]);
    expect((await names(`last: 1, before: "${first.start}"`)).names).toEqual(["a"]);
    expect(last.names).toEqual(["f", "h"]);
    expect((await names(`last: 2, before: "${last.start}"`)).names).toEqual(["d", "e"]);
    expect((await names(`first: 5, after: "${last.end}"`)).names).toEqual(["i"]);
  });
});

describe("an id alone", () => {
  const idOf = async (type: string): Promise<string> => {
    if (type === "Provider") return client.providerId ?? "";
    const list = connections.find(({ parent, node }) => parent === null && node.name === type);
    if (!list) throw new Error(`Say how an id of ${type} is found`);
    const data = (await client.query(`{ ${list.field}(first: 1) { edges { node { id } } } }`)) as Record<string, Page>;
    return String(data[list.field]?.edges[0]?.node["id"]);
  };
  const query = "query ($id: ID!) { node(id: $id) { __typename id } }";

  it.each(nodes)("finds what it is of: %s, in any case, in its own provider", async (type) => {
    const id = await idOf(type);
    expect(await client.query(query, { id })).toEqual({ node: { __typename: type, id } });
    expect(await client.query(query, { id: id.toUpperCase() })).toEqual({ node: { __typename: type, id } });
    const other = await bench.provider();
    expect(await other.query(query, { id })).toEqual({ node: null });
  });

  it("is found among others, in their order, by one statement for all and one for each type", async () => {
    const wanted = [await idOf("Offer"), randomUUID(), await idOf("Account"), await idOf("Offer")];
    let data: unknown;
    const asked = await statementsOf(async () => {
      data = await client.query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: wanted });
    });
    expect(data).toEqual({ nodes: wanted.map((id, index) => (index === 1 ? null : { id })) });
    expect(asked).toHaveLength(3);
  });

  it("is refused unless it is one, and among more than 200", async () => {
    const refusal = async (asked: string) => (await client.ask(asked)).errors[0]?.extensions;
    expect(await refusal('{ node(id: "x") { id } }')).toMatchObject({ code: "VALIDATION_FAILED", field: "id" });
    expect(await refusal('{ nodes(ids: ["x"]) { id } }')).toMatchObject({ code: "VALIDATION_FAILED", field: "ids" });
    const many = Array.from({ length: 201 }, () => `"${randomUUID()}"`).join(" ");
    expect(await refusal(`{ nodes(ids: [${many}]) { id } }`)).toMatchObject({
      code: "VALIDATION_FAILED",
      field: "ids",
    });
    expect(await client.query(query, { id: randomUUID() })).toEqual({ node: null });
  });
});
