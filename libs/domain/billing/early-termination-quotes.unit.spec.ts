import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type Commitment, commitmentEvolver } from "../commitments/commitment.js";
import { type CommitmentEvent } from "../commitments/events.js";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { stateOf } from "../spec-support/given.js";
import {
  assigned,
  billing,
  history,
  internet,
  month,
  penaltyLine,
  terminated,
  terms,
  tv,
} from "../spec-support/history.js";
import { charges } from "./charges.js";
import { type CustomerHistory } from "../commitments/history.js";
import { EMPTY_LEDGER, NOTHING_BILLED, withLines } from "./ledger.js";
import { earlyTerminationQuotes, MOST_MONTHS } from "./early-termination-quote.js";
import { unbilled } from "./unbilled.js";

const commitment = (...events: readonly CommitmentEvent[]): Commitment => {
  const state = stateOf(commitmentEvolver, events);
  if (!state) throw new Error("an assigned commitment has a state");
  return state;
};
const factsOf = (known: CustomerHistory) => billing(known);

/** `[last day, total]` of each month; a free one says so. */
const costs = (held: Commitment, today: LocalDate, months = 24, known = history([held])): readonly string[][] =>
  earlyTerminationQuotes(held, factsOf(known), today, months).map(({ on, early, total }) =>
    early ? [on, total] : [on, total, "free"],
  );

const paused = (from: LocalDate, until: LocalDate | null): CommitmentEvent => ({
  type: "PauseScheduled",
  data: {
    pauseId: `from ${from}`,
    from,
    until,
    now: false,
    orderedOn: "2020-07-15",
    discountEndFloors: [],
    discountEndBefore: null,
    discountEndAfter: null,
    effectiveOn: from,
  },
});

describe("early-termination quotes, month by month", () => {
  it("is 5.00 more each month until the discount end date, and nothing from then on (E1, E2)", () => {
    expect(costs(commitment(assigned()), "2020-10-15")).toEqual([
      ["2020-10-31", "100.00"],
      ["2020-11-30", "105.00"],
      ["2020-12-31", "110.00"],
      ["2021-01-31", "115.00"],
      ["2021-02-28", "0.00", "free"],
    ]);
  });

  it("names the penalty lines, whose causes are events that were recorded", () => {
    const held = commitment(assigned());
    const [first] = earlyTerminationQuotes(held, factsOf(history([held])), "2020-10-15", 1);
    expect(first?.lines).toStrictEqual([penaltyLine("2020-10-31", "100.00", { causes: ["event-1"] })]);
  });

  it("counts what sealed invoices gave, once", () => {
    const held = commitment(assigned({ effectiveOn: "2020-08-01", discountEnd: "2022-08-01" }));
    const known = history([held]);
    const sealed = withLines(EMPTY_LEDGER, [...charges(known, month("2020-08")), ...charges(known, month("2020-09"))]);
    const facts = billing(known, { sealed, closedTo: "2020-10-01" });
    const totals = earlyTerminationQuotes(held, facts, "2020-10-15", 3).map(({ total }) => total);
    expect(totals).toEqual(["15.00", "20.00", "25.00"]);
  });

  it("gives as many months as were asked for, and never more than the most", () => {
    const held = commitment(assigned());
    expect(costs(held, "2019-03-15", 2)).toEqual([
      ["2019-03-31", "5.00"],
      ["2019-04-30", "10.00"],
    ]);
    const open = commitment(assigned(), paused("2019-04-10", null));
    expect(costs(open, "2019-03-15", MOST_MONTHS)).toHaveLength(60);
  });

  it("shrinks where what is left to pay is less than what was given (E8, E9)", () => {
    const router = internet({ description: "Router", fees: { MONTHLY: "12.00" }, discount: "2.00" });
    const device = tv({ description: "Device", fee: "50.00", discount: "49.99" });
    const held = commitment(
      assigned({
        terms: terms({
          penalty: "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES",
          recurring: [router],
          oneTime: [device],
        }),
        effectiveOn: "2020-01-01",
        discountEnd: "2022-01-01",
      }),
    );
    const all = costs(held, "2020-10-10");
    expect(all[0]).toEqual(["2020-10-31", "69.99"]);
    expect(all.slice(-7)).toEqual([
      ["2021-06-30", "60.00"],
      ["2021-07-31", "50.00"],
      ["2021-08-31", "40.00"],
      ["2021-09-30", "30.00"],
      ["2021-10-31", "20.00"],
      ["2021-11-30", "10.00"],
      ["2021-12-31", "0.00", "free"],
    ]);
  });

  it("stands still while paused, and goes on for as long as the pause moved the end (E4)", () => {
    const held = commitment(
      assigned({ effectiveOn: "2020-06-01", discountEnd: "2020-10-31" }),
      paused("2020-08-01", "2020-09-30"),
    );
    expect(costs(held, "2020-07-15")).toEqual([
      ["2020-07-31", "10.00"],
      ["2020-08-31", "10.00"],
      ["2020-09-30", "10.00"],
      ["2020-10-31", "15.00"],
      ["2020-11-30", "20.00"],
      ["2020-12-31", "0.00", "free"],
    ]);
  });

  it("is one free month where there is no discount period, or it is over", () => {
    expect(costs(commitment(assigned({ discountEnd: null })), "2020-10-15")).toEqual([["2020-10-31", "0.00", "free"]]);
    expect(costs(commitment(assigned()), "2021-06-15")).toEqual([["2021-06-30", "0.00", "free"]]);
  });

  it("goes on past a free month to the term that a planned upgrade begins", () => {
    const then = { terms: terms({ recurring: [internet({ rowId: "recurring-2" })] }), from: "2020-08-01" };
    const held = commitment(assigned({ discountEnd: null, effectiveOn: "2020-07-01" }), {
      type: "TimeLimitedUpgradeOrdered",
      data: {
        upgradeId: "upgrade-1",
        rowId: "recurring-1",
        addOnProductId: "add-on-2",
        until: "2020-07-31",
        then: { ...then, discountEnd: "2020-10-01" },
        effectiveOn: "2020-07-15",
      },
    });
    expect(costs(held, "2020-07-15")).toEqual([
      ["2020-07-31", "0.00", "free"],
      ["2020-08-31", "5.00"],
      ["2020-09-30", "0.00", "free"],
    ]);
  });

  it("begins with the month of the start for what has not started", () => {
    const held = commitment(assigned({ effectiveOn: "2020-12-10", discountEnd: "2021-02-10" }));
    expect(costs(held, "2020-07-15")).toEqual([
      ["2020-12-31", "3.55"],
      ["2021-01-31", "8.55"],
      ["2021-02-28", "0.00", "free"],
    ]);
  });

  it("takes no notice of a scheduled termination, which another one would replace", () => {
    const scheduled = commitment(assigned(), terminated("2020-11-10"));
    expect(costs(scheduled, "2020-10-15")).toEqual(costs(commitment(assigned()), "2020-10-15"));
    expect(costs(scheduled, "2020-11-10")[0]).toEqual(["2020-11-30", "105.00"]);
  });

  it("is nothing for what was annulled, on its first day or before it too", () => {
    const annulled = commitment(assigned({ effectiveOn: "2020-08-10" }), {
      type: "CommitmentAnnulled",
      data: { orderedOn: "2020-08-05", effectiveOn: "2020-08-10", personal: { reason: "Changed my mind" } },
    });
    for (const today of ["2020-08-05", "2020-08-10", "2020-08-11"]) {
      expect(costs(annulled, today)).toEqual([]);
      const billing = { history: history([annulled]), ...NOTHING_BILLED };
      expect(unbilled(billing, `${today}T12:00:00.000Z`).commitments).toEqual([]);
    }
  });

  it("is nothing for what has ended, or is going to with its account or customer", () => {
    expect(costs(commitment(assigned(), terminated("2020-10-14")), "2020-10-15")).toEqual([]);
    const held = commitment(assigned());
    const accounts = [account(accountOpened(), accountClosed("2020-10-15"))];
    expect(costs(held, "2020-10-15", 24, history([held], { accounts }))).toEqual([]);
    const owner = customer(customerCreated(), customerClosed("2020-10-15"));
    expect(costs(held, "2020-10-15", 24, history([held], { owner }))).toEqual([]);
  });
});
