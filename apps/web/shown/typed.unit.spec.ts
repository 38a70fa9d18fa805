import { describe, expect, it } from "vitest";
import { amountOf, amountTyped } from "./amount-typed.js";
import { dayIn, dayOf, dayShown, dayTyped, instantShown, patternOf } from "./date-format.js";

describe("days", () => {
  const day = "2020-10-31";
  it("are shown and typed as the user chose", () => {
    expect([
      dayShown(day, "iso", "it"),
      dayShown(day, "dotted", "it"),
      dayShown(day, "us", "it"),
      dayShown(day, "language", "it"),
    ]).toEqual(["2020-10-31", "31.10.2020", "10/31/2020", "31 ott 2020"]);
    const patterns = (["iso", "dotted", "us", "language"] as const).map((format) => patternOf(format, "it"));
    expect(patterns.map((pattern) => dayTyped(day, pattern))).toEqual([
      ...["2020-10-31", "31.10.2020", "10/31/2020", "31/10/2020"],
    ]);
    expect(patterns.map((pattern) => dayOf(dayTyped(day, pattern), pattern))).toEqual([day, day, day, day]);
    expect(dayTyped(day, patternOf("language", "en-US"))).toBe("10/31/2020");
  });

  it("are read as ISO too, and with a short year; what is no day is none", () => {
    const pattern = patternOf("dotted", "en");
    expect(["2020-10-31", " 31.10.2020 ", "31/10/20", "29.2.2020"].map((typed) => dayOf(typed, pattern))).toEqual([
      ...["2020-10-31", "2020-10-31", "2020-10-31", "2020-02-29"],
    ]);
    const wrong = ["", "31", "31.10", "31.02.2020", "29.2.2021", "0.1.2020", "1.13.2020", "1.1.020", "today"];
    expect(wrong.map((typed) => dayOf(typed, pattern))).toEqual(wrong.map(() => null));
  });

  it("are read with the month as a word, in English and Italian, whatever the pattern", () => {
    const pattern = patternOf("language", "en-US");
    const august = ["Aug 1, 2027", "1 Aug 2027", "1 agosto 2027", "AUGUST 1 2027", "1st August, 2027", "1º ago. 2027"];
    expect(august.map((typed) => dayOf(typed, pattern))).toEqual(august.map(() => "2027-08-01"));
    expect(
      ["31 Sept 2027", "1 Ju 2027", "1 Foo 2027", "Aug 2027", "Aug Sep 2027", "1 Aug"].map((typed) =>
        dayOf(typed, pattern),
      ),
    ).toEqual([...[null, null, null, null, null, null]]);
    expect(
      ["en-GB", "en-US", "it"].map((locale) => dayOf(dayShown("2027-09-30", "language", locale), pattern)),
    ).toEqual([...["2027-09-30", "2027-09-30", "2027-09-30"]]);
  });

  it("are those of a zone at a point in time, which names its zone", () => {
    const instant = "2020-12-31T23:30:00.000Z";
    expect(["UTC", "Pacific/Kiritimati", "America/Los_Angeles"].map((zone) => dayIn(zone, instant))).toEqual([
      ...["2020-12-31", "2021-01-01", "2020-12-31"],
    ]);
    expect(instantShown(instant, "Europe/Berlin", "dotted", "en")).toBe("01.01.2021 00:30 Europe/Berlin");
  });
});

describe("amounts", () => {
  it("are typed with the sign of the language", () => {
    expect([amountTyped("1234.50", "en"), amountTyped("1234.50", "it")]).toEqual(["1234.50", "1234,50"]);
  });

  it("are read to the last digit, with or without signs between thousands", () => {
    const read = (locale: string, ...typed: string[]) => typed.map((text) => amountOf(text, locale));
    expect(read("en", "115.00", "1,234.50", "1234567890123456.78", "-0.10", " 7 ")).toEqual([
      ...["115.00", "1234.50", "1234567890123456.78", "-0.10", "7"],
    ]);
    expect(read("it", "115,00", "1.234,50", "115.00", "1.234", "-0,10")).toEqual([
      ...["115.00", "1234.50", "115.00", "1234", "-0.10"],
    ]);
    expect(read("en", "", "1.2.3", "1e5", "12,34", "twelve", ".")).toEqual([null, null, null, null, null, null]);
  });
});
