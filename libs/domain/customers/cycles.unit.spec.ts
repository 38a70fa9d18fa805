import { describe, expect, it } from "vitest";
import { charges } from "../billing/charges.js";
import { agree } from "../commitments/agreement.js";
import { customer, offer, subscription, subscriptions } from "../spec-support/examples.js";
import { rejectionOf } from "../spec-support/given.js";
import { commitment, history, internet, terms } from "../spec-support/history.js";
import { mainProduct } from "../spec-support/story.js";
import { type CustomerCycle } from "./cycles.js";
import { billingPeriodOf, type Customer, cycleOn, lastCycle, timeZoneOn } from "./customer.js";

/** Billed by calendar months, from 2020-03-01 on by months from the 20th, in another zone. */
const before: CustomerCycle = { type: "MONTHLY", anchor: null, inForceFrom: "2019-01-01", timeZone: "UTC" };
const since: CustomerCycle = {
  type: "MONTHLY_ANNIVERSARY",
  anchor: "2020-02-20",
  inForceFrom: "2020-03-01",
  timeZone: "Asia/Tokyo",
};
const moved: Customer = { ...customer(), cycles: [before, since] };

describe("billing cycles", () => {
  it("are each in force from their day on, the first from ever", () => {
    const days = ["2018-01-01", "2020-02-29", "2020-03-01", "2030-01-01"];
    expect(days.map((day) => cycleOn(moved, day))).toEqual([before, before, since, since]);
    expect(days.map((day) => timeZoneOn(moved, day))).toEqual(["UTC", "UTC", "Asia/Tokyo", "Asia/Tokyo"]);
    expect(lastCycle(moved)).toBe(since);
  });

  it("cut the calendar each for its own days", () => {
    expect(billingPeriodOf(moved, "2020-02-25")).toEqual({ from: "2020-02-01", to: "2020-03-01" });
    expect(billingPeriodOf(moved, "2020-03-25")).toEqual({ from: "2020-03-20", to: "2020-04-20" });
  });

  it("say which fee a period is charged by", () => {
    const fees = { MONTHLY: "20.00", MONTHLY_ANNIVERSARY: "31.00" };
    const held = commitment({ terms: terms({ recurring: [internet({ fees, discount: "0.00" })] }) });
    const fee = (day: string) =>
      charges(history([held], { owner: moved }), billingPeriodOf(moved, day)).map((line) => line.fee);
    expect([fee("2020-02-25"), fee("2020-03-25")]).toEqual([["20.00"], ["31.00"]]);
  });

  it("leave a part of a period where they change: it is divided by the days of the whole, also up to its edge", () => {
    const changed: Customer = {
      ...customer(),
      cycles: [before, { type: "WEEKLY", anchor: null, inForceFrom: "2021-04-01", timeZone: "UTC" }],
    };
    const lines = (prorateFirst: boolean) => {
      const row = internet({ fees: { WEEKLY: "7.00" }, discount: "1.40", prorateFirst });
      const held = commitment({
        effectiveOn: "2021-04-03",
        discountEnd: "2022-01-01",
        terms: terms({ recurring: [row] }),
      });
      return charges(history([held], { owner: changed }), billingPeriodOf(changed, "2021-04-03")).map(
        ({ from, until, days, periodDays, fee, discount, net }) => ({
          from,
          until,
          days,
          periodDays,
          fee,
          discount,
          net,
        }),
      );
    };
    const shown = { from: "2021-04-03", until: "2021-04-04", periodDays: 7 };
    expect(lines(true)).toEqual([{ ...shown, days: 2, fee: "2.00", discount: "0.40", net: "1.60" }]);
    expect(lines(false)).toEqual([{ ...shown, days: 4, fee: "4.00", discount: "0.80", net: "3.20" }]);
  });

  it("say which fee the terms of an offer need: that of their first day", () => {
    const catalog = {
      mainProduct,
      subscriptions: subscriptions(subscription({ recurringFees: { MONTHLY_ANNIVERSARY: "20.00" } })),
    };
    expect(rejectionOf(() => agree(offer(), moved, "2020-02-29", catalog, 0))).toEqual({
      code: "FEE_MISSING_FOR_PERIOD",
      field: "offerId",
    });
    expect(agree(offer(), moved, "2020-03-01", catalog, 0).name).toBe("Turbo 24");
  });
});
