import { describe, expect, it } from "vitest";
import { closeAccount } from "../accounts/decide.js";
import { Rejection } from "../rejection.js";
import { account, accountClosed, at, customer, customerCreated, rateSet, suspended } from "../spec-support/examples.js";
import { assigned, terminated } from "../spec-support/history.js";
import { factsOf, pause, terminate, told } from "../spec-support/story.js";
import { type ClosedDays, firstChangeableDay, REFUSE, requireChangeableDay } from "./closed-days.js";
import { closeCustomer, setSubscriptionDiscountRate, suspendCustomer } from "./decide.js";

const TODAY = "2020-07-20";
const adjusted = (notBefore: string): ClosedDays => ({ kind: "ADJUST", notBefore });

/** What the policy answers for a date: null where it may be changed. */
const refusal = (closedDays: ClosedDays, date: string, owner = customer()) => {
  try {
    requireChangeableDay(closedDays, owner, date, TODAY, "from");
    return null;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { code: error.code, message: error.message, field: error.field };
  }
};

describe("where closed days are refused", () => {
  it("the running billing period can be changed from its first day on, days to come too", () => {
    expect(firstChangeableDay(REFUSE, customer(), TODAY)).toBe("2020-07-01");
    expect(["2020-07-01", TODAY, "2030-01-01"].map((date) => refusal(REFUSE, date))).toEqual([null, null, null]);
  });

  it("a day before it is refused", () => {
    expect(refusal(REFUSE, "2020-06-30")).toEqual({
      code: "DATE_ALREADY_INVOICED",
      message: "2020-06-30 lies in a closed billing period; the running one began on 2020-07-01.",
      field: "from",
    });
  });

  it("the period is the customer's own", () => {
    const owner = customer(customerCreated({ billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay: 15 }));
    expect(firstChangeableDay(REFUSE, owner, TODAY)).toBe("2020-07-15");
    expect(refusal(REFUSE, "2020-07-14", owner)?.code).toBe("DATE_ALREADY_INVOICED");
  });
});

describe("where closed days are adjusted", () => {
  it("days of closed periods can be changed back to the given one", () => {
    const closedDays = adjusted("2020-05-10");
    expect(firstChangeableDay(closedDays, customer(), TODAY)).toBe("2020-05-10");
    expect(["2020-05-10", "2020-06-30", TODAY].map((date) => refusal(closedDays, date))).toEqual([null, null, null]);
    expect(refusal(closedDays, "2020-05-09")).toEqual({
      code: "DATE_ALREADY_INVOICED",
      message: "2020-05-09 lies before 2020-05-10, the first day that can still be adjusted.",
      field: "from",
    });
  });

  it("the running period can be changed whole, whatever day is given", () => {
    expect(firstChangeableDay(adjusted("2020-07-10"), customer(), TODAY)).toBe("2020-07-01");
    expect(refusal(adjusted("2020-07-10"), "2020-07-01")).toBeNull();
  });
});

describe("every command on a charged day asks the policy", () => {
  const closedDays = adjusted("2020-05-10");
  const now = at(TODAY);
  const effectiveOn = "2020-06-10";

  it("of a customer", () => {
    const [owner, facts] = [customer(), { closedDays }];
    expect([
      setSubscriptionDiscountRate({ rate: "5", effectiveOn, now }, owner, facts),
      suspendCustomer({ reason: null, effectiveOn, now }, owner, facts),
      closeCustomer({ effectiveOn, now }, owner, facts),
    ]).toEqual([
      [rateSet("5", effectiveOn)],
      [suspended(effectiveOn)],
      [{ type: "CustomerClosed", data: { effectiveOn } }],
    ]);
  });

  it("of an account", () => {
    expect(closeAccount({ effectiveOn, now }, account(), { customer: customer(), closedDays })).toEqual([
      accountClosed(effectiveOn),
    ]);
  });

  it("of a commitment, with its early-termination quote", () => {
    const facts = { ...factsOf(), closedDays };
    expect(told(assigned(), [[TODAY, terminate(effectiveOn)]], facts)).toEqual([
      assigned(),
      terminated(effectiveOn, { penaltyPreview: "76.67" }),
    ]);
  });

  it("of a pause, which then moves an end date that lies on a day that can be adjusted", () => {
    const ended = assigned({ discountEnd: "2020-06-15" });
    const facts = { ...factsOf(), closedDays };
    expect(told(ended, [[TODAY, pause({ from: "2020-06-10", until: "2020-07-25" })]], facts)).toEqual([
      ended,
      {
        type: "PauseScheduled",
        data: {
          pauseId: "pause-1",
          from: "2020-06-10",
          until: "2020-07-25",
          now: false,
          orderedOn: TODAY,
          discountEndBefore: "2020-06-15",
          discountEndAfter: "2020-07-31",
          discountEndFloors: [],
          effectiveOn: "2020-06-10",
        },
      },
    ]);
  });
});
