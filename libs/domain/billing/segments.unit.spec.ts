import { describe, expect, it } from "vitest";
import { heldTermsOn } from "../commitments/terms.js";
import { big } from "../money.js";
import { customer } from "../spec-support/examples.js";
import { commitment, internet, month } from "../spec-support/history.js";
import { segments } from "./segments.js";

const july = { from: "2020-07-01", to: "2020-08-01" };
const [holder] = commitment().holders;
const cut = (discountEnd: string | null) => {
  const held = commitment({ discountEnd });
  const served = { commitment: held, held: heldTermsOn(held, "2020-07-01"), row: internet(), fee: "20.00" };
  return segments({ ...served, lastDay: null, customer: customer() }, month("2020-07"));
};
const discounted = { discount: big("5.00"), discountOrigin: "COMMITMENT", causes: ["commitment-1/assigned"] };
const whole = { discount: big("0"), discountOrigin: null, causes: [] };

describe("segments", () => {
  it.each([
    ["no discount end", null, whole],
    ["a discount end on the first day", "2020-07-01", whole],
    ["a discount end on the day after the last", "2020-08-01", discounted],
  ])("with %s are one", (_, discountEnd, charge) => {
    expect(cut(discountEnd)).toEqual([{ holder, charged: july, shown: july, days: 31, ...charge }]);
  });

  it("with a discount end inside are two", () => {
    const [first, second] = [
      { from: "2020-07-01", to: "2020-07-02" },
      { from: "2020-07-02", to: "2020-08-01" },
    ];
    expect(cut("2020-07-02")).toEqual([
      { holder, charged: first, shown: first, days: 1, ...discounted },
      { holder, charged: second, shown: second, days: 30, ...whole },
    ]);
  });
});
