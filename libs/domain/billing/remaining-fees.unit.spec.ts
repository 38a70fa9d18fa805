import { describe, expect, it } from "vitest";
import { type BillingPeriodType } from "../billing-periods.js";
import { customer, customerCreated } from "../spec-support/examples.js";
import { commitment, history, internet, terms } from "../spec-support/history.js";
import { remainingFees } from "./remaining-fees.js";

/** One row of 7.00 with 1.40 off until a day, terminated on another. */
const left = (billingPeriod: BillingPeriodType, lastDay: string, discountEnd: string, effectiveOn = "2021-01-01") => {
  const fees = { [billingPeriod]: "7.00" };
  const held = commitment(
    { effectiveOn, discountEnd, terms: terms({ recurring: [internet({ fees, discount: "1.40" })] }) },
    lastDay,
  );
  const owner = customer(customerCreated({ billingPeriod, effectiveOn }));
  return [...remainingFees(history([held], { owner }), held, lastDay)];
};

describe("remaining fees", () => {
  it.each<[BillingPeriodType, string, string, string]>([
    // 4 of 7 days, three weeks, 1 of 7 days: 4.00 - 0.80, 3 x 5.60, 1.00 - 0.20.
    ["WEEKLY", "2021-03-10", "2021-04-06", "20.80"],
    // February 29, 2020 to February 27, 2021: 365 days.
    ["DAILY", "2020-02-28", "2021-02-28", "2044.00"],
    // 5 of 15 days, the rest of February, two halves of March, 10 of 15 days: 2.33 - 0.47, 3 x 5.60, 4.67 - 0.93.
    ["SEMI_MONTHLY", "2021-02-10", "2021-04-11", "22.40"],
    // From January 1 on: 28 of 30 days from January 31 to March 1, and 29 days from March 2 on: 6.53 - 1.31, 6.77 - 1.35.
    ["THIRTY_DAYS", "2021-02-01", "2021-03-31", "10.64"],
    // 30 of 92 days, one quarter, 1 of 90 days: 2.28 - 0.46, 5.60, 0.08 - 0.02.
    ["QUARTERLY", "2021-08-31", "2022-01-02", "7.48"],
    // 1 of 365 days, one year, 1 of 366: 0.02, 5.60, 0.02.
    ["YEARLY", "2022-12-30", "2024-01-02", "5.64"],
    ["MONTHLY", "2021-01-31", "2021-03-01", "5.60"],
  ])("of %s from after %s until %s are %s", (type, lastDay, discountEnd, amount) => {
    expect(left(type, lastDay, discountEnd, "2020-01-01")).toEqual([["recurring-1", amount]]);
  });
});
