import { describe, expect, it } from "vitest";
import { composed, readable, textFault } from "./readable-text.js";

describe("the characters of a text", () => {
  it.each([
    ["a\u0000b", "holds a control character (U+0000)"],
    ["a\nb", "holds a control character (U+000A)"],
    ["a\u0085b", "holds a control character (U+0085)"],
    ["a\ud800b", "holds half of a surrogate pair (U+D800)"],
    ["a\udfff", "holds half of a surrogate pair (U+DFFF)"],
    ["\u202egnp.exe", "holds a character that changes the direction of text (U+202E)"],
    ["a\u2066b", "holds a character that changes the direction of text (U+2066)"],
    ["a\uffff", "holds a code that is no character (U+FFFF)"],
    [" ", "holds nothing but invisible characters"],
    ["\u200b\u200d\u3164", "holds nothing but invisible characters"],
    ["\u2800\u00a0", "holds nothing but invisible characters"],
    ["a\u200bb", "holds an invisible character (U+200B)"],
    ["\ufeffa", "holds an invisible character (U+FEFF)"],
    ["a\u00adb", "holds an invisible character (U+00AD)"],
    ["a\u2028b", "holds an invisible character (U+2028)"],
    ["a\u{e0041}", "holds an invisible character (U+E0041)"],
  ])("%j %s", (text, fault) => {
    expect(textFault(text)).toBe(fault);
  });

  it("may be those of any language, and emoji", () => {
    const texts = ["", "Müller & Söhne", "Cafe\u0301", "نمی‌خواهم", "שלום\u200f", "株式会社", "👩‍👩‍👧", "❤️", "क्‍ष", "a b"];
    expect(texts.map((text) => textFault(text))).toEqual(texts.map(() => null));
  });

  it("may break lines where a text has several", () => {
    expect(textFault("a\r\n\tb", { lines: true })).toBeNull();
    expect(textFault("a\u000bb", { lines: true })).toBe("holds a control character (U+000B)");
  });

  it("are all to be seen where people compare by eye", () => {
    expect(textFault("12\u200d34", { exact: true })).toBe("holds an invisible character (U+200D)");
    expect(textFault("❤\ufe0f", { exact: true })).toBe("holds an invisible character (U+FE0F)");
    expect(textFault("12 34", { exact: true })).toBeNull();
  });

  it("are named in their places where they cannot be refused", () => {
    expect(readable("\u202e12\u0000\n\ufeff 3\u200e\ud8004\u{1f600}é")).toBe(
      "\ufffd12\ufffd\ufffd\ufffd 3\ufffd\ufffd4\u{1f600}é",
    );
  });

  it("are composed at every depth", () => {
    const value = { name: "Cafe\u0301", list: [{ text: "e\u0301" }, null, 1, true], left: undefined };
    expect(composed(value)).toEqual({ name: "Caf\u00e9", list: [{ text: "\u00e9" }, null, 1, true], left: undefined });
  });
});
