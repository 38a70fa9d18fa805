import { describe, expect, it } from "vitest";
import { aliasForm, digitsOf, searchForm } from "./forms.js";

describe("what search compares", () => {
  it.each([
    ["Élise  Żółć", "elise zolc"],
    ["E\u0301LISE", "elise"],
    ["Łódź Sørensen Đorđe", "lodz sorensen dorde"],
    ["Straße STRASSE", "strasse strasse"],
    ["İSTANBUL Iğdır", "istanbul igdir"],
    ["ΟΔΟΣ οδός", "οδοσ οδοσ"],
    ["  Jean \t Luc ", "jean luc"],
    ["100%_\\", "100%_\\"],
    ["a\0\ud800", "a\ufffd\ufffd"],
  ])("of the name %j is %j", (text, form) => {
    expect(searchForm(text)).toBe(form);
  });

  it.each([
    ["+1 (201) 555-0199", "12015550199"],
    ["ext. none", ""],
    ["０１２", "012"],
  ])("of the phone number %j is %j", (phone, digits) => {
    expect(digitsOf(phone)).toBe(digits);
  });

  it("of an alias keeps its accents", () => {
    expect(aliasForm(" Élise\0 ")).toBe("élise\ufffd");
  });
});
