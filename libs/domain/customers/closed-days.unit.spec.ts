import { describe, expect, it } from "vitest";
import { closeAccount } from "../accounts/decide.js";
import { Rejection } from "../rejection.js";
import { account, at, customer, customerCreated } from "../spec-support/examples.js";
import { assigned, terminated } from "../spec-support/history.js";
import { factsOf, pause, terminate, told } from "../spec-support/story.js";
import { type ClosedDays, firstChangeableDay, REFUSE, requireChangeableDay } from "./closed-days.js";
import { closeCustomer, setCustomerClass } from "./decide.js";
import { setSubscriptionDiscountRate, suspendCustomer, unsuspendCustomer } from "./rate-and-suspension.js";

const TODAY = "2020-07-20";
/** Days of closed periods may be changed back to 2020-05-11. */
const LATE: ClosedDays = { backDatingDays: 70, reason: "told late" };

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

describe("where closed days may be changed", () => {
  it("they may back to the provider's limit, with a reason", () => {
    expect(firstChangeableDay(LATE, customer(), TODAY)).toBe("2020-05-11");
    expect(["2020-05-11", "2020-06-30", TODAY].map((date) => refusal(LATE, date))).toEqual([null, null, null]);
    expect(refusal(LATE, "2020-05-10")).toEqual({
      code: "DATE_ALREADY_INVOICED",
      message: "2020-05-10 lies before 2020-05-11, the first day that can still be changed.",
      field: "from",
    });
  });

  it("a day of a closed period needs a reason, one of the running period none", () => {
    const silent = { ...LATE, reason: null };
    expect(refusal(silent, "2020-06-30")).toEqual({
      code: "VALIDATION_FAILED",
      message: "2020-06-30 lies in a closed billing period: a change of it needs a reason.",
      field: "reason",
    });
    expect(refusal(silent, "2020-07-01")).toBeNull();
    expect(refusal(silent, "2020-05-10")?.code).toBe("DATE_ALREADY_INVOICED");
  });

  it("the running period can be changed whole, whatever the limit", () => {
    const closedDays = { backDatingDays: 10, reason: null };
    expect(firstChangeableDay(closedDays, customer(), TODAY)).toBe("2020-07-01");
    expect(refusal(closedDays, "2020-07-01")).toBeNull();
  });
});

describe("every command on a charged day asks the policy", () => {
  const closedDays = LATE;
  const personal = { reason: "told late" };
  const now = at(TODAY);
  const effectiveOn = "2020-06-10";

  it("of a customer", () => {
    const [owner, facts] = [customer(), { closedDays }];
    expect([
      setSubscriptionDiscountRate({ rate: "5", effectiveOn, now }, owner, facts),
      suspendCustomer({ effectiveOn, now }, owner, facts),
      unsuspendCustomer({ effectiveOn, now }, owner, facts),
      setCustomerClass({ customerClassId: null, effectiveOn, now }, owner, { ...facts, classExists: false }),
      closeCustomer({ effectiveOn, now }, owner, facts),
    ]).toEqual([
      [{ type: "SubscriptionDiscountRateSet", data: { rate: "5", effectiveOn, personal } }],
      [{ type: "CustomerSuspended", data: { effectiveOn, personal } }],
      [{ type: "CustomerUnsuspended", data: { effectiveOn, personal } }],
      [{ type: "CustomerClassSet", data: { customerClassId: null, effectiveOn, personal } }],
      [{ type: "CustomerClosed", data: { effectiveOn, personal } }],
    ]);
  });

  it("of an account", () => {
    expect(closeAccount({ effectiveOn, now }, account(), { customer: customer(), closedDays })).toEqual([
      { type: "AccountClosed", data: { effectiveOn, personal } },
    ]);
  });

  it("of a commitment, with its early-termination quote", () => {
    const facts = { ...factsOf(), closedDays };
    expect(told(assigned(), [[TODAY, terminate(effectiveOn)]], facts)).toEqual([
      assigned(),
      terminated(effectiveOn, { penaltyPreview: "76.67", personal }),
    ]);
  });

  it("a termination and a closing by the day after their last charged one", () => {
    const silent = { backDatingDays: 0, reason: null };
    const [last, before] = ["2020-06-30", "2020-06-29"];
    expect(closeCustomer({ effectiveOn: last, now }, customer(), { closedDays: silent })).toEqual([
      { type: "CustomerClosed", data: { effectiveOn: last } },
    ]);
    expect(() => closeCustomer({ effectiveOn: before, now }, customer(), { closedDays: silent })).toThrow(
      "2020-06-30 lies in a closed billing period; the running one began on 2020-07-01.",
    );
    const facts = { ...factsOf(), closedDays: silent };
    expect(told(assigned(), [[TODAY, terminate(last)]], facts).at(-1)?.type).toBe("CommitmentTerminated");
    expect(() => told(assigned(), [[TODAY, terminate(before)]], facts)).toThrow("2020-06-30 lies in a closed");
  });

  it("of a pause, which then moves an end date that had passed", () => {
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
          effectiveOn: "2020-06-10",
          personal,
        },
      },
    ]);
  });
});
