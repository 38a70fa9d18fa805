import { describe, expect, it } from "vitest";
import { addressLines } from "./addresses.js";
import { amountText, daysText, longDate, numberText, periodText, shortDate } from "./formats.js";

describe("amounts", () => {
  it.each([
    ["1234567.50", "EUR", "€1,234,567.50", "1.234.567,50\u00a0€"],
    ["-3.39", "EUR", "-€3.39", "-3,39\u00a0€"],
    ["1500", "JPY", "¥1,500", "1.500\u00a0JPY"],
    ["0.00", "USD", "$0.00", "0,00\u00a0USD"],
    ["-1000.500", "KWD", "-KWD\u00a01,000.500", "-1.000,500\u00a0KWD"],
  ])("%s %s is %s and %s", (amount, currency, english, italian) => {
    expect(amountText(amount, currency, "EN")).toBe(english);
    expect(amountText(amount, currency, "IT")).toBe(italian);
  });

  it("keep the decimals that they have", () => {
    expect(numberText("999", "EN")).toBe("999");
    expect(numberText("-1000.1234", "IT")).toBe("-1.000,1234");
  });
});

describe("dates", () => {
  const plain = { pattern: null };

  it("are written as the language does, or by a pattern", () => {
    expect(longDate("2020-10-01", plain, "EN")).toBe("1 October 2020");
    expect(longDate("2020-10-01", plain, "IT")).toBe("1 ottobre 2020");
    expect(shortDate("2020-10-31", plain, "EN")).toBe("31 Oct 2020");
    expect(longDate("2020-10-01", { pattern: "dd.MM.yyyy" }, "EN")).toBe("01.10.2020");
  });

  it.each([
    ["2020-10-01", "2020-10-31", "1–31 Oct 2020", "01.10.2020 – 31.10.2020"],
    ["2020-10-15", "2020-11-14", "15 Oct – 14 Nov 2020", "15.10.2020 – 14.11.2020"],
    ["2020-12-15", "2021-01-14", "15 Dec 2020 – 14 Jan 2021", "15.12.2020 – 14.01.2021"],
    ["2020-10-31", "2020-10-31", "31 Oct 2020", "31.10.2020"],
  ])("from %s until %s are %s or %s", (from, until, text, byPattern) => {
    expect(daysText({ from, until }, plain, "EN")).toBe(text);
    expect(daysText({ from, until }, { pattern: "dd.MM.yyyy" }, "EN")).toBe(byPattern);
  });

  it("of a calendar month are the month", () => {
    const period = (from: string, until: string) => periodText({ from, until }, plain, "IT");
    expect(period("2020-02-01", "2020-02-29")).toBe("febbraio 2020");
    expect(period("2020-02-01", "2020-02-28")).toBe("1–28 feb 2020");
    expect(period("2020-01-01", "2020-12-31")).toBe("1 gen – 31 dic 2020");
  });
});

describe("an address", () => {
  const madrid = {
    street: "Calle 7",
    addition: null,
    postalCode: "28014",
    city: "Madrid",
    region: null,
    country: "ES",
  };

  it("names the country to letters from abroad only, in the language of the document", () => {
    expect(addressLines(madrid, "IT", "EN")).toEqual(["Calle 7", "28014 Madrid", "SPAIN"]);
    expect(addressLines(madrid, "IT", "IT")).toEqual(["Calle 7", "28014 Madrid", "SPAGNA"]);
    expect(addressLines(madrid, "ES", "EN")).toEqual(["Calle 7", "28014 Madrid"]);
  });

  it("has the postal code where the country has it", () => {
    const boston = {
      street: "1 Main St",
      addition: null,
      postalCode: "02110",
      city: "Boston",
      region: "MA",
      country: "US",
    };
    expect(addressLines(boston, "US", "EN")).toEqual(["1 Main St", "Boston, MA 02110"]);
    const milan = {
      street: "Via Torino 1",
      addition: null,
      postalCode: "20123",
      city: "Milano",
      region: "MI",
      country: "IT",
    };
    expect(addressLines(milan, "IT", "IT")).toEqual(["Via Torino 1", "20123 Milano (MI)"]);
    expect(addressLines({ ...milan, postalCode: null, city: null, region: null }, "IT", "EN")).toEqual([
      "Via Torino 1",
    ]);
  });
});
