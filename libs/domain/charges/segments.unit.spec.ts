import { describe, expect, it } from "vitest";
import { commitment, internet, month } from "../spec-support/history.js";
import { segments } from "./segments.js";

const july = { from: "2020-07-01", to: "2020-08-01" };
const cut = (discountEnd: string | null) => segments(commitment({ discountEnd }), internet(), null, month("2020-07"));

describe("segments", () => {
  it.each([
    ["no discount end", null, false],
    ["a discount end on the first day", "2020-07-01", false],
    ["a discount end on the day after the last", "2020-08-01", true],
  ])("with %s are one", (_, discountEnd, discounted) => {
    expect(cut(discountEnd)).toEqual([{ charged: july, shown: july, days: 31, discounted }]);
  });

  it("with a discount end inside are two", () => {
    const [first, second] = [
      { from: "2020-07-01", to: "2020-07-02" },
      { from: "2020-07-02", to: "2020-08-01" },
    ];
    expect(cut("2020-07-02")).toEqual([
      { charged: first, shown: first, days: 1, discounted: true },
      { charged: second, shown: second, days: 30, discounted: false },
    ]);
  });
});
