import { describe, expect, it } from "vitest";
import { addDays, type LocalDate } from "../calendar.js";
import { type Commitment, commitmentEvolver } from "../commitments/commitment.js";
import { type CommitmentEvent } from "../commitments/events.js";
import { customer, customerCreated } from "../spec-support/examples.js";
import { stateOf } from "../spec-support/given.js";
import { assigned, billing, history, recurringLine, terminated, terms } from "../spec-support/history.js";
import { charges } from "./charges.js";
import { commitmentTimeline, type IssuedLine } from "./commitment-timeline.js";
import { type CustomerHistory } from "../commitments/history.js";
import { EMPTY_LEDGER, ledgerOf, periodsFrom } from "./ledger.js";

const commitment = (...events: readonly CommitmentEvent[]): Commitment => {
  const state = stateOf(commitmentEvolver, events);
  if (!state) throw new Error("an assigned commitment has a state");
  return state;
};

/** What was billed until a day, closed and numbered. */
const billedUntil = (known: CustomerHistory, closedTo: LocalDate) => {
  const [held] = known.commitments;
  const periods = periodsFrom(known, held?.start ?? closedTo, closedTo);
  const lines = periods.flatMap((period) =>
    charges(known, period).map((line): IssuedLine & { readonly from: LocalDate } => ({
      ...line,
      belongsTo: line.from,
    })),
  );
  const sealed = ledgerOf(periods.flatMap((period) => charges(known, period)));
  return { billed: billing(known, { closedTo, sealed }), issued: { issued: lines, ledger: sealed } };
};

const paused = (from: LocalDate, until: LocalDate): CommitmentEvent => ({
  type: "PauseScheduled",
  data: {
    ...{ pauseId: `from ${from}`, from, until, now: false, orderedOn: "2020-07-15" },
    ...{ discountEndFloors: [], discountEndBefore: null, discountEndAfter: null, effectiveOn: from },
  },
});

describe("the timeline of a commitment", () => {
  it("shows E4 whole: what was issued, runs and comes, and the arc of the pause", () => {
    const start = "2020-05-01";
    const owner = customer(customerCreated(), {
      type: "SubscriptionDiscountRateSet",
      data: { rate: "10", effectiveOn: "2020-12-01" },
    });
    const held = commitment(
      assigned({ terms: terms({ discountPeriods: 6 }), discountEnd: "2020-11-01", effectiveOn: start }),
      paused("2020-08-01", "2020-09-30"),
    );
    const known = history([held], { owner });
    const { billed, issued } = billedUntil(known, "2020-07-01");
    const { periods, ...timeline } = commitmentTimeline(held, billed, issued, "2020-07-15");

    expect(timeline).toEqual({
      commitmentId: "commitment-1",
      today: "2020-07-15",
      from: start,
      until: "2021-01-31",
      currency: "USD",
      suspensions: [],
      rates: [{ from: "2020-12-01", until: "2021-01-31", rate: "10", eventIds: ["event-2"] }],
      pauses: [
        { from: "2020-08-01", until: "2020-09-30", status: "SCHEDULED", selfCare: false, eventIds: ["event-2"] },
      ],
      agreements: [
        {
          by: "ASSIGNMENT",
          ...{ from: start, until: null, name: "Turbo 24", fee: "20.00", discount: "5.00", net: "15.00" },
          eventIds: ["event-1"],
        },
      ],
      // The rate takes the discount's place, and outlasts it.
      prices: [
        {
          ...{ from: start, until: "2020-11-30", fee: "20.00", discount: "5.00", net: "15.00" },
          discountOrigin: "COMMITMENT",
        },
        {
          ...{ from: "2020-12-01", until: null, fee: "20.00", discount: "2.00", net: "18.00" },
          discountOrigin: "CUSTOMER_RATE",
        },
      ],
      upgrades: [],
      shifts: [
        {
          cause: "AGREED",
          ...{ from: null, to: "2020-11-01", days: null, pause: null, synchronisedWith: null },
          eventIds: ["event-1"],
        },
        {
          cause: "PAUSE",
          ...{ from: "2020-11-01", to: "2021-01-01", days: 61, synchronisedWith: null },
          pause: { from: "2020-08-01", until: "2020-09-30" },
          eventIds: ["event-2"],
        },
      ],
      discountFrom: start,
      discountEnd: "2021-01-01",
      discountEndOpen: false,
      given: [
        { on: "2020-05-31", amount: "5.00", total: "5.00", issued: true },
        { on: "2020-06-30", amount: "5.00", total: "10.00", issued: true },
        { on: "2020-07-15", amount: "2.42", total: "12.42", issued: false },
      ],
      penalty: null,
      termination: null,
    });
    expect(
      periods.map(({ from, until, state, issued: old, foreseen, net }) => [
        ...[from, until, state, net],
        ...[old.length, foreseen.length],
      ]),
    ).toEqual([
      ["2020-05-01", "2020-05-31", "CLOSED", "15.00", 1, 0],
      ["2020-06-01", "2020-06-30", "CLOSED", "15.00", 1, 0],
      ["2020-07-01", "2020-07-31", "RUNNING", "15.00", 0, 1],
      ["2020-08-01", "2020-08-31", "COMING", "0.00", 0, 0],
      ["2020-09-01", "2020-09-30", "COMING", "0.00", 0, 0],
      ["2020-10-01", "2020-10-31", "COMING", "15.00", 0, 1],
      ["2020-11-01", "2020-11-30", "COMING", "15.00", 0, 1],
      // The customer's rate replaces the commitment's discount: 10 % of 20.00.
      ["2020-12-01", "2020-12-31", "COMING", "18.00", 0, 1],
      ["2021-01-01", "2021-01-31", "COMING", "18.00", 0, 1],
    ]);
    expect(periods[2]?.foreseen).toEqual([recurringLine({ causes: ["event-1"] })]);
  });

  it("ends with its termination, and shows the penalty, claimed or waived", () => {
    const ended = (penaltyWaived: boolean) => {
      const held = commitment(assigned(), terminated("2020-10-31", { penaltyWaived }));
      const { billed, issued } = billedUntil(history([held]), "2020-10-01");
      return commitmentTimeline(held, billed, issued, "2020-10-15");
    };
    const termination = { on: "2020-10-31", scheduled: true, early: true, eventIds: ["event-2"] };
    expect([ended(false), ended(true)].map((each) => [each.until, each.termination, each.penalty])).toEqual([
      ["2020-10-31", termination, { on: "2020-10-31", amount: "100.00", total: "100.00", waived: false }],
      ["2020-10-31", termination, { on: "2020-10-31", amount: "100.00", total: "0.00", waived: true }],
    ]);
  });

  it("tells how dates that were set follow each other, with the pauses that moved each while it counted", () => {
    const set = (discountEnd: LocalDate, effectiveOn: LocalDate, synchronisedWith: string | null): CommitmentEvent => ({
      type: "DiscountEndSet",
      data: {
        ...{ kind: synchronisedWith === null ? "MANUAL" : "SYNCHRONISED", discountEnd, effectiveOn, synchronisedWith },
        counted: [{ pauseId: "from 2019-05-01", days: 31 }],
        ...{ discountEndBefore: null, discountEndAfter: null },
      },
    });
    const held = commitment(
      assigned(),
      paused("2019-05-01", "2019-05-31"),
      set("2021-06-01", "2019-08-10", null),
      set("2021-08-01", "2019-09-10", "another"),
      paused("2020-08-01", "2020-08-31"),
    );
    const { shifts, discountEnd } = commitmentTimeline(
      held,
      billing(history([held])),
      { issued: [], ledger: EMPTY_LEDGER },
      "2020-07-15",
    );
    expect(
      shifts.map(({ cause, from, to, days, synchronisedWith }) => [cause, from, to, days, synchronisedWith]),
    ).toEqual([
      ["AGREED", null, "2021-03-01", null, null],
      ["PAUSE", "2021-03-01", "2021-04-01", 31, null],
      ["MANUAL", "2021-04-01", "2021-06-01", 61, null],
      ["SYNCHRONISED", "2021-06-01", "2021-08-01", 61, "another"],
      ["PAUSE", "2021-08-01", "2021-09-01", 31, null],
    ]);
    expect(discountEnd).toBe("2021-09-01");
  });

  it("of twenty years is one answer: each period once, its lines, and the steps of what was given", () => {
    const held = commitment(assigned({ effectiveOn: "2000-01-01", discountEnd: "2020-03-01" }));
    const { billed, issued } = billedUntil(history([held]), "2020-01-01");
    const { periods, given, until } = commitmentTimeline(held, billed, issued, "2020-01-15");
    expect(until).toBe("2020-03-31");
    expect(periods.map(({ state }) => state).join()).toBe(
      [...Array.from({ length: 240 }, () => "CLOSED"), "RUNNING", "COMING", "COMING"].join(),
    );
    expect(periods.slice(1).every(({ from }, index) => from === addDays(periods[index]?.until ?? "", 1))).toBe(true);
    expect(periods.every(({ issued: old, foreseen }) => old.length + foreseen.length === 1)).toBe(true);
    expect(given).toHaveLength(241);
    expect(given.slice(-2)).toEqual([
      { on: "2019-12-31", amount: "5.00", total: "1200.00", issued: true },
      { on: "2020-01-15", amount: "2.42", total: "1202.42", issued: false },
    ]);
  });
});
