import { describe, expect, it } from "vitest";
import { endOf, withHolder } from "../commitments/history.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type CustomerEvent } from "../customers/events.js";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerClosed,
  customerCreated,
  rateSet,
  suspended,
} from "../spec-support/examples.js";
import {
  assigned,
  billing,
  history,
  internet,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { after, factsOf, pause, terminate, type Told, transfer, upgradeUntil } from "../spec-support/story.js";
import { charges } from "./charges.js";
import { comparedBy } from "./compared-by.js";
import { earlyTerminationQuotes } from "./early-termination-quote.js";
import { type Line } from "./line.js";
import { periodLines } from "./period.js";
import { unbilled } from "./unbilled.js";

const giver = (...events: CustomerEvent[]) => customer(customerCreated(), ...events);
/** On anniversary 10. */
const receiver = (...events: CustomerEvent[]) =>
  customer(
    customerCreated({ customerId: "customer-2", billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 10 }),
    ...events,
  );
const theirs = account(accountOpened({ accountId: "account-2", customerId: "customer-2" }));
const toReceiver = transfer({ account: theirs, customer: receiver() });
const factsOfReceiver = factsOf({ owner: receiver(), accounts: [theirs] });

/** 20.00 with 5.00 off from 2021-01-01 for 24 months. */
const start = assigned({ effectiveOn: "2021-01-01", discountEnd: "2023-01-01" });
/** Decided as the giver's until the transfer, then as the receiver's. */
const moved = (steps: Told, later: Told = [], from = start) => {
  const before = steps.map(([on, step]) => [on, step] as const);
  const facts = (count: number) => (count < before.length ? factsOf() : factsOfReceiver);
  const all: Told = [...before, ...later].map(([on, step], index) => [
    on,
    (state, _facts, now, id) => step(state, facts(index), now, id),
  ]);
  return after(from, all);
};
const held = moved([["2021-03-05", toReceiver]]);

const views = (commitment: typeof held, { a = giver(), b = receiver(), accounts = [account(), theirs] } = {}) => ({
  giver: history([commitment], { owner: a, accounts, others: [b] }),
  receiver: history([commitment], { owner: b, accounts, others: [a] }),
});
const anniversary = (date: string) => billingPeriodOf(receiver(), date);
const shown = (lines: readonly Line[]) =>
  lines.map(({ kind, accountId, from, until, days, periodDays, fee, discount, net }) =>
    [kind, accountId, from, until, days, periodDays, fee, discount, net].join(" "),
  );

describe("a transfer to another customer", () => {
  it("charges each its own days, by its own type", () => {
    const { giver: a, receiver: b } = views(held);
    expect(charges(a, month("2021-03"))).toEqual([
      recurringLine({
        from: "2021-03-01",
        until: "2021-03-04",
        days: 4,
        fee: "2.58",
        discount: "0.65",
        net: "1.93",
        causes: ["event-1", "event-2"],
      }),
    ]);
    expect(charges(b, anniversary("2021-03-05"))).toEqual([
      recurringLine({
        accountId: "account-2",
        from: "2021-03-05",
        until: "2021-03-09",
        days: 5,
        periodDays: 28,
        fee: "3.57",
        discount: "0.89",
        net: "2.68",
        causes: ["event-1", "event-2"],
      }),
    ]);
    expect(charges(a, month("2021-04"))).toEqual([]);
    expect(charges(b, anniversary("2021-02-09"))).toEqual([]);
    expect(shown(charges(b, anniversary("2021-03-10")))).toEqual([
      "RECURRING account-2 2021-03-10 2021-04-09 31 31 20.00 5.00 15.00",
    ]);
  });

  it("charges the fee to the receiver, and one-time fees to the customer of their day", () => {
    const fees = terms({ transferFee: "9.50", oneTime: [tv()] });
    const priced = assigned({ terms: fees, effectiveOn: "2021-01-01", discountEnd: "2023-01-01" });
    const { giver: a, receiver: b } = views(moved([["2021-03-05", toReceiver]], [], priced));
    expect(charges(a, month("2021-01"))[0]).toEqual(oneTimeLine("2021-01-01", { causes: ["event-1"] }));
    expect(charges(b, anniversary("2021-03-05"))[0]).toEqual(
      penaltyLine("2021-03-05", "9.50", {
        kind: "TRANSFER_FEE",
        accountId: "account-2",
        rowId: "transfer-fee-1",
        description: "Transfer fee: Turbo 24",
        causes: ["event-1", "event-2"],
      }),
    );
    const onStart = views(moved([["2021-01-01", toReceiver]], [], priced));
    expect(charges(onStart.giver, month("2021-01"))).toEqual([]);
    expect(shown(charges(onStart.receiver, anniversary("2021-01-01")))).toEqual([
      "TRANSFER_FEE account-2 2021-01-01 2021-01-01 1  9.50 0.00 9.50",
      "ONE_TIME account-2 2021-01-01 2021-01-01 1  400.00 399.99 0.01",
      "RECURRING account-2 2021-01-01 2021-01-09 9 31 5.81 1.45 4.36",
    ]);
  });

  it("charges each by its own rate and suspension", () => {
    const { giver: a, receiver: b } = views(held, {
      a: giver(rateSet("10", "2021-03-01"), suspended("2021-03-06")),
      b: receiver(suspended("2021-03-08")),
    });
    expect(shown(charges(a, month("2021-03")))).toEqual([
      "RECURRING account-1 2021-03-01 2021-03-04 4 31 2.58 0.26 2.32",
    ]);
    expect(shown(charges(b, anniversary("2021-03-05")))).toEqual([
      "RECURRING account-2 2021-03-05 2021-03-07 3 28 2.14 0.54 1.60",
    ]);
  });

  it("in the middle of a pause lets it run on, and moves the discount end date as before", () => {
    const paused = moved(
      [
        ["2021-03-01", pause({ until: "2021-03-20" })],
        ["2021-03-05", toReceiver],
      ],
      [["2021-04-01", terminate()]],
    );
    const { giver: a, receiver: b } = views(paused);
    expect(shown(charges(a, month("2021-03")))).toEqual([
      "RECURRING account-1 2021-03-01 2021-03-01 1 31 0.65 0.16 0.49",
    ]);
    expect(charges(b, anniversary("2021-03-05"))).toEqual([]);
    expect(shown(charges(b, anniversary("2021-03-10")))).toEqual([
      "RECURRING account-2 2021-03-21 2021-04-01 12 31 7.74 1.94 5.80",
    ]);
    expect(paused.settings.map(({ end }) => end)).toEqual(["2023-01-01"]);
  });

  it("takes a time-limited upgrade along, which splits nothing", () => {
    const upgraded = moved([
      ["2021-03-01", upgradeUntil("2021-03-20")],
      ["2021-03-05", toReceiver],
    ]);
    expect(upgraded.upgrades.map(({ until }) => until)).toEqual(["2021-03-20"]);
    expect(shown(charges(views(upgraded).receiver, anniversary("2021-03-10")))).toEqual([
      "RECURRING account-2 2021-03-10 2021-04-09 31 31 20.00 5.00 15.00",
    ]);
  });

  it("and back gives the giver two runs of days in one group", () => {
    const back = moved(
      [["2021-03-05", toReceiver]],
      [["2021-03-25", transfer({ account: account(), customer: giver() })]],
    );
    const { giver: a, receiver: b } = views(back);
    // 11 of 31 days: 7.10 and 1.77, allocated over 4 and 7 days.
    expect(shown(charges(a, month("2021-03")))).toEqual([
      "RECURRING account-1 2021-03-01 2021-03-04 4 31 2.58 0.64 1.94",
      "RECURRING account-1 2021-03-25 2021-03-31 7 31 4.52 1.13 3.39",
    ]);
    expect(shown(charges(b, anniversary("2021-03-10")))).toEqual([
      "RECURRING account-2 2021-03-10 2021-03-24 15 31 9.68 2.42 7.26",
    ]);
  });

  it("always prorates: the flags are about the commitment's own first and last day", () => {
    const whole = terms({ recurring: [internet({ prorateFirst: false, prorateLast: false })] });
    const flagged = assigned({ terms: whole, effectiveOn: "2021-03-03", discountEnd: "2023-03-03" });
    const { giver: a, receiver: b } = views(
      moved([["2021-03-05", toReceiver]], [["2021-03-07", terminate()]], flagged),
    );
    expect(charges(a, month("2021-03"))).toMatchObject([
      { from: "2021-03-03", until: "2021-03-04", days: 4, charged: { from: "2021-03-01", until: "2021-03-04" } },
    ]);
    expect(charges(b, anniversary("2021-03-05"))).toMatchObject([
      { from: "2021-03-05", until: "2021-03-07", days: 5, charged: { from: "2021-03-05", until: "2021-03-09" } },
    ]);
  });
});

describe("a transfer within a customer", () => {
  const within = after(start, [["2021-03-08", transfer()]]);
  const accounts = [account(), account(accountOpened({ accountId: "account-2" }))];
  const view = history([within], { accounts });

  it("splits lines, whose total is allocated as one", () => {
    expect(charges(view, month("2021-03"))).toEqual([
      recurringLine({
        from: "2021-03-01",
        until: "2021-03-07",
        days: 7,
        fee: "4.52",
        discount: "1.13",
        net: "3.39",
        causes: ["event-1", "event-2"],
      }),
      recurringLine({
        accountId: "account-2",
        from: "2021-03-08",
        until: "2021-03-31",
        days: 24,
        fee: "15.48",
        discount: "3.87",
        net: "11.61",
        causes: ["event-1", "event-2"],
      }),
    ]);
  });

  it("leaves nothing for the closing of the account that gave it", () => {
    const closed = (first: string, second: string | null = null) =>
      history([within], {
        accounts: [
          account(accountOpened(), accountClosed(first)),
          account(accountOpened({ accountId: "account-2" }), ...(second === null ? [] : [accountClosed(second)])),
        ],
      });
    expect(endOf(within, closed("2021-03-20"))).toBeNull();
    // A closing dated back to the last day that it held.
    expect(endOf(within, closed("2021-03-07"))).toBeNull();
    expect(endOf(within, closed("2021-03-06"))?.on).toBe("2021-03-06");
    expect(endOf(within, closed("2021-03-20", "2021-03-22"))?.on).toBe("2021-03-22");
    // A closing that raced with the transfer: the account could not hold it on any day.
    expect(endOf(within, closed("2021-03-20", "2021-03-01"))?.on).toBe("2021-03-07");
  });
});

describe("the penalty after a transfer", () => {
  const left = moved([["2021-03-05", toReceiver]], [["2021-03-08", terminate()]]);
  const penalty = (net: string) =>
    penaltyLine("2021-03-08", net, { accountId: "account-2", causes: ["event-1", "event-2", "event-3"] });
  const lines = (view: ReturnType<typeof history>, on: string) =>
    periodLines(billing(view), billingPeriodOf(view.customer, on)).filter(({ kind }) => kind === "PENALTY");

  it("is owed by the last holder, for what every holder was given", () => {
    const { giver: a, receiver: b } = views(left);
    // 5.00 + 5.00 + 0.65 of the giver's, whose March is open, and 0.71.
    expect(lines(b, "2021-03-08")).toEqual([penalty("11.36")]);
    expect(lines(a, "2021-03-08")).toEqual([]);
  });

  it("follows what is recorded of the giver later", () => {
    const { receiver: b } = views(left, { a: giver(suspended("2021-03-03")) });
    expect(lines(b, "2021-03-08")).toEqual([penalty("11.03")]);
  });

  it("does not claim what was given on a void invoice of the giver", () => {
    const { receiver: b } = views(left);
    const others = new Map([...b.others].map(([id, other]) => [id, { ...other, voided: new Set(["2021-02-01"]) }]));
    expect(lines({ ...b, others }, "2021-03-08")).toEqual([penalty("6.36")]);
  });

  it("does not claim what is void of the giver, nor its own twice, where the giver comes from a preview", () => {
    const others = { closedTo: null, voided: new Set(["2021-02-01"]), feesGone: new Set<string>() };
    const { giver: a, receiver: b } = views(left);
    const view = { ...b, others: new Map() };
    expect(lines(withHolder(view, { ...others, history: a }), "2021-03-08")).toEqual([penalty("6.36")]);
  });

  it("does not claim a one-time fee that is void with a later invoice of the giver", () => {
    const router = { rowId: "one-time-1", description: "Router", service: "Internet", fee: "50.00", discount: "40.00" };
    const from = assigned({
      terms: terms({ oneTime: [router] }),
      effectiveOn: "2021-01-01",
      discountEnd: "2023-01-01",
    });
    const ended = moved([["2021-03-05", toReceiver]], [["2021-03-08", terminate()]], from);
    const { receiver: b } = views(ended);
    const netsOf = (view: typeof b) => lines(view, "2021-03-08").map(({ rowId, net }) => [rowId, net]);
    expect(netsOf(b)).toEqual([
      ["one-time-1", "40.00"],
      ["recurring-1", "11.36"],
    ]);
    const fee = comparedBy({
      ...{ kind: "ONE_TIME", commitmentId: "commitment-1", accountId: "account-1", rowId: "one-time-1" },
      from: "2021-01-01",
    });
    const others = new Map([...b.others].map(([id, other]) => [id, { ...other, feesGone: new Set([fee]) }]));
    expect(netsOf({ ...b, others })).toEqual([["recurring-1", "11.36"]]);
  });

  it("counts a day of the giver's closing where it still held the commitment", () => {
    const closed = views(held, { a: giver(customerClosed("2021-03-03")) });
    expect(lines(closed.giver, "2021-03-03").map(({ net, from }) => [net, from])).toEqual([["10.48", "2021-03-03"]]);
    expect(lines(closed.receiver, "2021-03-03")).toEqual([]);
    expect(charges(closed.receiver, anniversary("2021-03-05"))).toEqual([]);
  });

  it("compares with the remaining fees of the last holder", () => {
    const capped = terms({
      penalty: "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES",
      recurring: [internet({ fees: { MONTHLY: "20.00", MONTHLY_ANNIVERSARY: "16.00" } })],
    });
    const short = assigned({ terms: capped, effectiveOn: "2021-01-01", discountEnd: "2021-03-19" });
    const ended = moved([["2021-03-05", toReceiver]], [["2021-03-09", terminate()]], short);
    // 9 of 31 days from 03-10 on: 4.65 - 1.45.
    expect(lines(views(ended).receiver, "2021-03-09").map(({ net }) => net)).toEqual(["3.20"]);
  });

  it("is quoted to the receiver alone", () => {
    const { giver: a, receiver: b } = views(held);
    const now = "2021-03-08T12:00:00.000Z";
    const quoted = unbilled(billing(b), now).commitments;
    expect(quoted).toEqual([{ commitmentId: "commitment-1", discountAccrued: "0.71", penaltyIfLeftToday: "11.36" }]);
    expect(unbilled(billing(a), now).commitments).toEqual([]);
    const months = earlyTerminationQuotes(held, billing(b), "2021-03-08", 2);
    // At the end of March 5.00 + 5.00 + 0.65 + 0.89 + 22 of 31 days of 5.00, at that of April 5.00 and 21 of 30 days.
    expect(months.map(({ on, total }) => [on, total])).toEqual([
      ["2021-03-31", "15.09"],
      ["2021-04-30", "20.04"],
    ]);
  });
});
