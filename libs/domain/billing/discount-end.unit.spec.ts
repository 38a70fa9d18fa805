import { describe, expect, it } from "vitest";
import {
  commitment,
  endedByTermination,
  history,
  internet,
  month,
  recurringLine,
  terms,
} from "../spec-support/history.js";
import { charges } from "./charges.js";

const held = (...args: Parameters<typeof commitment>) => history([commitment(...args)]);
const full = { discount: "0.00", discountOrigin: null };

describe("a discount end inside a month", () => {
  it("splits it in two; the fee is rounded once and allocated (7 and 12 days of 31: 4.52 + 7.74)", () => {
    expect(charges(held({ effectiveOn: "2020-07-13", discountEnd: "2020-07-20" }), month("2020-07"))).toEqual([
      recurringLine({ from: "2020-07-13", until: "2020-07-19", days: 7, fee: "4.52", discount: "1.13", net: "3.39" }),
      recurringLine({ from: "2020-07-20", days: 12, fee: "7.74", ...full, net: "7.74" }),
    ]);
  });

  it("gives the cent left to the larger remainder, here the later part", () => {
    expect(charges(held({ discountEnd: "2020-07-13" }), month("2020-07"))).toEqual([
      recurringLine({ until: "2020-07-12", days: 12, fee: "7.74", discount: "1.94", net: "5.80" }),
      recurringLine({ from: "2020-07-13", days: 19, fee: "12.26", ...full, net: "12.26" }),
    ]);
  });

  it("gives it to the earlier of equal remainders", () => {
    const odd = terms({ recurring: [internet({ fees: { MONTHLY: "20.01" } })] });
    expect(charges(held({ terms: odd, discountEnd: "2020-06-16" }), month("2020-06"))).toEqual([
      recurringLine({
        from: "2020-06-01",
        until: "2020-06-15",
        days: 15,
        periodDays: 30,
        unitFee: "20.01",
        fee: "10.01",
        discount: "2.50",
        net: "7.51",
      }),
      recurringLine({
        from: "2020-06-16",
        until: "2020-06-30",
        days: 15,
        periodDays: 30,
        unitFee: "20.01",
        fee: "10.00",
        ...full,
        net: "10.00",
      }),
    ]);
  });

  it("is the first day without: one before the last day, one day is left", () => {
    expect(charges(held({ discountEnd: "2020-07-31" }), month("2020-07"))).toEqual([
      recurringLine({ until: "2020-07-30", days: 30, fee: "19.35", discount: "4.84", net: "14.51" }),
      recurringLine({ from: "2020-07-31", days: 1, fee: "0.65", ...full, net: "0.65" }),
    ]);
  });

  it.each([
    ["its first day: no day is discounted", "2020-07-01", { ...full, net: "20.00" }],
    ["the day after its last: every day is", "2020-08-01", {}],
  ])("on %s", (_, discountEnd, changes) => {
    expect(charges(held({ discountEnd }), month("2020-07"))).toEqual([recurringLine(changes)]);
  });

  it("splits nothing where the row has no discount: before and after are the same", () => {
    const rows = terms({ recurring: [internet({ discount: "0.00" })] });
    expect(charges(held({ terms: rows, discountEnd: "2020-07-20" }), month("2020-07"))).toEqual([
      recurringLine({ ...full, net: "20.00" }),
    ]);
  });

  it("splits each row by itself", () => {
    const rows = terms({ recurring: [internet({ discount: "0.00" }), internet({ rowId: "recurring-2" })] });
    const lines = charges(held({ terms: rows, discountEnd: "2020-07-20" }), month("2020-07"));
    expect(lines.map(({ rowId, days }) => [rowId, days])).toEqual([
      ["recurring-1", 31],
      ["recurring-2", 19],
      ["recurring-2", 12],
    ]);
  });

  it("splits nothing after a termination", () => {
    expect(charges(held({ discountEnd: "2020-07-20" }, "2020-07-19"), month("2020-07"))).toEqual([
      recurringLine({
        until: "2020-07-19",
        days: 19,
        fee: "12.26",
        discount: "3.06",
        net: "9.20",
        ...endedByTermination,
      }),
    ]);
    expect(charges(held({ discountEnd: "2020-07-20" }, "2020-07-20"), month("2020-07"))).toEqual([
      recurringLine({ until: "2020-07-19", days: 19, fee: "12.26", discount: "3.06", net: "9.20" }),
      recurringLine({
        from: "2020-07-20",
        until: "2020-07-20",
        days: 1,
        fee: "0.64",
        ...full,
        net: "0.64",
        ...endedByTermination,
      }),
    ]);
  });

  it("a day after the start leaves one discounted day", () => {
    expect(charges(held({ effectiveOn: "2020-07-30", discountEnd: "2020-07-31" }), month("2020-07"))).toEqual([
      recurringLine({ from: "2020-07-30", until: "2020-07-30", days: 1, fee: "0.65", discount: "0.16", net: "0.49" }),
      recurringLine({ from: "2020-07-31", days: 1, fee: "0.64", ...full, net: "0.64" }),
    ]);
  });

  it("cuts a discount at the fee that its part was allocated; what is cut off goes nowhere", () => {
    const whole = terms({ recurring: [internet({ fees: { MONTHLY: "1.00" }, discount: "1.00" })] });
    const february = { from: "2021-02-25", until: "2021-02-25", periodDays: 28, unitFee: "1.00" };
    expect(
      charges(held({ terms: whole, effectiveOn: "2021-02-25", discountEnd: "2021-02-26" }), month("2021-02")),
    ).toEqual([
      recurringLine({ ...february, days: 1, unitDiscount: "1.00", fee: "0.03", discount: "0.03", net: "0.00" }),
      recurringLine({
        ...february,
        from: "2021-02-26",
        until: "2021-02-28",
        days: 3,
        fee: "0.11",
        ...full,
        net: "0.11",
        unitFee: "1.00",
      }),
    ]);
  });
});
