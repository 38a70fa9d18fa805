import { describe, expect, it } from "vitest";
import { type Failure } from "../../../web/failure.js";
import { placed } from "./placed-failures.js";

const refusal = (sentence: string, field: string | null): Failure => ({
  ...{ why: "refused", sentence, field },
  ...{ code: "VALIDATION_FAILED", facts: null, request: null },
});

describe("where a failure of a form shows", () => {
  it("is its field, the field that holds it, or beside the form", () => {
    const lost: Failure = { why: "unreachable", request: null };
    const elsewhere = refusal("The time zone is none.", "timeZone");
    const nowhere = refusal("It cannot be.", null);
    const failures = [
      refusal("A name is missing.", "contact.name"),
      refusal("Too much.", "fees.0.amount"),
      refusal("Too fine.", "fees.1.amount"),
      elsewhere,
      nowhere,
      lost,
    ];
    expect(placed(failures, ["contact.name", "contact", "fees"], ({ sentence }) => sentence)).toEqual({
      errors: { "contact.name": "A name is missing.", fees: "Too much. Too fine." },
      others: [elsewhere, nowhere, lost],
    });
  });
});
