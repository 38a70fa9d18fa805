import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { big, format, sum } from "#domain/money.js";
import { tellStory } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { callersOf } from "./spec-support/callers.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

const COUNTS = ["parkedCloses", "parkedDeliveries", "overdueInvoices", "endingSoon", "movedPeriods", "pauseRequests"];
const LISTS = `
  parkedCloses { totalCount } parkedDeliveries: deliveries(filter: { status: PARKED }) { totalCount }
  overdueInvoices: invoices(filter: { state: OVERDUE }) { totalCount }
  endingSoon: commitments(filter: { endFrom: $from, endUntil: $until }) { totalCount }
  movedPeriods: closedPeriods(moved: true) { totalCount } pauseRequests { totalCount }`;

/** The counts, which have to be those of the lists behind them. */
const counts = async (client: Client): Promise<Record<string, unknown>> => {
  const { workList } = (await client.query(
    `{ workList { endingFrom endingUntil ${COUNTS.map((name) => `${name} { count isCapped }`).join(" ")} } }`,
  )) as {
    workList: Record<string, { count: number; isCapped: boolean }> & { endingFrom: string; endingUntil: string };
  };
  const { endingFrom: from, endingUntil: until } = workList;
  const lists = (await client.query(`query ($from: LocalDate, $until: LocalDate) { ${LISTS} }`, {
    from,
    until,
  })) as Record<string, { totalCount: number }>;
  const listed = COUNTS.map((name) => {
    const { totalCount = 0 } = lists[name] ?? {};
    return [name, { count: Math.min(totalCount, 99), isCapped: totalCount > 99 }] as const;
  });
  expect(workList).toEqual({ endingFrom: from, endingUntil: until, ...Object.fromEntries(listed) });
  const shown = COUNTS.map((name) => [name, workList[name]?.count] as const);
  return Object.fromEntries(shown.filter(([, count]) => count !== 0));
};

describe("the work list", () => {
  it("counts what its lists show: nothing, then each of them", async () => {
    const client = await bench.provider("2020-07-15T12:00:00Z");
    expect(await counts(client)).toEqual({});
    const { customerId, accountId, offerId, mainProductId } = await tellStory(client);
    const assign = async (on = accountId) => (await client.run("assignOffer", { accountId: on, offerId })).id;
    const [ends, leaves, both, later] = [await assign(), await assign(), await assign(), await assign()];
    const discountEnd = (commitmentId: string, date: string) =>
      client.run("setDiscountEnd", { commitmentId, discountEnd: { kind: "MANUAL", date }, reason: "r" });
    await discountEnd(ends, "2020-08-14");
    await client.run("terminateCommitment", { commitmentId: leaves, effectiveOn: "2020-07-15" });
    await discountEnd(both, "2020-08-10");
    await client.run("terminateCommitment", { commitmentId: both, effectiveOn: "2020-08-14" });
    await discountEnd(later, "2020-08-15");
    expect(await counts(client)).toEqual({ endingSoon: 3 });
    const endingWithin = async (filter: object) => {
      const found = (await client.query(
        `query ($filter: CommitmentFilter) { commitments(filter: $filter) { edges { node { id } } } }`,
        { filter },
      )) as { commitments: { edges: { node: { id: string } }[] } };
      return found.commitments.edges.map(({ node }) => node.id);
    };
    expect(await endingWithin({ endFrom: "2020-08-11", endUntil: "2020-08-14" })).toEqual([ends, both]);
    expect(await endingWithin({ endUntil: "2020-08-10" })).toEqual([leaves, both]);
    expect(await endingWithin({ endFrom: "2020-08-15" })).toEqual([later]);

    // The day begins earlier where the second customer is: its request lapses first.
    const far = (
      await client.run("createCustomer", {
        ...{ contact: { name: "Far" }, currency: "USD", timeZone: "Pacific/Kiritimati" },
      })
    ).id;
    const farAccount = (await client.run("openAccount", { customerId: far, identifier: "far", mainProductId })).id;
    const farther = await assign(farAccount);
    for (const commitmentId of [later, farther]) {
      await client.run("requestPause", { commitmentId, from: "2020-07-20", until: "2020-08-20" });
    }
    const requests = async () =>
      (
        (await client.query(
          "{ pauseRequests { edges { node { from until requestedOn commitment { id } customer { id } } } } }",
        )) as { pauseRequests: { edges: { node: object }[] } }
      ).pauseRequests.edges.map(({ node }) => node);
    const near = {
      ...{ from: "2020-07-20", until: "2020-08-20", requestedOn: "2020-07-15" },
      ...{ commitment: { id: later }, customer: { id: customerId } },
    };
    expect(await requests()).toHaveLength(2);
    expect(await counts(client)).toMatchObject({ pauseRequests: 2 });
    await bench.advance(client, "2020-07-19T12:00:00Z");
    expect(await requests()).toEqual([near]);
    expect(await counts(client)).toMatchObject({ pauseRequests: 1 });

    await bench.dataSource.query(
      "INSERT INTO parked_closes SELECT $1, $2, 'It failed', '2020-07-19T00:00:00.000Z', 3, true",
      [client.providerId, customerId],
    );
    const shown = await client.query("{ parkedCloses { edges { node { reason since attempts customer { id } } } } }");
    expect(shown).toEqual({
      parkedCloses: {
        edges: [
          {
            node: {
              ...{ reason: "It failed", since: "2020-07-19T00:00:00.000Z", attempts: 3 },
              customer: { id: customerId },
            },
          },
        ],
      },
    });
    expect(await counts(client)).toMatchObject({ parkedCloses: 1 });
    await bench.dataSource.query("DELETE FROM parked_closes WHERE provider_id = $1", [client.providerId]);

    await bench.advance(client, "2020-09-20T12:00:00Z");
    await doDaysWork(bench, client, "2020-09-20T12:00:00Z");
    const late = { commitmentId: later, from: "2020-08-05", until: "2020-08-09", reason: "Called" };
    await client.run("pauseCommitment", late);
    expect(await counts(client)).toMatchObject({ overdueInvoices: 4, movedPeriods: 1 });
    await addsUp(client, {});
    await addsUp(client, { customerId });
    await addsUp(client, { state: "OVERDUE" });
    await addsUp(client, { issuedFrom: "2020-09-01" });
    const self = callersOf(client, far)("self-care");
    expect(await self.query("{ invoiceSums { invoices } }")).toEqual({ invoiceSums: [{ invoices: 2 }] });
    await addsUp(self, {});
  });

  it("is of the provider's staff, and tells how read models stand", async () => {
    const client = await bench.provider();
    const { customerId } = await tellStory(client);
    const as = callersOf(client, customerId);
    for (const role of ["self-care", "partner"] as const) {
      for (const query of [
        "{ workList { endingFrom } }",
        "{ readModels { name } }",
        "{ pauseRequests { totalCount } }",
      ]) {
        const { errors } = await as(role).ask(query);
        expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
      }
    }
    const { readModels } = (await as("support").query("{ readModels { name version status lag } }")) as {
      readModels: { name: string; version: number; status: string; lag: string }[];
    };
    const names = readModels.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toContain("customers");
    for (const { status, lag } of readModels) expect([status, /^\d+$/.test(lag)]).toEqual(["LIVE", true]);
    const { errors } = await as("admin").ask("{ readModels { error } }");
    expect(errors[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

interface Listed {
  readonly currency: string;
  readonly state: string;
  readonly total: string;
  readonly openAmount: string;
}

/** The sums of a filter are those of what the list shows. */
const addsUp = async (client: Client, filter: object): Promise<void> => {
  const { invoices, invoiceSums } = (await client.query(
    `query ($filter: InvoiceFilter) {
      invoices(first: 200, filter: $filter) { edges { node { currency state total openAmount } } }
      invoiceSums(filter: $filter) { currency state invoices total open } }`,
    { filter },
  )) as { invoices: { edges: { node: Listed }[] }; invoiceSums: object[] };
  const groups = new Map<string, Listed[]>();
  for (const { node } of invoices.edges) {
    const key = `${node.currency} ${node.state}`;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const expected = [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, listed]) => {
      const [currency = "", state = ""] = key.split(" ");
      const added = (of: (each: Listed) => string) => format(sum(listed.map((each) => big(of(each)))), currency);
      return {
        currency,
        state,
        invoices: listed.length,
        total: added((i) => i.total),
        open: added((i) => i.openAmount),
      };
    });
  expect(expected).not.toEqual([]);
  expect(invoiceSums).toEqual(expected);
};
