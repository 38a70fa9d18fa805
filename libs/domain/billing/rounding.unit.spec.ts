import { describe, expect, it } from "vitest";
import { type ClassTerms, type CustomerClassEvent } from "../catalog/events.js";
import { type CustomerEvent } from "../customers/events.js";
import { type RoundingMode } from "../money.js";
import { classDefined, customer, customerClass, customerCreated } from "../spec-support/examples.js";
import { commitment, history, internet, month, recurringLine, terms } from "../spec-support/history.js";
import { charges } from "./charges.js";
import { classTermsOf } from "./class-terms.js";

/** 15 of 30 days: 2.5 and 1.5 cents. */
const cents = {
  effectiveOn: "2020-06-16",
  terms: terms({ recurring: [internet({ fees: { MONTHLY: "0.05" }, discount: "0.03" })] }),
};
const inClass = (customerClassId: string | null, effectiveOn: string): CustomerEvent => ({
  type: "CustomerClassSet",
  data: { customerClassId, effectiveOn },
});
const revised = (rounding: RoundingMode, effectiveOn: string): CustomerClassEvent => ({
  type: "CustomerClassRevised",
  data: { name: "Residential", graceDays: 14, rounding, effectiveOn },
});
const june = (classes: CustomerClassEvent[], ...events: CustomerEvent[]) => {
  const owner = customer(customerCreated(), ...events);
  return history([commitment(cents)], { owner, classes: classes.length > 0 ? [customerClass(...classes)] : [] });
};

describe("the class of the customer says how lines are rounded", () => {
  it.each<[RoundingMode, string, string, string]>([
    ["HALF_UP", "0.03", "0.02", "0.01"],
    ["HALF_EVEN", "0.02", "0.02", "0.00"],
    ["UP", "0.03", "0.02", "0.01"],
  ])("%s", (rounding, fee, discount, net) => {
    const unit = { unitFee: "0.05", unitDiscount: "0.03" };
    expect(charges(june([classDefined({ rounding })], inClass("class-1", "2019-01-01")), month("2020-06"))).toEqual([
      recurringLine({ from: "2020-06-16", until: "2020-06-30", days: 15, periodDays: 30, ...unit, fee, discount, net }),
    ]);
  });

  it("UP rounds away from zero what HALF_UP rounds down: 15/31 of 16.00 is 7.75", () => {
    const held = commitment({
      effectiveOn: "2020-07-17",
      terms: terms({ recurring: [internet({ fees: { MONTHLY: "16.00" }, discount: "0.01" })] }),
    });
    const owner = customer(customerCreated({ customerClassId: "class-1" }));
    const line = { from: "2020-07-17", days: 15, unitFee: "16.00", unitDiscount: "0.01" };
    const rounded = (rounding: RoundingMode) =>
      charges(history([held], { owner, classes: [customerClass(classDefined({ rounding }))] }), month("2020-07"));
    expect(rounded("UP")).toEqual([recurringLine({ ...line, fee: "7.75", discount: "0.01", net: "7.74" })]);
    expect(rounded("HALF_EVEN")).toEqual([recurringLine({ ...line, fee: "7.74", discount: "0.00", net: "7.74" })]);
  });

  it("rounds the fee of a split month once", () => {
    const owner = customer(customerCreated({ customerClassId: "class-1" }));
    const held = commitment({ effectiveOn: "2020-07-13", discountEnd: "2020-07-20" });
    const up = history([held], { owner, classes: [customerClass(classDefined({ rounding: "UP" }))] });
    expect(charges(up, month("2020-07")).map(({ fee, discount }) => [fee, discount])).toEqual([
      ["4.52", "1.13"],
      ["7.74", "0.00"],
    ]);
  });
});

describe("a period is rounded by the class and terms of its last day", () => {
  const fee = (...args: Parameters<typeof june>) => charges(june(...args), month("2020-06"))[0]?.fee;
  const even = classDefined({ rounding: "HALF_EVEN" });

  it("whichever class came before", () => {
    expect(fee([even], inClass("class-1", "2020-06-30"))).toBe("0.02");
    expect(fee([even], inClass("class-1", "2020-07-01"), inClass(null, "2020-07-02"))).toBe("0.03");
    expect(fee([even], inClass("class-1", "2020-06-01"), inClass(null, "2020-06-30"))).toBe("0.03");
    expect(fee([even], inClass("class-1", "2020-06-01"), inClass(null, "2020-07-01"))).toBe("0.02");
  });

  it("whatever terms the class had before", () => {
    expect(fee([even, revised("UP", "2020-06-30")], inClass("class-1", "2019-01-01"))).toBe("0.03");
    expect(fee([even, revised("UP", "2020-07-01")], inClass("class-1", "2019-01-01"))).toBe("0.02");
  });

  it("without a class by the defaults, also where the class is not known", () => {
    const defaults: ClassTerms = { name: "Default", graceDays: 14, rounding: "HALF_UP" };
    expect(classTermsOf(june([]), month("2020-06"))).toEqual(defaults);
    expect(classTermsOf(june([], inClass("class-1", "2020-06-01")), month("2020-06"))).toEqual(defaults);
  });
});
