import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identifierForm, identifierText } from "./identifier-form.js";

describe("the form of an identifier", () => {
  it.each([
    ["  AbC-1 ", "abc-1"],
    ["E\u0301", "\u00e9"],
    ["\u212A", "k"],
    ["ΟΔΟΣ", "οδοσ"],
    ["οδος", "οδοσ"],
    ["+1 201", "+1 201"],
  ])("of %j is %j", (text, form) => {
    expect(identifierForm(text)).toBe(form);
  });

  it("is the same for any case of it, composed or not, and for itself", () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from("aÄéΣşÅ1+ -@.")) });
    fc.assert(
      fc.property(letters, (text) => {
        const form = identifierForm(text);
        const spellings = [form, text.toLowerCase(), text.toUpperCase(), text.normalize("NFD"), ` ${text}\n`];
        expect(spellings.map(identifierForm)).toEqual(spellings.map(() => form));
      }),
    );
  });

  it("leaves the text as it is typed, composed and without space around it", () => {
    expect(identifierText(" Cafe\u0301 A ")).toBe("Caf\u00e9 A");
  });
});
