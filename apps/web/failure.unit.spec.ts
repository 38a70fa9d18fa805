import { CombinedError } from "urql";
import { describe, expect, it } from "vitest";
import { failureOf, failuresOf } from "./failure.js";

const answered = (...extensions: readonly Readonly<Record<string, unknown>>[]) =>
  new CombinedError({ graphQLErrors: extensions.map((each) => ({ message: "No.", extensions: each })) });

describe("why there is no answer", () => {
  it("is told by Tenure's code, or else is Tenure's sentence", () => {
    const codes = ["UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"];
    expect(codes.map((code) => failureOf(answered({ code })).why)).toEqual([
      ...["unauthenticated", "forbidden", "busy", "unreachable"],
    ]);
    const refused = { why: "refused", sentence: "No.", field: null, facts: null, request: null };
    expect(failureOf(answered({ code: "ALREADY_LINKED" }))).toEqual({ ...refused, code: "ALREADY_LINKED" });
    const facts = { case: "PAUSE_BEGUN", from: "2020-08-01" };
    const begun = answered({ code: "PAUSE_INVALID", facts });
    expect(failureOf(begun)).toEqual({ ...refused, code: "PAUSE_INVALID", facts });
    expect(failureOf(answered({ code: "INTERNAL", correlationId: "r-1" }))).toMatchObject({ request: "r-1" });
    expect(failureOf(answered({}))).toEqual({ ...refused, code: "" });
  });

  it("is that Tenure is not reached where no answer is Tenure's", () => {
    const lost = new CombinedError({ networkError: new TypeError("No answer.") });
    expect(failureOf(lost)).toEqual({ why: "unreachable", request: null });
    expect(failuresOf(lost)).toEqual([]);
  });

  it("names each field that is wrong, behind the argument and the previewed command", () => {
    const wrong = answered(
      { code: "VALIDATION_FAILED", inputPath: ["input", "contact", "name"] },
      { code: "VALIDATION_FAILED", inputPath: ["command", "suspendCustomer", "reason"] },
      { code: "VALIDATION_FAILED", field: "effectiveOn" },
    );
    expect(failuresOf(wrong).map((each) => each.why === "refused" && each.field)).toEqual([
      ...["contact.name", "reason", "effectiveOn"],
    ]);
  });
});
