import { describe, expect, it } from "vitest";
import { type CustomerEvent } from "../customers/events.js";
import { customer, customerCreated, rateSet } from "../spec-support/examples.js";
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
import { EMPTY_LEDGER, withLines } from "./ledger.js";
import { periodLines } from "./period.js";

const owner = (...events: CustomerEvent[]) => customer(customerCreated(), ...events);
const july = (held: ReturnType<typeof commitment>, ...events: CustomerEvent[]) =>
  charges(history([held], { owner: owner(...events) }), month("2020-07"));
/** The customer's events are "event-1", "event-2", …; the rate is the second. */
const rated = { discountOrigin: "CUSTOMER_RATE", causes: ["commitment-1/assigned", "event-2"] } as const;
const tenth = { ...rated, unitDiscount: "2.00" };

describe("the customer's rate", () => {
  it("replaces the commitment's discount: the fee in full, less the rate's share of it", () => {
    expect(july(commitment(), rateSet("10", "2020-07-01"))).toEqual([
      recurringLine({ discount: "2.00", net: "18.00", ...rated }),
    ]);
    expect(july(commitment(), rateSet("33.3333", "2020-01-01"))).toEqual([
      recurringLine({ unitDiscount: "6.66666", discount: "6.67", net: "13.33", ...rated }),
    ]);
    expect(july(commitment(), rateSet("100", "2020-01-01"))).toEqual([
      recurringLine({ discount: "20.00", net: "0.00", ...rated }),
    ]);
  });

  it("counts from its day on, also in the middle of a month", () => {
    expect(july(commitment(), rateSet("10", "2020-07-11"))).toEqual([
      recurringLine({ until: "2020-07-10", days: 10, fee: "6.45", discount: "1.61", net: "4.84" }),
      recurringLine({ from: "2020-07-11", days: 21, fee: "13.55", discount: "1.35", net: "12.20", ...tenth }),
    ]);
  });

  it("of 0 overrides too: no discount, and no origin", () => {
    expect(july(commitment(), rateSet("0", "2020-07-01"))).toEqual([
      recurringLine({ ...rated, discount: "0.00", discountOrigin: null, net: "20.00" }),
    ]);
  });

  it("overrides where the commitment has no discount, or none any more", () => {
    const none = commitment({ terms: terms({ recurring: [internet({ discount: "0.00" })] }) });
    const ended = commitment({ discountEnd: "2020-07-15" });
    for (const held of [none, ended]) {
      expect(july(held, rateSet("10", "2020-07-01"))).toEqual([
        recurringLine({ discount: "2.00", net: "18.00", ...rated }),
      ]);
    }
  });

  it("once removed lets the commitment's own discount run on, for what is left of it", () => {
    expect(
      july(commitment({ discountEnd: "2020-07-26" }), rateSet("10", "2020-06-01"), rateSet(null, "2020-07-21")),
    ).toEqual([
      recurringLine({ until: "2020-07-20", days: 20, fee: "12.90", discount: "1.29", net: "11.61", ...tenth }),
      recurringLine({ from: "2020-07-21", until: "2020-07-25", days: 5, fee: "3.23", discount: "0.81", net: "2.42" }),
      recurringLine({ from: "2020-07-26", days: 6, fee: "3.87", discount: "0.00", discountOrigin: null, net: "3.87" }),
    ]);
  });

  it("set anew to the same amount splits nothing, and is named beside the one before", () => {
    expect(
      july(commitment(), rateSet("10", "2020-07-01"), rateSet(null, "2020-07-10"), rateSet("10.0", "2020-07-10")),
    ).toEqual([
      recurringLine({
        ...rated,
        discount: "2.00",
        net: "18.00",
        causes: ["commitment-1/assigned", "event-2", "event-4"],
      }),
    ]);
  });

  it("as large as the commitment's discount is another origin, but the same group for rounding", () => {
    expect(july(commitment(), rateSet("25", "2020-07-08"))).toEqual([
      recurringLine({ until: "2020-07-07", days: 7, fee: "4.52", discount: "1.13", net: "3.39" }),
      recurringLine({ from: "2020-07-08", days: 24, fee: "15.48", discount: "3.87", net: "11.61", ...rated }),
    ]);
  });

  it("for a later day takes over on that day, though it was recorded before", () => {
    const lines = july(commitment(), rateSet("50", "2020-07-20"), rateSet("10", "2020-07-10"));
    expect(lines.map(({ from, discount, causes }) => [from, discount, causes.at(-1)])).toEqual([
      ["2020-07-01", "1.45", "commitment-1/assigned"],
      ["2020-07-10", "0.65", "event-3"],
      ["2020-07-20", "3.87", "event-2"],
    ]);
  });

  it("does not touch one-time discounts, and does not enter the ledger: only those are claimed back", () => {
    const held = commitment(
      { effectiveOn: "2020-07-01", discountEnd: "2022-07-01", terms: terms({ oneTime: [tv()] }) },
      "2020-07-31",
    );
    const lines = periodLines(
      billing(history([held], { owner: owner(rateSet("10", "2020-07-01")) })),
      month("2020-07"),
    );
    expect(lines).toEqual([
      oneTimeLine("2020-07-01"),
      recurringLine({ discount: "2.00", net: "18.00", ...rated }),
      penaltyLine("2020-07-31", "399.99", { rowId: "one-time-1", description: "Early termination: TV set" }),
    ]);
    expect(withLines(EMPTY_LEDGER, lines.slice(1))).toBe(EMPTY_LEDGER);
  });
});
