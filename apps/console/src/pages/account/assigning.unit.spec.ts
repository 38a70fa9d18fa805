import { describe, expect, it } from "vitest";
import { assignInput, NOTHING_CHOSEN } from "./assigning.js";

describe("the form that adds a commitment", () => {
  const of = (changes: Partial<typeof NOTHING_CHOSEN>) => assignInput("account", { ...NOTHING_CHOSEN, ...changes });

  it("asks for an offer from today on, its discount by the offer", () => {
    expect([of({}), of({ offerId: "offer" })]).toEqual([
      null,
      { accountId: "account", offerId: "offer", discountEnd: { kind: "DEFAULT" } },
    ]);
  });

  it("copies a date from one that is chosen, and takes one by hand with a reason only", () => {
    const offer = { accountId: "account", offerId: "offer" };
    expect([
      of({ offerId: "offer", kind: "SYNCHRONISED" }),
      of({ offerId: "offer", kind: "SYNCHRONISED", commitmentId: "other", effectiveOn: "2020-11-15" }),
      of({ offerId: "offer", kind: "MANUAL", date: "2022-08-15", reason: " " }),
      of({ offerId: "offer", kind: "MANUAL", date: "2022-08-15", reason: "Agreed by phone" }),
    ]).toEqual([
      null,
      { ...offer, discountEnd: { kind: "SYNCHRONISED", commitmentId: "other" }, effectiveOn: "2020-11-15" },
      null,
      { ...offer, discountEnd: { kind: "MANUAL", date: "2022-08-15" }, reason: "Agreed by phone" },
    ]);
  });
});
