import supertest from "supertest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, client } from "../support/graphql.js";
import { AUTHORIZATION } from "../support/operator-token.js";
import { type Stack, startStack } from "../support/stack.js";

/** The README's tour, step by step, against the application as `npm start` runs it, embedded engines included. */
describe("from sign-up to invoice, through the front door", () => {
  let stack: Stack;
  let http: ReturnType<typeof supertest>;
  let graphql: Client;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    stack = await startStack();
    http = supertest(new URL(stack.url).origin);
    ids["provider"] = (await client(stack.url).mutate("createProvider", { name: "Northern Telecom" })).id;
    graphql = client(stack.url, ids["provider"]);
  });

  afterAll(() => stack.stop());

  const post = (query: string, variables: object = {}) =>
    http
      .post("/graphql")
      .set(AUTHORIZATION)
      .set("tenure-provider", ids["provider"] ?? "")
      .send({ query, variables });

  it("is alive, ready and measured", async () => {
    expect((await http.get("/health").expect(200)).body).toEqual({ live: true, ready: true });
    const health = await http.get("/health").set(AUTHORIZATION).expect(200);
    expect(health.body).toMatchObject({ live: true, ready: true, eventStore: { ok: true }, database: { ok: true } });
    const metrics = await http.get("/metrics").set(AUTHORIZATION).expect(200);
    expect(metrics.text).toContain("tenure_commands_total");
  });

  it("shows people a page that needs nothing from elsewhere", async () => {
    const page = await http.get("/graphql").set("accept", "text/html").redirects(2).expect(200);
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it("defines an offer", async () => {
    await graphql.mutate("setTestClock", { at: "2019-03-01T12:00:00.000Z" });
    ids["plan"] = (
      await graphql.mutate("definePlan", {
        name: "Turbo 1 GB",
        currency: "USD",
        recurringFees: [{ period: "MONTHLY", amount: "20.00" }],
        minimumPeriods: 24,
      })
    ).id;
    ids["addOn"] = (
      await graphql.mutate("defineAddOnProduct", { name: "Turbo 1 GB", service: "Internet", quota: "1 GB" })
    ).id;
    ids["main"] = (
      await graphql.mutate("defineMainProduct", { name: "Smart call", addOnProductIds: [ids["addOn"]] })
    ).id;
    const { offer } = await graphql.mutate<{ offer: unknown }>(
      "defineOffer",
      {
        idempotencyKey: "the-offer",
        name: "Turbo 1GB",
        currency: "USD",
        discountPeriods: 24,
        recurringFees: [{ planId: ids["plan"], addOnProductId: ids["addOn"], discount: "5.00" }],
      },
      "offer { id name status currency }",
    );
    expect(offer).toMatchObject({ name: "Turbo 1GB", status: "ON_SALE", currency: "USD" });
    ids["offer"] = (offer as { id: string }).id;
  });

  it("signs a customer up, and what it answers can be read back at once", async () => {
    ids["customer"] = (await graphql.mutate("createCustomer", { currency: "USD", contact: { name: "John Doe" } })).id;
    ids["account"] = (
      await graphql.mutate("openAccount", {
        customerId: ids["customer"],
        identifier: "12012555215",
        mainProductId: ids["main"],
      })
    ).id;
    const assigned = await graphql.mutate<{ id: string; visible: boolean; commitment: unknown }>(
      "assignOffer",
      { accountId: ids["account"], offerId: ids["offer"] },
      "id visible commitment { status start discountEndDate discountsGiven }",
    );
    expect(assigned).toMatchObject({
      visible: true,
      commitment: { status: "ACTIVE", start: "2019-03-01", discountEndDate: "2021-03-01", discountsGiven: "0.00" },
    });
    ids["commitment"] = assigned.id;
    const { account } = await graphql.request<{ account: unknown }>(
      `{ account(identifier: "12012555215") { id customer { contact { name } } } }`,
    );
    expect(account).toEqual({ id: ids["account"], customer: { contact: { name: "John Doe" } } });
  });

  it("moves the test clock, terminates, and reads why the invoice is 115.00", async () => {
    await graphql.mutate("advanceTestClock", { to: "2020-10-31T12:00:00.000Z" });
    const terminated = await graphql.mutate<object>(
      "terminateCommitment",
      { commitmentId: ids["commitment"] },
      "penaltyPreview { total currency lines { kind net } }",
    );
    expect(terminated).toEqual({
      penaltyPreview: { total: "100.00", currency: "USD", lines: [{ kind: "PENALTY", net: "100.00" }] },
    });
    await graphql.mutate("advanceTestClock", { to: "2020-11-01T12:00:00.000Z" });
    const { invoices } = await graphql.request<{ invoices: { totalCount: number; edges: { node: object }[] } }>(
      `{ invoices(first: 1, sort: { by: ISSUED, direction: DESC }) { totalCount edges { node {
           number issuedOn dueOn total state lines { edges { node { kind from until days fee discount discountOrigin net } } }
       } } } }`,
    );
    expect(invoices.totalCount).toBe(20);
    expect(invoices.edges).toEqual([
      {
        node: {
          number: "INV-000020",
          issuedOn: "2020-11-01",
          dueOn: "2020-11-15",
          total: "115.00",
          state: "UNPAID",
          lines: {
            edges: [
              {
                node: {
                  kind: "RECURRING",
                  from: "2020-10-01",
                  until: "2020-10-31",
                  days: 31,
                  fee: "20.00",
                  discount: "5.00",
                  discountOrigin: "COMMITMENT",
                  net: "15.00",
                },
              },
              {
                node: {
                  kind: "PENALTY",
                  from: "2020-10-31",
                  until: "2020-10-31",
                  days: 1,
                  fee: "100.00",
                  discount: "0.00",
                  discountOrigin: null,
                  net: "100.00",
                },
              },
            ],
          },
        },
      },
    ]);
  });

  it("answers a repeated command with its first result, and refuses a reused key", async () => {
    const define = (name: string) =>
      post(`mutation ($input: DefineMainProductInput!) { defineMainProduct(input: $input) { id repeated } }`, {
        input: { idempotencyKey: "one-main-product", name, addOnProductIds: [] },
      });
    const first = await define("Solo").expect(200);
    const second = await define("Solo").expect(200);
    const third = await define("Duo").expect(200);
    const answer = (body: unknown) => (body as { data: { defineMainProduct: object } }).data.defineMainProduct;
    expect(answer(first.body)).toMatchObject({ repeated: false });
    expect(answer(second.body)).toEqual({ ...answer(first.body), repeated: true });
    expect(third.body).toMatchObject({
      errors: [{ extensions: { code: "IDEMPOTENCY_KEY_REUSED", field: "idempotencyKey" } }],
    });
  });

  it("refuses with a sentence and a code before anything is written", async () => {
    const refused = await post(
      `mutation ($input: TerminateCommitmentInput!) { terminateCommitment(input: $input) { id } }`,
      { input: { idempotencyKey: "again", commitmentId: ids["commitment"] } },
    );
    expect(refused.body).toMatchObject({
      errors: [
        {
          message: "The commitment was terminated on 2020-10-31.",
          extensions: { code: "ALREADY_TERMINATED", field: "commitmentId" },
        },
      ],
    });
  });

  it("keeps providers apart", async () => {
    const other = (await client(stack.url).mutate("createProvider", { name: "Southern Telecom" })).id;
    const { customer, invoices } = await client(stack.url, other).request<{ customer: unknown; invoices: object }>(
      `query ($id: ID!) { customer(id: $id) { id } invoices { totalCount } }`,
      { id: ids["customer"] },
    );
    expect(customer).toBeNull();
    expect(invoices).toEqual({ totalCount: 0 });
  });

  it("loses nothing when its worker is killed and comes back", async () => {
    await stack.killWorker();
    await graphql.mutate("advanceTestClock", { to: "2020-12-01T12:00:00.000Z" });
    const { invoices } = await graphql.request<{ invoices: object }>(`{ invoices { totalCount } }`);
    // November had nothing to invoice any more.
    expect(invoices).toEqual({ totalCount: 20 });
  });
});
