import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digitsOf, searchForm } from "./forms.js";
import { matchRange } from "./match-range.js";

const marked = (text: string, range: ReturnType<typeof matchRange>) =>
  range && `${text.slice(0, range.from)}[${text.slice(range.from, range.until)}]${text.slice(range.until)}`;

describe("where a text matches", () => {
  it.each([
    ["Élise  Żółć", "zolc", "Élise  [Żółć]"],
    ["Elise  Zolc", "elise z", "[Elise  Z]olc"],
    ["E\u0301lise", "e", "[E\u0301]lise"],
    ["Straße 5", "ss", "Stra[ß]e 5"],
    ["👍 Ann", "ann", "👍 [Ann]"],
    ["Ann Ann", "ann", "[Ann] Ann"],
    ["Bob", "ann", null],
  ])("in %j for %j: %j", (text, form, expected) => {
    expect(marked(text, matchRange(text, form, "text"))).toBe(expected);
  });

  it("is the last place where it is asked for, and goes by digits in phone numbers", () => {
    expect(marked("5555", matchRange("5555", "55", "alias", "LAST"))).toBe("55[55]");
    expect(marked("+1 (201) 555", matchRange("+1 (201) 555", "0155", "phone"))).toBe("+1 (2[01) 55]5");
  });

  it("is a part that is what is searched", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("aBé\u0301ßŁ 5+-👍")), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, fc.nat(12), fc.nat(12), (whole, one, other) => {
        for (const [compared, form] of [["text", searchForm] as const, ["phone", digitsOf] as const]) {
          const value = form(whole).slice(Math.min(one, other), Math.max(one, other));
          const range = matchRange(whole, value, compared);
          if (value.trim() === "") continue;
          expect(range).not.toBeNull();
          const found = form(whole.slice(range?.from, range?.until));
          // Of a letter that counts as two, the half that was not searched is marked too.
          expect(found).toContain(value.trim());
          expect(found.length).toBeLessThanOrEqual(value.length + 2);
        }
      }),
    );
  });
});
