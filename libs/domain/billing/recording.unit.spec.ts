import { describe, expect, it } from "vitest";
import { EMPTY_LEDGER, ledgerOf } from "./ledger.js";
import { type GivenLine, Recording } from "./recording.js";

const line = (discount: string, discountOrigin: GivenLine["discountOrigin"]) => ({
  ...{ commitmentId: "c", rowId: "recurring-1", discount, discountOrigin, currency: "USD" },
  ...{ invoiceId: "i", position: 1, from: "2022-02-01", until: "2022-02-28", causes: ["e"] },
});

describe("the discounts that a ledger holds", () => {
  it("are those of the commitment, on lines that were sealed and on new ones: none by the customer's rate", () => {
    const record = new Recording();
    const sealed = [line("5.00", "COMMITMENT"), line("2.00", "CUSTOMER_RATE"), line("0.00", null)];
    const ledger = ledgerOf(sealed);
    record.holds(ledger, sealed);

    expect(record.givenOn(ledger, "c", "recurring-1").map(({ value }) => value)).toEqual(["5.00"]);
    expect(ledger.get("c")?.get("recurring-1")).toBe("5.00");
    expect(record.givenOn(EMPTY_LEDGER, "c", "recurring-1")).toEqual([]);
  });
});
