import { describe, expect, it } from "vitest";
import { customer, customerCreated } from "../spec-support/examples.js";
import {
  billing,
  commitment,
  endedByTermination,
  history,
  internet,
  penaltyLine,
  recurringLine,
  terms,
} from "../spec-support/history.js";
import { billingPeriodOf } from "../customers/customer.js";
import { charges } from "./charges.js";
import { periodLines } from "./period.js";
import { remainingFees } from "./remaining-fees.js";

const owner = customer(customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 31 }));
const held = (...args: Parameters<typeof commitment>) => history([commitment(...args)], { owner });
const containing = (date: string) => billingPeriodOf(owner, date);

describe("with periods from an anniversary", () => {
  it("a whole one costs a monthly fee, however long it is", () => {
    expect(charges(held(), containing("2020-02-10"))).toEqual([
      recurringLine({ from: "2020-01-31", until: "2020-02-28", days: 29, periodDays: 29 }),
    ]);
    expect(charges(held(), containing("2020-03-10"))).toEqual([
      recurringLine({ from: "2020-02-29", until: "2020-03-30" }),
    ]);
  });

  it("a part is its share of the whole period's natural days", () => {
    expect(charges(held({ effectiveOn: "2020-02-19", discountEnd: "2022-02-19" }), containing("2020-02-19"))).toEqual([
      recurringLine({
        from: "2020-02-19",
        until: "2020-02-28",
        days: 10,
        periodDays: 29,
        fee: "6.90",
        discount: "1.72",
        net: "5.18",
      }),
    ]);
  });

  it("a fee of their own comes before the monthly one", () => {
    const both = terms({ recurring: [internet({ fees: { MONTHLY: "20.00", MONTHLY_ANNIVERSARY: "18.00" } })] });
    expect(charges(held({ terms: both }), containing("2020-03-10"))).toEqual([
      recurringLine({ from: "2020-02-29", until: "2020-03-30", fee: "18.00", net: "13.00" }),
    ]);
  });

  it("the penalty falls into the period of the last day, and counts the periods before", () => {
    const ended = held({ effectiveOn: "2020-01-31", discountEnd: "2022-01-31" }, "2020-04-14");
    expect(periodLines(billing(ended), containing("2020-04-14"))).toEqual([
      recurringLine({
        from: "2020-03-31",
        until: "2020-04-14",
        days: 15,
        periodDays: 30,
        fee: "10.00",
        discount: "2.50",
        net: "7.50",
        ...endedByTermination,
      }),
      penaltyLine("2020-04-14", "12.50"),
    ]);
  });

  it("the fees left are counted by those periods", () => {
    const leaving = commitment({ effectiveOn: "2020-01-31", discountEnd: "2020-07-31" });
    expect(remainingFees(history([], { owner }), leaving, "2020-05-30")).toEqual(new Map([["recurring-1", "30.00"]]));
  });
});
