import { describe, expect, it } from "vitest";
import { type CommitmentAssigned } from "../commitments/events.js";
import {
  billing,
  commitment,
  endedByTermination,
  history,
  internet,
  month,
  penaltyLine,
  recurringLine,
  terms,
} from "../spec-support/history.js";
import { charges } from "./charges.js";
import { periodLines } from "./period.js";

const flags = (prorateFirst: boolean, prorateLast: boolean) => ({
  terms: terms({ recurring: [internet({ prorateFirst, prorateLast })] }),
});
const july = (changes: Partial<CommitmentAssigned["data"]>, last: string | null = null) =>
  charges(history([commitment(changes, last)]), month("2020-07"));
const full = { discount: "0.00", discountOrigin: null };
const chargedWhole = { charged: { from: "2020-07-01", until: "2020-07-31" } };

describe("without proration of the first period", () => {
  const whole = flags(false, true);

  it("it is charged and discounted whole; the line shows the days served", () => {
    expect(july({ ...whole, effectiveOn: "2020-07-17" })).toEqual([
      recurringLine({ from: "2020-07-17", ...chargedWhole }),
    ]);
  });

  it("one that began on its first day is whole anyway", () => {
    expect(july({ ...whole, effectiveOn: "2020-07-01" })).toEqual([recurringLine()]);
  });

  it("the last one is prorated, in the same month from its first day on", () => {
    const tenDays = {
      until: "2020-07-10",
      days: 10,
      fee: "6.45",
      discount: "1.61",
      net: "4.84",
      ...endedByTermination,
    };
    expect(july(whole, "2020-07-10")).toEqual([recurringLine(tenDays)]);
    expect(july({ ...whole, effectiveOn: "2020-07-05" }, "2020-07-10")).toEqual([
      recurringLine({ ...tenDays, from: "2020-07-05", charged: { from: "2020-07-01", until: "2020-07-10" } }),
    ]);
  });

  it("the days before the start are discounted too when the discount ends in that month", () => {
    expect(july({ ...whole, effectiveOn: "2020-07-13", discountEnd: "2020-07-20" })).toEqual([
      recurringLine({
        from: "2020-07-13",
        until: "2020-07-19",
        days: 19,
        fee: "12.26",
        discount: "3.06",
        net: "9.20",
        charged: { from: "2020-07-01", until: "2020-07-19" },
      }),
      recurringLine({ from: "2020-07-20", days: 12, fee: "7.74", ...full, net: "7.74" }),
    ]);
  });
});

describe("without proration of the last period", () => {
  const whole = flags(true, false);

  it("it is charged and discounted whole; the line shows the days served", () => {
    expect(july(whole, "2020-07-10")).toEqual([
      recurringLine({ until: "2020-07-10", ...chargedWhole, ...endedByTermination }),
    ]);
  });

  it("one that ends on its last day is whole anyway, and reaches no further", () => {
    expect(july(whole, "2020-07-31")).toEqual([recurringLine()]);
    expect(july(whole, "2020-06-30")).toEqual([]);
  });

  it("the first one is prorated, in the same month to its last day", () => {
    const half = { days: 15, fee: "9.68", discount: "2.42", net: "7.26" };
    expect(july({ ...whole, effectiveOn: "2020-07-17" })).toEqual([recurringLine({ from: "2020-07-17", ...half })]);
    expect(july({ ...whole, effectiveOn: "2020-07-17" }, "2020-07-20")).toEqual([
      recurringLine({
        from: "2020-07-17",
        until: "2020-07-20",
        ...half,
        charged: { from: "2020-07-17", until: "2020-07-31" },
        ...endedByTermination,
      }),
    ]);
  });

  it("a month in which nothing ends is what it is", () => {
    expect(july(whole)).toEqual([recurringLine()]);
    expect(july(whole, "2020-08-10")).toEqual([recurringLine()]);
  });

  it("a discount end among the days after the last one still ends the discount by day", () => {
    const shown = { until: "2020-07-10", ...endedByTermination };
    expect(july({ ...whole, discountEnd: "2020-07-20" }, "2020-07-10")).toEqual([
      recurringLine({
        ...shown,
        days: 19,
        fee: "12.26",
        discount: "3.06",
        net: "9.20",
        charged: { from: "2020-07-01", until: "2020-07-19" },
      }),
      recurringLine({
        ...shown,
        from: "2020-07-10",
        days: 12,
        fee: "7.74",
        ...full,
        net: "7.74",
        charged: { from: "2020-07-20", until: "2020-07-31" },
      }),
    ]);
  });

  it("the penalty claims back the discount of the whole period", () => {
    const only = { ...whole, effectiveOn: "2020-07-01" };
    expect(periodLines(billing(history([commitment(only, "2020-07-10")])), month("2020-07"))).toEqual([
      recurringLine({ until: "2020-07-10", ...chargedWhole, ...endedByTermination }),
      penaltyLine("2020-07-10", "5.00"),
    ]);
  });
});

describe("without any proration", () => {
  it("a single day costs a whole month", () => {
    expect(july({ ...flags(false, false), effectiveOn: "2020-07-17" }, "2020-07-17")).toEqual([
      recurringLine({ from: "2020-07-17", until: "2020-07-17", ...chargedWhole, ...endedByTermination }),
    ]);
  });
});
