import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellStory, type Story } from "#application/spec-support/story.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { doDaysWork } from "./spec-support/days-work.js";

let bench: Bench;
let client: Client;
let story: Story;
let commitmentId: string;

/** E1's offer from 2020-05-01 on; May and June are billed, and August and September are to be paused (E4). */
beforeAll(async () => {
  bench = await startBench();
  client = await bench.provider("2020-05-01T12:00:00Z");
  story = await tellStory(client);
  ({ id: commitmentId } = await client.run("assignOffer", { accountId: story.accountId, offerId: story.offerId }));
  await bench.advance(client, "2020-07-15T12:00:00Z");
  await doDaysWork(bench, client, "2020-07-15T12:00:00.000Z");
});
afterAll(() => bench.stop());

const PAUSED = { from: "2020-08-01", until: "2020-09-30" };

const TIMELINE = `{ today from until currency
  periods { from until state invoices { number kind } lines { kind net invoice { number } } net }
  suspensions { from until } rates { from until rate }
  pauses { from until status selfCare } agreements { from until by name fee discount net }
  prices { from until fee discount net discountOrigin }
  upgrades { from until thenUpgradeTo running addOnProduct { name } }
  shifts { cause from to days causeFrom causeUntil withCommitmentId }
  discountFrom discountEnd discountEndOpen given { on amount total issued }
  penalty { on amount total waived } termination { on scheduled early }
  events(language: IT) { type summary actor } }`;

interface Timeline {
  readonly periods: readonly { readonly from: string; readonly state: string; readonly net: string }[];
}

const timeline = async (): Promise<Timeline> =>
  (
    (await client.query(`query ($id: ID!) { commitment(id: $id) { timeline ${TIMELINE} } }`, { id: commitmentId })) as {
      commitment: { timeline: Timeline };
    }
  ).commitment.timeline;

const netsOf = ({ periods }: Timeline, from: string, count: number) => {
  const first = periods.findIndex((period) => period.from === from);
  return periods.slice(first, first + count).map(({ net }) => net);
};

describe("timelines", () => {
  it("of a commitment show what was billed, runs and comes", async () => {
    const { periods, ...shown } = await timeline();
    expect(shown).toEqual({
      ...{ today: "2020-07-15", from: "2020-05-01", until: "2022-05-31", currency: "USD" },
      ...{ suspensions: [], rates: [], pauses: [], upgrades: [], penalty: null, termination: null },
      agreements: [
        {
          ...{ from: "2020-05-01", until: null, by: "ASSIGNMENT", name: "Turbo 1 GB" },
          ...{ fee: "20.00", discount: "5.00", net: "15.00" },
        },
      ],
      prices: [
        {
          ...{ from: "2020-05-01", until: "2022-04-30", fee: "20.00", discount: "5.00", net: "15.00" },
          discountOrigin: "COMMITMENT",
        },
        {
          ...{ from: "2022-05-01", until: null, fee: "20.00", discount: "0.00", net: "20.00" },
          discountOrigin: null,
        },
      ],
      shifts: [
        {
          ...{ cause: "AGREED", from: null, to: "2022-05-01", days: null },
          ...{ causeFrom: null, causeUntil: null, withCommitmentId: null },
        },
      ],
      ...{ discountFrom: "2020-05-01", discountEnd: "2022-05-01", discountEndOpen: false },
      given: [
        { on: "2020-05-31", amount: "5.00", total: "5.00", issued: true },
        { on: "2020-06-30", amount: "5.00", total: "10.00", issued: true },
        { on: "2020-07-15", amount: "2.42", total: "12.42", issued: false },
      ],
      events: [
        {
          type: "CommitmentAssigned",
          summary: "L’offerta «Turbo 1 GB» è stata assegnata all’account «12012555215», dal 1 mag 2020.",
          actor: "local",
        },
      ],
    });
    const billed = (number: string) => ({
      ...{ invoices: [{ number, kind: "INVOICE" }], state: "CLOSED", net: "15.00" },
      lines: [{ kind: "RECURRING", net: "15.00", invoice: { number } }],
    });
    const coming = { invoices: [], net: "15.00", lines: [{ kind: "RECURRING", net: "15.00", invoice: null }] };
    expect(periods.slice(0, 4)).toEqual([
      { from: "2020-05-01", until: "2020-05-31", ...billed("INV-000001") },
      { from: "2020-06-01", until: "2020-06-30", ...billed("INV-000002") },
      { from: "2020-07-01", until: "2020-07-31", state: "RUNNING", ...coming },
      { from: "2020-08-01", until: "2020-08-31", state: "COMING", ...coming },
    ]);
    expect(periods).toHaveLength(25);
    expect(periods.at(-1)).toMatchObject({ from: "2022-05-01", state: "COMING", net: "20.00" });
  });

  it("of customer and account show all that they hold on one axis, and today is the API's", async () => {
    const query = `query ($customerId: ID!, $accountId: ID!) {
      customer(id: $customerId) { today timeline { ...axis } } account(id: $accountId) { timeline { ...axis } }
      provider { clock { today there: today(timeZone: "Pacific/Kiritimati") } } }
      fragment axis on CommitmentsTimeline { today from until suspensions { from until } rates { rate }
        commitments { commitment { id } account { identifier } name status from lastDay discountEnd pauses { from } } }`;
    const axis = {
      ...{ today: "2020-07-15", from: "2020-05-01", until: "2022-05-31", suspensions: [], rates: [] },
      commitments: [
        {
          ...{ commitment: { id: commitmentId }, account: { identifier: "12012555215" }, name: "Turbo 1 GB" },
          ...{ status: "ACTIVE", from: "2020-05-01", lastDay: null, discountEnd: "2022-05-01", pauses: [] },
        },
      ],
    };
    const { customerId, accountId } = story;
    expect(await client.query(query, { customerId, accountId })).toEqual({
      customer: { today: "2020-07-15", timeline: axis },
      account: { timeline: axis },
      provider: { clock: { today: "2020-07-15", there: "2020-07-16" } },
    });
    const { errors } = await client.ask(`{ provider { clock { today(timeZone: "Mars") } } }`);
    expect(errors).toMatchObject([{ extensions: { code: "VALIDATION_FAILED", field: "timeZone" } }]);
  });

  it("tell of any day what a commitment is, and what leaving on it costs, as the termination then does", async () => {
    const query = `query ($id: ID!) { commitment(id: $id) {
      before: on(day: "2020-04-30") { ...day } past: on(day: "2020-06-10") { ...day }
      today: on(day: "2020-07-15") { ...day } free: on(day: "2022-05-01") { ...day }
      leavingCost(on: "2020-07-15") { on early total lines { kind net explanation { value } } } } }
      fragment day on CommitmentDay { day status suspended currency fee discount net discountOrigin discountEndDate
        leavingCost { on early total } }`;
    const common = { suspended: false, currency: "USD", discountEndDate: "2022-05-01" };
    const active = { ...common, status: "ACTIVE", fee: "20.00" };
    const discounted = { ...active, discount: "5.00", net: "15.00", discountOrigin: "COMMITMENT" };
    const leaving = (on: string, total: string) => ({ on, early: total !== "0.00", total });
    expect(await client.query(query, { id: commitmentId })).toEqual({
      commitment: {
        before: {
          ...common,
          ...{ day: "2020-04-30", status: "PENDING", fee: null, discount: null, net: null, discountOrigin: null },
          leavingCost: null,
        },
        past: { ...discounted, day: "2020-06-10", leavingCost: leaving("2020-06-10", "6.67") },
        today: { ...discounted, day: "2020-07-15", leavingCost: leaving("2020-07-15", "12.42") },
        free: {
          ...active,
          ...{ day: "2022-05-01", discount: "0.00", net: "20.00", discountOrigin: null },
          leavingCost: leaving("2022-05-01", "0.00"),
        },
        leavingCost: {
          ...leaving("2020-07-15", "12.42"),
          lines: [{ kind: "PENALTY", net: "12.42", explanation: { value: "12.42" } }],
        },
      },
    });
    for (const [effectiveOn, total] of [
      ["2020-06-10", "6.67"],
      ["2020-07-15", "12.42"],
    ] as const) {
      const input = { commitmentId, effectiveOn, reason: "Moved away" };
      expect(await client.previewed("terminateCommitment", input, "penalty { total }")).toEqual({ penalty: { total } });
    }
  });

  it("after a command that is previewed are those that it then makes", async () => {
    const input = { commitmentId, ...PAUSED };
    const before = await timeline();
    expect(netsOf(before, "2020-07-01", 4)).toEqual(["15.00", "15.00", "15.00", "15.00"]);
    const { commitment } = (await client.previewed(
      "pauseCommitment",
      input,
      `commitment { timelineAfter ${TIMELINE} }`,
    )) as { commitment: { timelineAfter: Timeline } };
    const after = commitment.timelineAfter;
    expect(after).toMatchObject({
      pauses: [{ ...PAUSED, status: "SCHEDULED", selfCare: false }],
      discountEnd: "2022-07-01",
      shifts: [
        { cause: "AGREED", to: "2022-05-01" },
        {
          ...{ cause: "PAUSE", from: "2022-05-01", to: "2022-07-01", days: 61 },
          ...{ causeFrom: PAUSED.from, causeUntil: PAUSED.until },
        },
      ],
    });
    expect(netsOf(after, "2020-07-01", 4)).toEqual(["15.00", "0.00", "0.00", "15.00"]);
    // Nothing was recorded.
    expect(await timeline()).toEqual(before);
    await client.run("pauseCommitment", input);
    const made = {
      type: "PauseScheduled",
      summary: "È stata ordinata una pausa: 1 ago – 30 set 2020.",
      actor: "local",
    };
    const { events, ...rest } = (await timeline()) as unknown as { events: object[] };
    expect({ ...rest, events: events.slice(0, 1) }).toEqual(after);
    expect(events.slice(1)).toEqual([made]);
  });

  it("are those behind each command of a request, whatever was told behind the one before", async () => {
    const seen = `commitment { leavingCost(on: "2020-10-31") { total } timeline { pauses { from until } } }`;
    const pause = (name: string) => `${name}: pauseCommitment(input: $${name}) { ${seen} }`;
    const input = (from: string, until: string) => ({ commitmentId, from, until, idempotencyKey: `pause ${from}` });
    const variables = { a: input("2020-11-01", "2020-11-30"), b: input("2020-12-01", "2020-12-31") };
    const types = "$a: PauseCommitmentInput!, $b: PauseCommitmentInput!";
    const told = await client.query(`mutation (${types}) { ${pause("a")} ${pause("b")} }`, variables);
    const [second, third] = [
      { from: "2020-11-01", until: "2020-11-30" },
      { from: "2020-12-01", until: "2020-12-31" },
    ];
    const cost = { total: expect.any(String) as unknown };
    expect(told).toEqual({
      a: { commitment: { leavingCost: cost, timeline: { pauses: [PAUSED, second] } } },
      b: { commitment: { leavingCost: cost, timeline: { pauses: [PAUSED, second, third] } } },
    });
  });
});
