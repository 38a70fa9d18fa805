import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { type Page } from "./spec-support/relay.js";

let bench: Bench;
let client: Client;
let tariffId: string;
const NOW = "2026-11-28T12:00:00.000Z";
const rate = (prefix: string, changes: object = {}) => ({
  ...{ prefix, effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01" },
  ...{ firstInterval: 30, nextInterval: 6, ...changes },
});
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider(NOW);
  ({ id: tariffId } = await client.run("defineTariff", { name: "Calls", currency: "USD" }));
  const rates = [
    rate("1", { description: "USA", country: "US" }),
    rate("1", { effectiveFrom: "2027-01-01T01:00:00+01:00", priceFirst: "0.12" }),
    rate("1900", { forbidden: true, hidden: true }),
    rate("120", { discontinued: true }),
    rate(""),
  ];
  await client.run("changeRates", { tariffId, rates });
});
afterAll(() => bench.stop());

interface Rates {
  readonly rates: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly prefix: string; readonly effectiveFrom: string } }[];
  };
}
const rates = async (filter: object | null, id = tariffId) => {
  const data = await client.query(
    `query ($id: ID!, $filter: RateFilter) { rates(tariffId: $id, first: 50, filter: $filter) {
       totalCount edges { node { prefix effectiveFrom } } } }`,
    { id, filter },
  );
  const { totalCount, edges } = (data as Rates).rates;
  expect(totalCount).toBe(edges.length);
  return edges.map(({ node: { prefix, effectiveFrom } }) => `${prefix} ${effectiveFrom.slice(0, 4)}`);
};

const tested = async (number: string | null, at: string | null, seconds: number) => {
  const data = await client.query(
    `query ($id: ID!, $number: String, $at: Instant, $seconds: Int!) {
       testRate(tariffId: $id, number: $number, at: $at, seconds: $seconds) {
         state reason seconds chargedSeconds amount currency rate { prefix effectiveUntil } passedOver { prefix }
         steps { what unit value } } }`,
    { id: tariffId, number, at, seconds },
  );
  return (data as { testRate: unknown }).testRate;
};

describe("rates of a tariff", () => {
  it("are the same forward and backward, in pages", async () => {
    const page = async (paging: string) => {
      const data = await client.query(
        `query ($id: ID!) { rates(tariffId: $id, ${paging}) {
           edges { cursor node { prefix } } pageInfo { hasNextPage hasPreviousPage } } }`,
        { id: tariffId },
      );
      const { edges, pageInfo } = (data as { rates: Pick<Page, "edges" | "pageInfo"> }).rates;
      return { prefixes: edges.map(({ node }) => node["prefix"]), edges, pageInfo };
    };
    const first = await page("first: 2");
    expect(first.prefixes).toEqual(["", "1"]);
    expect(first.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false });
    const second = await page(`first: 5, after: "${first.edges[1]?.cursor ?? ""}"`);
    expect(second.prefixes).toEqual(["120", "1900"]);
    expect(second.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    expect((await page("last: 2")).edges).toEqual(second.edges);
    expect((await page(`last: 5, before: "${second.edges[0]?.cursor ?? ""}"`)).edges).toEqual(first.edges);
  });

  it("are listed by when they hold, by prefix, country and flags", async () => {
    expect(await rates(null)).toEqual([" 2020", "1 2020", "120 2020", "1900 2020"]);
    expect(await rates({ prefix: "1" })).toEqual(["1 2020", "120 2020", "1900 2020"]);
    expect(await rates({ country: "US" })).toEqual(["1 2020"]);
    expect(await rates({ forbidden: true })).toEqual(["1900 2020"]);
    expect(await rates({ hidden: false, discontinued: false })).toEqual([" 2020", "1 2020"]);
    const later = "2027-06-01T00:00:00Z";
    expect(await rates({ prefix: "1", effective: { at: later, mode: "AT" } })).toEqual([
      "1 2027",
      "120 2020",
      "1900 2020",
    ]);
    expect(await rates({ country: "US", effective: { at: later, mode: "AT_AND_BEFORE" } })).toEqual(["1 2020"]);
    expect(
      await rates({ prefix: "1", discontinued: false, forbidden: false, effective: { mode: "AT_AND_AFTER" } }),
    ).toEqual(["1 2020", "1 2027"]);
    expect(await rates({ effective: { at: "2019-12-31T23:59:59.999Z" } })).toEqual([]);
  });

  it("are tested with their steps", async () => {
    expect(await tested("+12065551202", null, 4)).toEqual({
      state: "RATED",
      reason: null,
      seconds: 4,
      chargedSeconds: 30,
      amount: "0.04000",
      currency: "USD",
      rate: { prefix: "1", effectiveUntil: "2027-01-01T00:00:00.000Z" },
      passedOver: [{ prefix: "120" }],
      steps: [
        { what: "CALL_SECONDS", unit: "SECONDS", value: "4" },
        { what: "FIRST_SECONDS", unit: "SECONDS", value: "30" },
        { what: "PRICE_FIRST", unit: "PER_MINUTE", value: "0.06" },
        { what: "FIRST_COST", unit: "MONEY", value: "0.03" },
        { what: "NEXT_SECONDS", unit: "SECONDS", value: "0" },
        { what: "PRICE_NEXT", unit: "PER_MINUTE", value: "0.06" },
        { what: "NEXT_COST", unit: "MONEY", value: "0" },
        { what: "CONNECT_FEE", unit: "MONEY", value: "0.01" },
        { what: "EXACT", unit: "MONEY", value: "0.04" },
        { what: "AMOUNT", unit: "MONEY", value: "0.04000" },
      ],
    });
    expect(await tested("12065551202", "2027-01-01T00:00:00Z", 4)).toMatchObject({ amount: "0.07000" });
    expect(await tested("1900555", null, 4)).toMatchObject({ state: "UNRATED", reason: "FORBIDDEN", amount: null });
    expect(await tested(null, null, 31)).toMatchObject({ rate: { prefix: "" }, amount: "0.04600" });
  });

  it("are judged before an import: each mistake by its line and column, with what it says by name", async () => {
    const data = await client.query(
      `query ($file: RateFileInput!) { rateImport(file: $file) {
         mistakes { line column code message facts } changes { line } } }`,
      { file: { tariffId, csv: "prefix,priceFirst,priceNext\n44,6 ct,0.06\n+44,0.000001,0.06\n49,0.06" } },
    );
    const code = "VALIDATION_FAILED";
    expect(data).toEqual({
      rateImport: {
        changes: [],
        mistakes: [
          {
            ...{ line: 2, column: "priceFirst", code },
            message: 'priceFirst "6 ct" is not an amount such as 0.06.',
            facts: { case: "CELL_NO_AMOUNT", text: "6 ct" },
          },
          {
            ...{ line: 3, column: "prefix", code },
            message: 'The prefix "+44" has other characters than digits.',
            facts: { case: "DIGITS_ONLY" },
          },
          {
            ...{ line: 3, column: "priceFirst", code: "INVALID_AMOUNT" },
            message: "0.000001 is finer than a rate allows: 5 decimal places.",
            facts: { case: "PRICE_TOO_FINE", decimals: "5" },
          },
          {
            ...{ line: 4, column: null, code },
            message: "It has 2 cells where the line of names has 3.",
            facts: { case: "CELLS_UNLIKE_NAMES", cells: "2", names: "3" },
          },
        ],
      },
    });
  });

  it("are copied with a clone, which goes its own way from then on", async () => {
    const { id } = await client.run("cloneTariff", { tariffId, name: "Copy" });
    const all = { effective: { at: "2019-01-01T00:00:00Z", mode: "AT_AND_AFTER" } };
    const before = await rates(all);
    expect(await rates(all, id)).toEqual(before);
    await client.run("removeRates", { tariffId: id, rates: [{ prefix: "1", effectiveFrom: "2027-01-01T00:00:00Z" }] });
    expect(await rates(all, id)).toEqual(before.filter((name) => name !== "1 2027"));
    expect(await rates(all)).toEqual(before);
    const shown = await client.query(`query ($id: ID!) { tariff(id: $id) { name clonedFrom { name } } }`, { id });
    expect(shown).toEqual({ tariff: { name: "Copy", clonedFrom: { name: "Calls" } } });
    expect(await client.refused("removeRates", { tariffId: id, rates: [{ prefix: "77", effectiveFrom: NOW }] })).toBe(
      "VALIDATION_FAILED rates",
    );
  });

  it("have a history, with that of their tariff", async () => {
    const data = await client.query(
      `query ($id: ID!) { tariff(id: $id) { history(first: 5, language: IT) { edges { node { type summary } } } } }`,
      { id: tariffId },
    );
    const edges = [
      { node: { type: "RatesChanged", summary: "Sono state aggiunte tariffe: 5." } },
      { node: { type: "TariffDefined", summary: "Il listino «Calls» è stato inserito nel catalogo." } },
    ];
    expect(data).toEqual({ tariff: { history: { edges } } });
  });

  it("are another provider's as little as its tariffs are", async () => {
    const other = await bench.provider(NOW);
    const data = await other.query(
      `query ($id: ID!) { tariff(id: $id) { id } rates(tariffId: $id) { totalCount }
         testRate(tariffId: $id, number: "1", seconds: 4) { state } tariffs { totalCount } }`,
      { id: tariffId },
    );
    expect(data).toEqual({ tariff: null, rates: { totalCount: 0 }, testRate: null, tariffs: { totalCount: 0 } });
    expect(await other.refused("changeRates", { tariffId, rates: [rate("1")] })).toBe("VALIDATION_FAILED tariffId");
  });
});

describe("a service policy", () => {
  it("is defined, revised and listed", async () => {
    const { id } = await client.run("defineServicePolicy", {
      name: "P",
      trustedNetworks: ["127.0.0.31", "PBX.example"],
    });
    await client.run("reviseServicePolicy", { servicePolicyId: id, redirectAction: "REJECT" });
    const data = await client.query(
      "{ servicePolicies { edges { node { name service redirectAction trustedNetworks history { totalCount } } } } }",
    );
    const trustedNetworks = ["127.0.0.31", "pbx.example"];
    const history = { totalCount: 2 };
    expect(data).toEqual({
      servicePolicies: {
        edges: [{ node: { name: "P", service: "VOICE", redirectAction: "REJECT", trustedNetworks, history } }],
      },
    });
  });
});

describe("calls of an account", () => {
  it("are served by the add-on product that gives them, else by the main product, the account's own values first", async () => {
    const { id: servicePolicyId } = await client.run("defineServicePolicy", { name: "Own", redirectAction: "REJECT" });
    const voice = { incomingTariffId: tariffId, maxCalls: 2, sipContact: { host: "127.0.0.21" } };
    const { id: mainProductId } = await client.run("defineMainProduct", { name: "Line", voice });
    const { id: customerId } = await client.run("createCustomer", { contact: { name: "Jo" }, currency: "USD" });
    const { id: accountId } = await client.run("openAccount", { customerId, identifier: "12065551200", mainProductId });
    const shown = async (on: string | null = null) => {
      const data = await client.query(
        `query ($id: ID!, $on: LocalDate) { account(id: $id) { voice(on: $on) { on state mainProduct { name } addOnProduct { name }
           service { servicePolicy { name } sipContact { host port transport } maxCalls maxSeconds
                     incomingTariff { name } outgoingTariff { name } language }
           origins { servicePolicy maxCalls maxSeconds incomingTariff } } } }`,
        { id: accountId, on },
      );
      return (data as { account: { voice: object } }).account.voice;
    };
    const service = {
      servicePolicy: null as object | null,
      sipContact: { host: "127.0.0.21", port: 5060, transport: "UDP" },
      maxCalls: 2,
      maxSeconds: 14_400,
      incomingTariff: { name: "Calls" },
      outgoingTariff: null,
      language: "EN",
    };
    const origins = { servicePolicy: "DEFAULT", maxCalls: "PRODUCT", maxSeconds: "DEFAULT", incomingTariff: "PRODUCT" };
    const today = { on: NOW.slice(0, 10), state: "IN_SERVICE", mainProduct: { name: "Line" }, addOnProduct: null };
    expect(await shown()).toEqual({ ...today, service, origins });
    await client.run("configureAccountVoice", { accountId, servicePolicyId, maxCalls: 5 });
    expect(await shown()).toEqual({
      ...today,
      service: { ...service, maxCalls: 5, servicePolicy: { name: "Own" } },
      origins: { ...origins, maxCalls: "ACCOUNT", servicePolicy: "ACCOUNT" },
    });
    expect(await shown("2020-01-01")).toMatchObject({ state: "CLOSED" });
    await client.run("suspendCustomer", { customerId, reason: "x" });
    expect(await shown()).toMatchObject({ state: "SUSPENDED" });
    await client.run("reviseMainProduct", { mainProductId, voice: null });
    expect(await shown()).toMatchObject({ state: "NOT_GIVEN", service: { maxCalls: 5, incomingTariff: null } });
    const { id: euros } = await client.run("defineTariff", { name: "Euros", currency: "EUR" });
    expect(await client.refused("configureAccountVoice", { accountId, outgoingTariffId: euros })).toBe(
      "CURRENCY_MISMATCH outgoingTariffId",
    );
  });
});
