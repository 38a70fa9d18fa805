import Big from "big.js";
import { describe, expect, it } from "vitest";
import { allocate, format, minorUnits, parseAmount, round, type RoundingMode, sum } from "./money.js";
import { rejectionOf } from "./spec-support/given.js";

const exact = (amount: string, days: number, of: number) => new Big(amount).times(days.toString()).div(of.toString());

describe("minor units", () => {
  it.each([
    ["JPY", 0],
    ["USD", 2],
    ["EUR", 2],
    ["KWD", 3],
    ["ISK", 0],
    ["HUF", 2],
    ["TWD", 2],
    ["IQD", 3],
    ["UGX", 0],
    ["CLF", 4],
    ["UYW", 4],
    ["ZWG", 2],
    ["XCG", 2],
    ["XOF", 0],
  ])("%s has %d decimals, as ISO 4217 says", (currency, digits) => {
    expect(minorUnits(currency)).toBe(digits);
  });

  it.each(["XYZ", "usd", "US", "", "XAU", "XXX", "DEM", "constructor"])("%j is no currency", (currency) => {
    expect(rejectionOf(() => minorUnits(currency))).toEqual({ code: "VALIDATION_FAILED", field: "currency" });
  });
});

describe("an amount that was typed", () => {
  it.each([
    ["15", "USD", "15.00"],
    ["15.5", "USD", "15.50"],
    ["15.5000", "USD", "15.50"],
    ["0", "USD", "0.00"],
    ["-0.00", "USD", "0.00"],
    ["1500.000", "JPY", "1500"],
    ["1.5", "KWD", "1.500"],
    ["999999999999999.99", "USD", "999999999999999.99"],
  ])("%s %s reads as %s", (text, currency, amount) => {
    expect(parseAmount(text, currency)).toBe(amount);
  });

  it.each([
    ["15.001", "USD"],
    ["0.5", "JPY"],
    ["1.2345", "KWD"],
    ["-0.01", "USD"],
    ["-1", "JPY"],
  ])("%s %s is refused: too fine or negative", (text, currency) => {
    expect(rejectionOf(() => parseAmount(text, currency, "fee"))).toEqual({ code: "INVALID_AMOUNT", field: "fee" });
  });

  it.each([
    "",
    " ",
    "abc",
    "1,5",
    "1e3",
    "+1",
    ".5",
    "5.",
    "01",
    "0x10",
    "Infinity",
    "NaN",
    "1 000",
    "1000000000000000",
  ])("%j is no amount", (text) => {
    expect(rejectionOf(() => parseAmount(text, "USD", "fee"))).toEqual({ code: "VALIDATION_FAILED", field: "fee" });
    expect(rejectionOf(() => parseAmount(text, "USD"))).toEqual({ code: "VALIDATION_FAILED", field: undefined });
  });
});

describe("rounding", () => {
  it.each<[RoundingMode, string, string]>([
    ["HALF_UP", "0.025", "0.03"],
    ["HALF_UP", "0.0249", "0.02"],
    ["HALF_UP", "-0.025", "-0.03"],
    ["HALF_EVEN", "0.025", "0.02"],
    ["HALF_EVEN", "0.035", "0.04"],
    ["HALF_EVEN", "0.0251", "0.03"],
    ["UP", "0.0201", "0.03"],
    ["UP", "0.02", "0.02"],
    ["UP", "-0.0201", "-0.03"],
  ])("%s makes %s USD %s", (mode, amount, rounded) => {
    expect(format(round(new Big(amount), "USD", mode), "USD")).toBe(rounded);
  });

  it("goes to the minor unit of the currency", () => {
    expect(format(round(new Big("967.74"), "JPY", "HALF_UP"), "JPY")).toBe("968");
    expect(format(round(new Big("4.83871"), "KWD", "HALF_UP"), "KWD")).toBe("4.839");
  });
});

it("a binary float is refused", () => {
  expect(() => new Big(0.1 as unknown as string)).toThrow();
});

describe("allocating a rounded total", () => {
  const split = (total: string, shares: Big[], currency = "USD") =>
    allocate(new Big(total), shares, currency).map((part) => format(part, currency));

  it("splits 19 days of 31 of 20.00 - 5.00 into 7 and 12", () => {
    expect(split("12.26", [exact("20.00", 7, 31), exact("20.00", 12, 31)])).toEqual(["4.52", "7.74"]);
    expect(split("3.06", [exact("5.00", 7, 31), exact("5.00", 12, 31)])).toEqual(["1.13", "1.93"]);
  });

  it("gives the unit left to the largest remainder, wherever that stands", () => {
    expect(split("1.00", [new Big("0.333"), new Big("0.334"), new Big("0.333")])).toEqual(["0.33", "0.34", "0.33"]);
    expect(split("0.02", [new Big("0.004"), new Big("0.008"), new Big("0.006")])).toEqual(["0.00", "0.01", "0.01"]);
  });

  it("gives it to the earlier of equal remainders", () => {
    const third = exact("0.10", 10, 30);
    expect(split("0.10", [third, third, third])).toEqual(["0.04", "0.03", "0.03"]);
    expect(split("0.03", [new Big("0.015"), new Big("0.015")])).toEqual(["0.02", "0.01"]);
  });

  it("works in whole yen and in fils", () => {
    expect(split("10", [exact("10", 1, 3), exact("10", 1, 3), exact("10", 1, 3)], "JPY")).toEqual(["4", "3", "3"]);
    expect(split("0.001", [new Big("0.0004"), new Big("0.0005")], "KWD")).toEqual(["0.000", "0.001"]);
  });

  it("of nothing is nothing", () => {
    expect(split("0.00", [])).toEqual([]);
    expect(format(sum([]), "USD")).toBe("0.00");
  });
});
