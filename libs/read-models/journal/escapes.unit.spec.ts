import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeTexts, mayNeedEscapes, needsEscapes, unescapeTexts } from "./escapes.js";

const anyJson = fc.jsonValue({ stringUnit: "binary" }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const withHalves = fc.array(fc.oneof(anyJson, fc.constantFrom("\0", "\\", "\\u0000", "\ud83d", "a\udc00b", "😀")));

describe("escapes of texts", () => {
  it("write what PostgreSQL cannot hold as an escape, and a backslash as two", () => {
    expect(escapeTexts({ "a\0": ["\ud83d", "\\u0000", "😀", 1, null, true] })).toEqual({
      "a\\u0000": ["\\ud83d", "\\\\u0000", "😀", 1, null, true],
    });
  });

  it("give back every value, and leave nothing that PostgreSQL cannot hold", () => {
    fc.assert(
      fc.property(withHalves, (value) => {
        const escaped = escapeTexts(value);
        expect(unescapeTexts(escaped)).toEqual(value);
        expect(mayNeedEscapes(JSON.stringify(escaped).replaceAll("\\\\", ""))).toBe(false);
      }),
    );
  });

  it("are needed only where a text holds such a character", () => {
    expect(["\0", { "\ud83d": 1 }, ["a", "\udc00"]].map(needsEscapes)).toEqual([true, true, true]);
    expect(["\\u0000", "😀", { a: 1 }].map(needsEscapes)).toEqual([false, false, false]);
    expect(["\0", "\ud83d"].map((text) => mayNeedEscapes(JSON.stringify(text)))).toEqual([true, true]);
  });
});
