import { describe, expect, it } from "vitest";
import { formOf, inputOf, NEW } from "./form.js";
import { type CustomerClass } from "./query.js";

const days = {
  ...{ graceDays: 14, warnBeforeSuspensionDays: 3, warnBeforeEndDays: 30 },
  ...{ selfPauseDaysPerYear: 0, selfPauseLongestDays: 0, selfPauseNoticeDays: 0 },
};

describe("the form of a customer class", () => {
  it("asks for nothing before it has a name and all days, and days of reminders that are some", () => {
    expect(inputOf(NEW)).toBeNull();
    expect(inputOf({ ...NEW, name: "Business", graceDays: null })).toBeNull();
    expect(inputOf({ ...NEW, name: "Business", remindAfterDays: "soon" })).toBeNull();
    expect(inputOf({ ...NEW, name: " Business ", remindAfterDays: "7, 14" })).toEqual({
      ...{ name: "Business", language: "EN", rounding: "HALF_UP", remindAfterDays: [7, 14] },
      dateFormat: { name: "LANGUAGE" },
      ...{ ...days, suspendAfterDays: null, terminateAfterDays: null },
    });
  });

  it("begins with what the class has", () => {
    const held: CustomerClass = {
      id: "c-1",
      name: "Business",
      language: "IT",
      rounding: "HALF_EVEN",
      dateFormat: { name: "ISO", date: "yyyy-MM-dd", time: "HH:mm" },
      remindAfterDays: [7, 14],
      ...{ ...days, suspendAfterDays: 30, terminateAfterDays: 60 },
    };
    const { id: _, ...rest } = held;
    expect(inputOf(formOf(held))).toEqual({ ...rest, dateFormat: { name: "ISO" } });
  });

  it("asks for both patterns where dates are written by patterns", () => {
    const own = { ...NEW, name: "Business", dateFormat: "OWN", ownDate: "d/M/yy" } as const;
    expect(inputOf(own)).toBeNull();
    expect(inputOf({ ...own, ownTime: " HH:mm " })?.dateFormat).toEqual({ name: "OWN", date: "d/M/yy", time: "HH:mm" });
  });
});
