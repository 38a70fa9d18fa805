import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { Client } from "./spec-support/client.js";
import { statementsOf } from "./spec-support/statements.js";
import { bearer } from "./spec-support/said-callers.js";
import { type Story, tellStory } from "#application/spec-support/story.js";

let bench: Bench;
let client: Client;
let story: Story;
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-07-15T12:00:00Z");
  story = await tellStory(client);
});
afterAll(() => bench.stop());

interface Page {
  readonly edges: { readonly node: { readonly contact: { readonly name: string } } }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly totalCount: number;
}

interface Nested extends Omit<Page, "edges"> {
  readonly edges: { readonly node: { readonly id: string } }[];
}

describe("lists", () => {
  it("are filtered, sorted, and read page by page", async () => {
    const own = await bench.provider();
    for (const name of ["Bea", "abe", "Dan", "Cid", "Eve"]) {
      await own.run("createCustomer", { contact: { name }, currency: name === "Eve" ? "EUR" : "USD" });
    }
    const list = async (after: string | null): Promise<Page> => {
      const query = `query ($after: String) { customers(first: 3, after: $after, filter: { currency: "USD" },
        sort: { by: NAME, direction: DESC }) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node { contact { name } } } } }`;
      return ((await own.query(query, { after })) as { customers: Page }).customers;
    };
    const names = ({ edges }: Page) => edges.map(({ node }) => node.contact.name);
    const first = await list(null);
    expect({ names: names(first), ...first.pageInfo, total: first.totalCount }).toMatchObject({
      names: ["Dan", "Cid", "Bea"],
      hasNextPage: true,
      total: 4,
    });
    const second = await list(first.pageInfo.endCursor);
    expect({ names: names(second), ...second.pageInfo }).toMatchObject({ names: ["abe"], hasNextPage: false });
  });

  it.each([
    ["customers(first: -1)", "VALIDATION_FAILED", "first"],
    ["customers(first: 201)", "VALIDATION_FAILED", "first"],
    ["customers(last: -1)", "VALIDATION_FAILED", "last"],
    ["customers(last: 201)", "VALIDATION_FAILED", "last"],
    ["customers(first: 1, last: 1)", "VALIDATION_FAILED", "last"],
    ['customers(after: "x")', "VALIDATION_FAILED", "after"],
    ['customers(before: "x")', "VALIDATION_FAILED", "before"],
    ['closedPeriods(before: "x")', "VALIDATION_FAILED", "before"],
    ['commitments(filter: { customerId: "x" })', "VALIDATION_FAILED", "customerId"],
  ])("refuse %s", async (field, code, blamed) => {
    const { errors } = await client.ask(`{ ${field} { totalCount } }`);
    expect(errors[0]?.extensions).toMatchObject({ code, field: blamed });
  });

  it("exist for every read model", async () => {
    const names = ["providers", "plans", "addOnProducts", "volumeDiscountPlans", "mainProducts"];
    names.push("customerClasses", "offers", "customers", "accounts", "commitments", "invoices");
    const data = await client.query(
      `{ ${names.map((name) => `${name} { totalCount edges { node { id } } }`).join(" ")} }`,
    );
    expect(Object.keys(data as object)).toEqual(names);
    expect(
      await client.query(
        "{ closedPeriods(moved: true) { totalCount edges { node { moved } } pageInfo { hasNextPage } } }",
      ),
    ).toEqual({
      closedPeriods: { totalCount: 0, edges: [], pageInfo: { hasNextPage: false } },
    });
  });

  it("nest in bulk: as many statements for many parents as for one", async () => {
    const { customerId, mainProductId, offerId } = story;
    for (let index = 0; index < 4; index += 1) {
      const { id } = await client.run("openAccount", { customerId, identifier: randomUUID(), mainProductId });
      await client.run("assignOffer", { accountId: id, offerId });
    }
    const answer = async (first: number): Promise<void> => {
      const data =
        await client.query(`{ accounts(first: ${first}, sort: { by: CREATED, direction: DESC }) { edges { node {
        mainProduct { name } customer { balanceDue }
        commitments(first: 2) { totalCount edges { node { status discountsGiven offer { name } account { id } } } } } } } }`);
      expect((data as { accounts: { edges: unknown[] } }).accounts.edges).toHaveLength(first);
    };
    const asked = async (first: number) => (await statementsOf(() => answer(first))).length;
    const forOne = await asked(1);
    expect(forOne).toBeGreaterThan(5);
    expect(await asked(5)).toBe(forOne);
  });

  it("nest page by page", async () => {
    const { customerId } = story;
    const accountsOf = async (arguments_: string): Promise<Nested> => {
      const data = await client.query(`{ customer(id: "${customerId}") { accounts(${arguments_}) { totalCount
        pageInfo { endCursor hasNextPage } edges { node { id } } } } }`);
      return (data as { customer: { accounts: Nested } }).customer.accounts;
    };
    const first = await accountsOf("first: 2");
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
    const rest = await accountsOf(`first: 10, after: "${first.pageInfo.endCursor ?? ""}"`);
    expect(rest).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false } });
    const ids = [...first.edges, ...rest.edges].map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(5);
  });

  it("show the running period", async () => {
    const data = await client.query(`{ unbilled(customerId: "${story.customerId}") { today total period { from until }
      customer { contact { name } } commitments { penaltyIfLeftToday commitment { id } } lines { kind } } }`);
    expect(data).toMatchObject({
      unbilled: {
        today: "2020-07-15",
        period: { from: "2020-07-01", until: "2020-07-31" },
        customer: { contact: { name: "John Doe" } },
      },
    });
    expect(await client.query(`{ unbilled(customerId: "${randomUUID()}") { total } }`)).toEqual({ unbilled: null });
  });
});

describe("providers", () => {
  it("see nothing of each other", async () => {
    const other = await bench.provider("2020-07-15T12:00:00Z");
    const query = `{ customer(id: "${story.customerId}") { id } customers { totalCount } account(identifier: "12012555215") { id }
      offer(id: "${story.offerId}") { id } }`;
    expect(await other.query(query)).toEqual({
      customer: null,
      customers: { totalCount: 0 },
      account: null,
      offer: null,
    });
    expect(await other.refused("closeCustomer", { customerId: story.customerId })).toBe(
      "CUSTOMER_NOT_FOUND customerId",
    );
    expect(await other.refused("assignOffer", { accountId: story.accountId, offerId: story.offerId })).toBe(
      "ACCOUNT_NOT_FOUND accountId",
    );
    expect(
      await other.refused("openAccount", {
        customerId: story.customerId,
        identifier: "1",
        mainProductId: story.mainProductId,
      }),
    ).toBe("CUSTOMER_NOT_FOUND customerId");
  });

  it("are named by the header; without it the default one is meant", async () => {
    expect(await bench.client.query("{ provider { name isDefault } }")).toEqual({
      provider: { name: "Default", isDefault: true },
    });
    expect(await client.query("{ provider { id } }")).toEqual({ provider: { id: client.providerId } });
    for (const wrong of ["x", randomUUID()]) {
      const { errors } = await bench.client.as(wrong).ask("{ provider { id } }");
      expect(errors[0]?.extensions).toMatchObject({ code: "VALIDATION_FAILED", field: "tenure-provider" });
    }
  });
});

describe("the test clock", () => {
  it("is set once, before the first customer", async () => {
    const own = await bench.provider();
    const at = "2020-01-01T00:00:00Z";
    expect((await own.run("setTestClock", { at }, "provider { clock { now testClock } }")).provider).toEqual({
      clock: { now: "2020-01-01T00:00:00.000Z", testClock: "2020-01-01T00:00:00.000Z" },
    });
    expect(await own.refused("setTestClock", { at })).toBe("CONFLICT at");
    expect(await own.refused("advanceTestClock", { to: "2019-12-31T00:00:00Z" })).toBe("INVALID_DATE to");
    const late = await bench.provider();
    await late.run("createCustomer", { contact: { name: "x" }, currency: "USD" });
    expect(await late.refused("setTestClock", { at })).toBe("CONFLICT at");
  });

  it("advances when the walk is done; commands that come meanwhile wait for it", async () => {
    const own = await bench.provider("2020-01-01T00:00:00Z");
    const input = { idempotencyKey: randomUUID(), to: "2020-02-01T00:00:00Z" };
    const advanced = own.run("advanceTestClock", input, "provider { clock { now advancingTo } }");
    await expect
      .poll(() => own.query("{ provider { clock { advancingTo } } }"))
      .toEqual({ provider: { clock: { advancingTo: "2020-02-01T00:00:00.000Z" } } });
    let waited = true;
    const command = own
      .run("createCustomer", { contact: { name: "Late" }, currency: "USD" }, "customer { createdOn }")
      .finally(() => (waited = false));
    await delay(300);
    expect(waited).toBe(true);
    await bench.finishWalk(own.providerId ?? "");
    expect((await advanced).provider).toEqual({
      clock: { now: "2020-02-01T00:00:00.000Z", advancingTo: null },
    });
    expect((await command).customer).toEqual({ createdOn: "2020-02-01" });
    expect(await own.run("advanceTestClock", input)).toMatchObject({ repeated: true });
  });

  it("names what is parked when a walk gets stuck", async () => {
    const own = await bench.provider("2020-01-01T00:00:00Z");
    const customerId = randomUUID();
    await bench.dataSource.query("INSERT INTO parked_closes VALUES ($1, $2, 'no fee', $3, 1, true)", [
      ...[own.providerId, customerId, "2020-01-01T00:00:00.000Z"],
    ]);
    const { errors } = await own.send("advanceTestClock", { to: "2020-02-01T00:00:00Z" });
    expect(errors[0]?.extensions).toEqual({ code: "CONFLICT", field: "to", inputPath: ["input", "to"] });
    expect(errors[0]?.message).toContain(`the close of customer ${customerId} (no fee)`);
  });

  it("names what is stalled when a walk gets stuck", async () => {
    const own = await bench.provider("2020-01-01T00:00:00Z");
    const event = [`tenure.x.customer-${randomUUID()}`, "7", randomUUID(), "CustomerClosed", "no such customer"];
    await bench.dataSource.query(
      "INSERT INTO projection_stalls VALUES ('billing', $1, 1, 1, 2, 2, $2, $3, $4, $5, $6, now())",
      [own.providerId, ...event],
    );
    const { errors } = await own.send("advanceTestClock", { to: "2020-02-01T00:00:00Z" });
    await bench.dataSource.query("DELETE FROM projection_stalls WHERE provider_id = $1", [own.providerId]);
    expect(errors[0]?.extensions).toEqual({ code: "CONFLICT", field: "to", inputPath: ["input", "to"] });
    expect(errors[0]?.message).toContain("the read model billing, stalled (no such customer)");
  });

  it("is refused where it is off", async () => {
    const off = new Client((await bench.api({ testClock: false })).url);
    expect(await off.refused("setTestClock", { at: "2020-01-01T00:00:00Z" })).toBe("FORBIDDEN");
    expect(await off.refused("advanceTestClock", { to: "2030-01-01T00:00:00Z" })).toBe("FORBIDDEN");
  });
});

describe("read models that are behind", () => {
  it("make a mutation answer success that is not visible, with its position", async () => {
    await bench.pauseProjections();
    try {
      const answer = await client.runUnseen("defineCustomerClass", { name: "Unseen" }, "customerClass { name }");
      expect(answer).toMatchObject({ visible: false, repeated: false, customerClass: null });
      expect(answer.position).toMatch(/^\d+\/\d+$/);
    } finally {
      bench.resumeProjections();
    }
  });
});

describe("the front door", () => {
  /** With the whole body read: the server's close waits for every answer that is still being taken. */
  const take = async (path: string, init: RequestInit) => {
    const response = await fetch(new URL(path, bench.url), init);
    return { status: response.status, location: response.headers.get("location"), text: await response.text() };
  };
  const get = (path: string, headers: Record<string, string> = {}) =>
    take(path, { headers: { ...bearer(), ...headers }, redirect: "manual" });

  it("tells its health and its metrics", async () => {
    await expect
      .poll(async () =>
        (JSON.parse((await get("/health")).text) as { projections: { lag: string }[] }).projections.every(
          ({ lag }) => lag === "0",
        ),
      )
      .toBe(true);
    expect(JSON.parse((await get("/health")).text)).toMatchObject({
      live: true,
      ready: true,
      eventStore: { ok: true },
      database: { ok: true },
    });
    expect(JSON.parse((await get("/live")).text)).toEqual({ live: true });
    const ready = JSON.parse((await get("/ready")).text) as unknown;
    expect(ready).toEqual({ ready: true, eventStore: { ok: true }, database: { ok: true } });
    await client.query("{ mine: provider { id } customers { totalCount } }");
    await client.query("{ one: provider { id } two: provider { name } }");
    const { text: metrics } = await get("/metrics");
    expect(metrics).toMatch(/fields="several"/);
    expect(metrics).not.toMatch(/fields="[^"]*(,|mine|one|two)/);
    expect(metrics).toMatch(/tenure_commands_total\{command="openAccount",outcome="accepted"\} \d+/);
    expect(metrics).toMatch(/tenure_graphql_duration_seconds_count\{kind="query",fields="customers"\} \d+/);
    expect(metrics).toMatch(/tenure_projection_lag_bytes\{projection="billing"\} 0/);
  });

  it("shows browsers the GraphQL page, from this process alone", async () => {
    const graphql = await get("/graphql", { accept: "text/html" });
    expect([graphql.status, graphql.location]).toEqual([302, "/"]);
    const start = await get("/", { accept: "text/html" });
    expect(start.text).toContain("<title>Tenure</title>");
    expect(start.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    const { text: page } = await get("/altair/");
    expect(page).toContain("<app-root>");
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await get("/altair/styles.css")).status).toBe(200);
  });

  it("serves nobody but probes who comes under another name", async () => {
    const { port } = new URL(bench.url);
    const statusOf = (path: string) =>
      new Promise<number | undefined>((resolve) => {
        request({ port, path, headers: { host: "tenure.example", ...bearer() } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).end();
      });
    expect(await statusOf("/graphql")).toBe(403);
    const statuses = await Promise.all(["/live", "/ready", "/health", "/metrics"].map(statusOf));
    expect(statuses).toEqual([200, 200, 403, 403]);
    expect((await get("/health", { origin: "https://tenure.example" })).status).toBe(403);
    expect((await get("/health", { origin: new URL(bench.url).origin })).status).toBe(200);
  });

  it("refuses bodies over 256 KiB, batches, and mutations by GET", async () => {
    const post = (body: string) =>
      take("/graphql", { method: "POST", headers: { "content-type": "application/json", ...bearer() }, body });
    expect((await post(JSON.stringify({ query: `{ provider { id } } #${"x".repeat(270_000)}` }))).status).toBe(413);
    expect((await post(JSON.stringify([{ query: "{ provider { id } }" }]))).status).toBe(400);
    const mutation = 'mutation { createProvider(input: { idempotencyKey: "k", name: "x" }) { id } }';
    expect((await get(`/graphql?query=${encodeURIComponent(mutation)}`)).status).toBe(405);
  });

  it("bounds operations", async () => {
    const deep = `{ customers { edges { node { ${"accounts { edges { node { customer { ".repeat(4)} id ${"} } } }".repeat(4)} } } } }`;
    const { status, errors } = await client.ask(deep);
    expect([status, errors[0]?.extensions.code]).toEqual([400, "QUERY_TOO_LARGE"]);
    const pages = `query ($n: Int!) { customers(first: $n) { edges { node { accounts(first: $n) { edges { node {
      commitments(first: $n) { edges { node { id } } } } } } } } } }`;
    expect((await client.ask(pages, { n: 68 })).errors).toEqual([]);
    const refused = await client.ask(pages, { n: 69 });
    expect([refused.status, refused.data, refused.errors[0]?.extensions.code]).toEqual([400, null, "QUERY_TOO_LARGE"]);
    const { errors: unknown } = await client.ask("{ nonsense }");
    expect(unknown[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("hides what goes wrong inside, and logs it", async () => {
    await bench.dataSource.query("ALTER TABLE invoices RENAME TO invoices_away");
    try {
      const { data, errors } = await client.ask("{ invoices { totalCount } }");
      expect(data).toBeNull();
      const { code, correlationId } = errors[0]?.extensions ?? {};
      expect(code).toBe("INTERNAL");
      expect(errors[0]?.message).not.toContain("invoices");
      const line = bench.logged.find(({ fields }) => fields["correlationId"] === correlationId);
      expect(line?.fields["message"]).toContain("invoices");
    } finally {
      await bench.dataSource.query("ALTER TABLE invoices_away RENAME TO invoices");
    }
  });
});
