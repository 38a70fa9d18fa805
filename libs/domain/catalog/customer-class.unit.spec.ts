import { describe, expect, it } from "vitest";
import { classDefined, customerClass } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import {
  classTermsOn,
  customerClassEvolver,
  DEFAULT_CLASS_TERMS,
  defineCustomerClass,
  reviseCustomerClass,
} from "./customer-class.js";
import { type ClassTerms, type CustomerClassEvent } from "./events.js";

const given = givenFor(customerClassEvolver);
const none = {
  ...{ selfPauseDaysPerYear: 0, selfPauseLongestDays: 0, selfPauseNoticeDays: 0 },
  ...{ suspendAfterDays: null, terminateAfterDays: null, remindAfterDays: [], warnBeforeSuspensionDays: 3 },
};
const terms: ClassTerms = { name: "Residential", graceDays: 14, rounding: "HALF_UP", ...none };
const revised = (changes: Partial<ClassTerms>, effectiveOn: string): CustomerClassEvent => ({
  type: "CustomerClassRevised",
  data: { ...terms, ...changes, effectiveOn },
});

describe("a customer class", () => {
  it("is defined", () => {
    given()
      .when(() => defineCustomerClass({ customerClassId: "class-1", ...terms, name: " Residential", on: "2020-07-01" }))
      .then([classDefined(none, "2020-07-01")]);
  });

  it("may give no day of grace", () => {
    given()
      .when(() => defineCustomerClass({ customerClassId: "class-1", ...terms, graceDays: 0, on: "2020-07-01" }))
      .then([classDefined({ ...none, graceDays: 0 }, "2020-07-01")]);
  });

  it("revised keeps what is left out", () => {
    given(classDefined({ rounding: "UP" }))
      .when((state) => reviseCustomerClass({ graceDays: 30, on: "2020-07-01" }, state))
      .then([revised({ rounding: "UP", graceDays: 30 }, "2020-07-01")]);
    given(classDefined(), revised({ graceDays: 30 }, "2020-07-01"))
      .when((state) => reviseCustomerClass({ name: "Home", on: "2020-08-01" }, state))
      .then([revised({ name: "Home", graceDays: 30 }, "2020-08-01")]);
  });

  it("has a language, which stays when it is revised", () => {
    const italian = classDefined({ ...none, language: "IT" }, "2020-07-01");
    given()
      .when(() => defineCustomerClass({ customerClassId: "class-1", ...terms, language: "IT", on: "2020-07-01" }))
      .then([italian]);
    given(italian)
      .when((state) => reviseCustomerClass({ graceDays: 30, on: "2020-08-01" }, state))
      .then([revised({ graceDays: 30, language: "IT" }, "2020-08-01")]);
  });

  it.each([
    ["name", { name: "" }],
    ["graceDays", { graceDays: -1 }],
    ["graceDays", { graceDays: 1.5 }],
    ["selfPauseDaysPerYear", { selfPauseDaysPerYear: -1 }],
    ["selfPauseLongestDays", { selfPauseLongestDays: 0.5 }],
    ["selfPauseNoticeDays", { selfPauseNoticeDays: 1201 }],
    ["suspendAfterDays", { suspendAfterDays: 0 }],
    ["terminateAfterDays", { terminateAfterDays: 0 }],
    ["remindAfterDays", { remindAfterDays: [3, 0] }],
    ["warnBeforeSuspensionDays", { warnBeforeSuspensionDays: -1 }],
  ])("with a wrong %s is refused: %j", (field, changes) => {
    given()
      .when(() => defineCustomerClass({ customerClassId: "class-1", ...terms, ...changes, on: "2020-07-01" }))
      .thenRejected("VALIDATION_FAILED", field);
    given(classDefined())
      .when((state) => reviseCustomerClass({ ...changes, on: "2020-07-01" }, state))
      .thenRejected("VALIDATION_FAILED", field);
  });

  it("has each day of a reminder once, in order, and may collect again no more", () => {
    const collecting = { suspendAfterDays: 10, terminateAfterDays: 60, warnBeforeSuspensionDays: 0 };
    given()
      .when(() =>
        defineCustomerClass({
          ...{ customerClassId: "class-1", ...terms, ...collecting },
          ...{ remindAfterDays: [7, 3, 7], on: "2020-07-01" },
        }),
      )
      .then([classDefined({ ...none, ...collecting, remindAfterDays: [3, 7] }, "2020-07-01")]);
    given(classDefined({ ...collecting, remindAfterDays: [3, 7] }))
      .when((state) => reviseCustomerClass({ suspendAfterDays: null, remindAfterDays: [], on: "2020-07-01" }, state))
      .then([revised({ ...collecting, suspendAfterDays: null, remindAfterDays: [] }, "2020-07-01")]);
  });

  it("that does not exist cannot be revised", () => {
    given()
      .when((state) => reviseCustomerClass({ graceDays: 30, on: "2020-07-01" }, state))
      .thenRejected("VALIDATION_FAILED", "customerClassId");
  });
});

describe("the terms of a class on a day", () => {
  const found = customerClass(classDefined({ graceDays: 1 }, "2020-01-01"), revised({ graceDays: 2 }, "2020-07-15"));

  it("are those of the last revision in force", () => {
    expect(classTermsOn(found, "2020-07-14").graceDays).toBe(1);
    expect(classTermsOn(found, "2020-07-15").graceDays).toBe(2);
    expect(classTermsOn(found, "2025-01-01").graceDays).toBe(2);
  });

  it("before it was defined are its first ones", () => {
    expect(classTermsOn(found, "2019-12-31").graceDays).toBe(1);
  });

  it("of the same day are those recorded last", () => {
    const twice = customerClass(classDefined({}, "2020-01-01"), revised({ graceDays: 3 }, "2020-01-01"));
    expect(classTermsOn(twice, "2020-01-01").graceDays).toBe(3);
  });

  it("of no class are the defaults: 14 days, half up", () => {
    expect(classTermsOn(null, "2020-01-01")).toEqual({ name: "Default", graceDays: 14, rounding: "HALF_UP" });
    expect(classTermsOn(undefined, "2020-01-01")).toBe(DEFAULT_CLASS_TERMS);
  });
});
