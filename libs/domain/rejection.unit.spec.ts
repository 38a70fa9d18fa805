import { describe, expect, it } from "vitest";
import { defineOffer } from "./catalog/offer.js";
import { checkAll, Rejection, reject } from "./rejection.js";

/** Of what is thrown: code, the way to the field and its name, of the first mistake and of the others. */
const refusal = (act: () => unknown): unknown => {
  try {
    return { accepted: act() };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return [error, ...error.also].map(({ code, field, fieldPath }) => [code, field, fieldPath]);
  }
};

describe("a rejection", () => {
  it("names its field with and without places in lists", () => {
    const at = (field?: string | (string | number)[]) => {
      const { field: name, fieldPath } = reject("INVALID_AMOUNT", "No.", { ...(field !== undefined && { field }) });
      return [name, fieldPath];
    };
    expect(at("accountId")).toEqual(["accountId", ["accountId"]]);
    expect(at(["fees", 2, "amount"])).toEqual(["fees.amount", ["fees", 2, "amount"]]);
    expect(at()).toEqual([undefined, undefined]);
  });

  it("of several checks is the first one, with the others", () => {
    const refuse = (code: "CONFLICT" | "INVALID_DATE", field: string) => () => {
      throw reject(code, "No.", { field });
    };
    expect(
      refusal(() => {
        checkAll(
          () => 1,
          refuse("CONFLICT", "a"),
          () => 2,
          refuse("INVALID_DATE", "b"),
        );
      }),
    ).toEqual([
      ["CONFLICT", "a", ["a"]],
      ["INVALID_DATE", "b", ["b"]],
    ]);
    expect(
      refusal(() => {
        checkAll(
          () => {
            checkAll(refuse("CONFLICT", "a"), refuse("INVALID_DATE", "b"));
          },
          refuse("CONFLICT", "c"),
        );
      }),
    ).toEqual([
      ["CONFLICT", "a", ["a"]],
      ["INVALID_DATE", "b", ["b"]],
      ["CONFLICT", "c", ["c"]],
    ]);
    expect(
      refusal(() => {
        checkAll(() => 1);
      }),
    ).toEqual({ accepted: undefined });
  });

  it("is no net for faults", () => {
    const fault = () => {
      checkAll(() => (undefined as unknown as string).length);
    };
    expect(fault).toThrow(TypeError);
  });

  it("of an offer tells all wrong amounts, then all unknown items, each with its row", () => {
    const terms = {
      name: "",
      description: null,
      currency: "USD",
      discountPeriods: 0,
      transferFee: "-1",
      on: "2020-07-01",
    };
    const row = (discount: string, addOnProductId: string | null = null) => ({
      ...{ subscriptionId: "unknown", addOnProductId, discount },
    });
    const fee = { description: "TV", service: "TV", fee: "1", discount: "0.001" };
    const offer = (changes: object) =>
      refusal(() =>
        defineOffer(
          { offerId: "o", ...terms, oneTimeFees: [], recurringFees: [row("0")], ...changes },
          { subscriptions: new Map(), addOnProducts: new Set() },
        ),
      );
    expect(offer({ oneTimeFees: [{ ...fee, discount: "0" }, fee], recurringFees: [row("x"), row("0.001")] })).toEqual([
      ["VALIDATION_FAILED", "name", ["name"]],
      ["INVALID_AMOUNT", "transferFee", ["transferFee"]],
      ["INVALID_AMOUNT", "oneTimeFees.discount", ["oneTimeFees", 1, "discount"]],
      ["VALIDATION_FAILED", "recurringFees.discount", ["recurringFees", 0, "discount"]],
      ["INVALID_AMOUNT", "recurringFees.discount", ["recurringFees", 1, "discount"]],
      ["VALIDATION_FAILED", "discountPeriods", ["discountPeriods"]],
    ]);
    const sound = { name: "Turbo", discountPeriods: 24, transferFee: "1" };
    expect(offer({ ...sound, recurringFees: [row("0"), row("0", "unknown")] })).toEqual([
      ["VALIDATION_FAILED", "recurringFees.planId", ["recurringFees", 0, "planId"]],
      ["VALIDATION_FAILED", "recurringFees.addOnProductId", ["recurringFees", 1, "addOnProductId"]],
      ["VALIDATION_FAILED", "recurringFees.planId", ["recurringFees", 1, "planId"]],
    ]);
  });
});
