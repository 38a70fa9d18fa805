import { describe, expect, it } from "vitest";
import { type CustomerEvent } from "../customers/events.js";
import { customer, customerCreated, suspended, unsuspended } from "../spec-support/examples.js";
import {
  billing,
  commitment,
  history,
  internet,
  month,
  oneTimeLine,
  penaltyLine,
  recurringLine,
  terms,
  tv,
} from "../spec-support/history.js";
import { charges } from "./charges.js";
import { periodLines } from "./period.js";

const owner = (...events: CustomerEvent[]) => customer(customerCreated(), ...events);
const july = (held: ReturnType<typeof commitment>, ...events: CustomerEvent[]) =>
  charges(history([held], { owner: owner(...events) }), month("2020-07"));
const fresh = { effectiveOn: "2020-07-10", discountEnd: "2022-07-10" };
/** The customer's events are "event-1", "event-2", …; the suspension is the second. */
const bounded = { causes: ["commitment-1/assigned", "event-2"] };

describe("a suspension", () => {
  it("takes away its first day, and gives back the day on which it is lifted", () => {
    expect(july(commitment(), suspended("2020-07-10"), unsuspended("2020-07-20"))).toEqual([
      recurringLine({ until: "2020-07-09", days: 9, fee: "5.81", discount: "1.45", net: "4.36", ...bounded }),
      recurringLine({ from: "2020-07-20", days: 12, fee: "7.74", discount: "1.94", net: "5.80", ...bounded }),
    ]);
  });

  it("of a whole month leaves no line, and is never billed later", () => {
    const away = owner(suspended("2020-06-20"), unsuspended("2020-08-05"));
    expect(charges(history([commitment()], { owner: away }), month("2020-07"))).toEqual([]);
    expect(charges(history([commitment()], { owner: away }), month("2020-08"))).toEqual([
      recurringLine({
        from: "2020-08-05",
        until: "2020-08-31",
        days: 27,
        ...bounded,
        fee: "17.42",
        discount: "4.35",
        net: "13.07",
      }),
    ]);
  });

  it("lifted on its own day never was", () => {
    expect(july(commitment(), suspended("2020-07-10"), unsuspended("2020-07-10"))).toEqual([recurringLine()]);
  });

  it("does not touch one-time fees and penalties", () => {
    const held = commitment({ ...fresh, terms: terms({ oneTime: [tv()] }) }, "2020-07-20");
    const away = owner(suspended("2020-07-01"));
    expect(periodLines(billing(history([held], { owner: away })), month("2020-07"))).toEqual([
      oneTimeLine("2020-07-10"),
      penaltyLine("2020-07-20", "399.99", { rowId: "one-time-1", description: "Early termination: TV set" }),
    ]);
  });

  it("never moves the discount end date", () => {
    const ending = commitment({ discountEnd: "2020-07-20" });
    expect(july(ending, suspended("2020-07-10"), unsuspended("2020-07-20"))).toEqual([
      recurringLine({ until: "2020-07-09", days: 9, fee: "5.81", discount: "1.45", net: "4.36", ...bounded }),
      recurringLine({
        from: "2020-07-20",
        days: 12,
        fee: "7.74",
        discount: "0.00",
        discountOrigin: null,
        net: "7.74",
        ...bounded,
      }),
    ]);
  });

  it("recorded for a later day takes over on that day, whatever was back-dated since", () => {
    const days = july(
      commitment(),
      suspended("2020-07-20"),
      unsuspended("2020-07-25"),
      suspended("2020-07-10"),
      unsuspended("2020-07-15"),
    );
    expect(days.map(({ from, until }) => [from, until])).toEqual([
      ["2020-07-01", "2020-07-09"],
      ["2020-07-15", "2020-07-19"],
      ["2020-07-25", "2020-07-31"],
    ]);
  });
});

describe("with proration off", () => {
  const flags = (prorateFirst: boolean, prorateLast: boolean) => ({
    terms: terms({ recurring: [internet({ prorateFirst, prorateLast })] }),
  });

  it("suspended days are taken from the days before the start", () => {
    const causes = ["commitment-1/assigned", "event-2"];
    expect(
      july(commitment({ ...fresh, ...flags(false, true) }), suspended("2020-07-03"), unsuspended("2020-07-06")),
    ).toEqual([
      recurringLine({
        from: "2020-07-10",
        until: "2020-07-10",
        days: 2,
        fee: "1.29",
        discount: "0.32",
        net: "0.97",
        charged: { from: "2020-07-01", until: "2020-07-02" },
        causes,
      }),
      recurringLine({
        from: "2020-07-10",
        days: 26,
        fee: "16.77",
        discount: "4.20",
        net: "12.57",
        charged: { from: "2020-07-06", until: "2020-07-31" },
        causes,
      }),
    ]);
  });

  it("and from the days after the termination", () => {
    const ended = commitment(flags(true, false), "2020-07-10");
    expect(july(ended, suspended("2020-07-21"))).toEqual([
      recurringLine({
        until: "2020-07-10",
        days: 20,
        fee: "12.90",
        discount: "3.23",
        net: "9.67",
        charged: { from: "2020-07-01", until: "2020-07-20" },
        causes: ["commitment-1/assigned", "event-2", "commitment-1/terminated"],
      }),
    ]);
  });

  it("a row without a served day is not charged at all", () => {
    expect(july(commitment({ ...fresh, ...flags(false, true) }), suspended("2020-07-08"))).toEqual([]);
    expect(
      july(commitment(flags(true, false), "2020-07-10"), suspended("2020-06-20"), unsuspended("2020-07-11")),
    ).toEqual([]);
  });
});
