import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountOf, dateOf, isDatePattern } from "./values.js";

describe("an amount of a bank", () => {
  it.each([
    ["10", ".", "10"],
    ["10.50", ".", "10.50"],
    ["+1,234,567.8", ".", "1234567.8"],
    [" 1'234.50 ", ".", "1234.50"],
    ["-5.00", ".", "-5.00"],
    ["5.00-", ".", "-5.00"],
    ["10,50", ",", "10.50"],
    ["1.234,56", ",", "1234.56"],
    ["1 234,56", ",", "1234.56"],
    ["1\u00a0234\u00a0567,00", ",", "1234567.00"],
    ["007,10", ",", "7.10"],
    ["0,00", ",", "0.00"],
  ] as const)("%j with the mark %j is %s", (text, decimal, amount) => {
    expect(amountOf(text, decimal)).toBe(amount);
  });

  it.each([
    ["", "."],
    ["ten", "."],
    ["10,50", "."],
    ["10.50", ","],
    ["1,23.45", "."],
    ["1234,567.00", "."],
    ["1.234.56", "."],
    ["1,234'567.00", "."],
    ["1.234,", ","],
    [",50", ","],
    ["10.5,0", "."],
    ["-5-", "."],
    ["--5", "."],
    ["10 EUR", "."],
    ["1e3", "."],
  ] as const)("%j with the mark %j is none", (text, decimal) => {
    expect(amountOf(text, decimal)).toBeNull();
  });

  it("is read as it was written, whatever the groups and marks", () => {
    const amounts = fc.tuple(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }));
    const marks = fc.constantFrom([".", ","], [",", "."], [".", " "], [",", "'"], [".", ""], [",", ""]);
    fc.assert(
      fc.property(amounts, marks, fc.boolean(), ([whole, cents], [decimal = "", group = ""], isNegative) => {
        const fraction = String(cents).padStart(2, "0");
        const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, group);
        const sign = isNegative ? "-" : "";
        expect(amountOf(`${sign}${grouped}${decimal}${fraction}`, decimal as "." | ",")).toBe(
          `${sign}${whole}.${fraction}`,
        );
      }),
    );
  });
});

describe("a day of a bank", () => {
  it.each([
    ["2026-03-09", "yyyy-MM-dd", "2026-03-09"],
    ["09.03.2026", "dd.MM.yyyy", "2026-03-09"],
    [" 9.3.2026 ", "d.M.yyyy", "2026-03-09"],
    ["03/09/26", "MM/dd/yy", "2026-03-09"],
    ["20260309", "yyyyMMdd", "2026-03-09"],
    ["9 Mar 2026", "d MMM yyyy", "2026-03-09"],
  ])("%j by %s is %s", (text, pattern, day) => {
    expect(dateOf(text, pattern)).toBe(day);
  });

  it.each([
    ["2026-02-30", "yyyy-MM-dd"],
    ["09.03.26", "dd.MM.yyyy"],
    ["13/25/2026", "MM/dd/yyyy"],
    ["2026-03-09T00:00", "yyyy-MM-dd"],
    ["", "yyyy-MM-dd"],
  ])("%j by %s is none", (text, pattern) => {
    expect(dateOf(text, pattern)).toBeNull();
  });

  it("is written by a pattern that says which day is meant", () => {
    expect(["dd.MM.yyyy", "yyyyMMdd", "MM/dd/yy", "d MMM yyyy"].filter((pattern) => !isDatePattern(pattern))).toEqual(
      [],
    );
    expect(["MM/yyyy", "HH:mm", "DD.MM.YYYY", "n", ""].filter((pattern) => isDatePattern(pattern))).toEqual([]);
  });
});
