import { describe, expect, it } from "vitest";
import { type Issued, Numbers } from "./numbers.js";

const at = (place: number) => ({ commit: BigInt(place), prepare: BigInt(place) });
const issued = (invoiceId: string, customerId: string, issuedOn: string, place: number): Issued =>
  ({
    ...{ type: "InvoiceSealed", stream: customerId, revision: BigInt(place), position: at(place) },
    data: { invoiceId, customerId, issuedOn },
  }) as unknown as Issued;

const january = issued("january", "a", "2021-02-01", 1);
const february = issued("february", "a", "2021-03-01", 4);
const other = issued("other", "b", "2021-03-01", 5);

/** Numbers that were given at places of the log. */
const register = (...batches: readonly (readonly [place: number, given: readonly Issued[]])[]) =>
  batches.map(([place, given], revision) => ({
    ...{ stream: "register", revision: BigInt(revision), position: at(place) },
    data: {
      ...{ series: "invoices", first: 1, effectiveOn: "2021-03-01" },
      invoices: given.map(({ data }, index) => {
        const { invoiceId, customerId, issuedOn } = data as { invoiceId: string; customerId: string; issuedOn: string };
        return { invoiceId, customerId, issuedOn, number: `N-${revision}${index}` };
      }),
    },
  }));

describe("numbers and documents", () => {
  const compared = (registers: ReturnType<typeof register>, documents: readonly Issued[]) => {
    const { differences, waiting } = new Numbers([registers], null).compare("a", documents);
    return [differences.map(({ what, where }) => `${what} ${where}`), waiting];
  };

  it("go together; a number without its document is a difference", () => {
    const whole = register([3, [january]], [6, [february, other]]);
    expect(compared(whole, [january, february])).toEqual([[], 0]);
    expect(compared(whole, [january])).toEqual([["DOCUMENT_MISSING register@1"], 0]);
  });

  it("wait for each other: a document that was recorded lately, or comes after all that have numbers", () => {
    expect(compared([], [january])).toEqual([[], 1]);
    // Who gave numbers at 6 knew the log up to 3 for sure, and 4 lies behind.
    expect(compared(register([3, [january]], [6, [other]]), [january, february])).toEqual([[], 1]);
    // At 7 it was known, and what got a number comes before it.
    const earlier = issued("earlier", "0", "2021-03-01", 6);
    expect(compared(register([3, [january]], [6, []], [7, [earlier]]), [january, february])).toEqual([[], 1]);
  });

  it("a document that was known and passed over has lost its number", () => {
    const lost = register([3, [january]], [6, []], [8, [other]]);
    expect(compared(lost, [january, february])).toEqual([["NUMBER_MISSING a@4"], 0]);
  });
});
