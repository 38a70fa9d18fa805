import { describe, expect, it } from "vitest";
import { csvHeader, csvRow } from "./csv.js";

const columns = { customer: "TEXT", amount: "AMOUNT", on: "DATE", lines: "COUNT" } as const;
const rowOf = (customer: string | null, amount: string | null = "1.00") =>
  csvRow(columns, { customer, amount, on: "2021-01-31", lines: 2 });

describe("a CSV file", () => {
  it("names its columns, and ends lines as RFC 4180 does", () => {
    expect(csvHeader(columns)).toBe("customer,amount,on,lines\r\n");
    expect(rowOf("Ann")).toBe("Ann,1.00,2021-01-31,2\r\n");
    expect(rowOf(null, null)).toBe(",,2021-01-31,2\r\n");
  });

  it("quotes what holds commas, quotes and ends of lines", () => {
    expect(rowOf('Ann "Nan" Doe, Inc.\nRome')).toBe('"Ann ""Nan"" Doe, Inc.\nRome",1.00,2021-01-31,2\r\n');
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+39 02 1234", "'+39 02 1234"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", '"\'\rx"'],
    ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
  ])("makes text that begins a formula harmless: %j", (text, written) => {
    expect(rowOf(text)).toBe(`${written},1.00,2021-01-31,2\r\n`);
  });

  it("leaves amounts alone, those below zero too, and text that only contains such characters", () => {
    expect(rowOf("a=b+c-d@e", "-399.99")).toBe("a=b+c-d@e,-399.99,2021-01-31,2\r\n");
  });
});
