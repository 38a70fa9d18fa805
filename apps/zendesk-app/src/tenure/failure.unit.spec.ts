import { CombinedError } from "urql";
import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.js";

const refused = (extensions: Readonly<Record<string, unknown>>) =>
  failureOf(new CombinedError({ graphQLErrors: [{ message: "No.", extensions }] }));

describe("why there is no answer", () => {
  it("is told by Tenure's code, or else is Tenure's sentence", () => {
    const codes = ["UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"];
    expect(codes.map((code) => refused({ code }).why)).toEqual(["keyRefused", "forbidden", "busy", "unreachable"]);
    expect(refused({ code: "ALREADY_LINKED" })).toEqual({
      why: "refused",
      sentence: "No.",
      code: "ALREADY_LINKED",
      request: null,
    });
    expect(refused({ code: "INTERNAL_ERROR", correlationId: "r-1" })).toMatchObject({ request: "r-1" });
    expect(refused({})).toEqual({ why: "refused", sentence: "No.", code: "", request: null });
  });

  it("is that Tenure is not reached where no answer is Tenure's", () => {
    expect(failureOf(new CombinedError({ networkError: new TypeError("No answer.") }))).toEqual({ why: "unreachable" });
  });
});
