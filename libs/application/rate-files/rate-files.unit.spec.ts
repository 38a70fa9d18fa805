import { describe, expect, it } from "vitest";
import { Rejection } from "#domain/rejection.js";
import { changesAhead } from "#domain/voice/rates.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { partsOf } from "./parts.js";
import { readRates, requireNoMistakes, withRates } from "./read.js";
import { rateFileOf } from "./write.js";

const rate = (description: string): RateVersion => ({
  ...{ prefix: "39", description, country: "IT", effectiveFrom: "2026-12-01T00:00:00.000Z" },
  ...{ priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01", firstInterval: 30, nextInterval: 6 },
  ...{ discontinued: false, forbidden: true, hidden: false, payback: false },
});

describe("a file of rates", () => {
  it("comes back as it was written, whatever its descriptions begin with", () => {
    const descriptions = ["Italy", "=1+1", "'=1+1", "''-1", "'Italy", '"Italy", mobile'];
    const { rows, mistakes } = readRates({ csv: rateFileOf(descriptions.map(rate)) });
    expect(mistakes).toEqual([]);
    expect(rows.map((row) => row.rate.description)).toEqual(descriptions);
  });

  it("is the same in parts, also where cells have line breaks of two characters", () => {
    const lines = Array.from({ length: 1_100 }, (_, at) => `${at},"Line\r\nbreak",0.06,0.06`);
    const csv = ["prefix,description,priceFirst,priceNext", ...lines, "x39,,0.06", ""].join("\r\n");
    const parts = partsOf(csv);
    expect(parts.map(({ firstLine }) => firstLine)).toEqual([2, 2_002]);
    const read = parts.map(readRates);
    expect(read.flatMap(({ rows }) => rows.map(({ line, rate: { prefix } }) => [line, prefix]))).toEqual(
      lines.map((_, at) => [2 + 2 * at, String(at)]),
    );
    expect(read.flatMap(({ mistakes }) => mistakes)).toEqual([
      {
        ...{ line: 2_202, column: null, code: "VALIDATION_FAILED" },
        message: "It has 3 cells where the line of names has 4.",
        facts: { case: "CELLS_UNLIKE_NAMES", cells: "3", names: "4" },
      },
    ]);
  });

  it("has no days and times that there are not", () => {
    const instants = ["2027-02-30T00:00:00Z", "2026-12-01T24:00:00Z"];
    const rows = instants.map((effectiveFrom) => `39,0.06,0.06,${effectiveFrom}`);
    const { mistakes } = readRates({ csv: ["prefix,priceFirst,priceNext,effectiveFrom", ...rows].join("\n") });
    expect(mistakes).toEqual(
      instants.map((text, at) => ({
        ...{ line: at + 2, column: "effectiveFrom", code: "VALIDATION_FAILED" },
        message: `effectiveFrom "${text}" is not an instant such as 2026-12-01T00:00:00Z.`,
        facts: { case: "CELL_NO_INSTANT", text },
      })),
    );
  });

  it("tells each mistake by its line, its column and its case", () => {
    const casesIn = (csv: string) =>
      readRates({ csv }).mistakes.map(({ line, column, facts }) => [line, column, facts]);
    expect(casesIn("")).toEqual([[1, null, { case: "FILE_EMPTY" }]]);
    expect(casesIn("prefix,priceFirst,priceNext")).toEqual([[1, null, { case: "FILE_WITHOUT_RATES" }]]);
    expect(casesIn('prefix,priceFirst,priceNext\n"39,0.06,0.06')).toEqual([[2, null, { case: "QUOTE_NOT_CLOSED" }]]);
    expect(casesIn('prefix,priceFirst,priceNext\n"39"0,0.06,0.06')).toEqual([[2, null, { case: "QUOTE_MISPLACED" }]]);
    const columns =
      "prefix, description, country, effectiveFrom, priceFirst, priceNext, connectFee, firstInterval, nextInterval, discontinued, forbidden, hidden, payback";
    expect(casesIn("prefix,priceFirst,Prefix,cost")).toEqual([
      [1, null, { case: "COLUMN_MISSING", name: "priceNext" }],
      [1, null, { case: "COLUMN_TWICE", name: "Prefix" }],
      [1, null, { case: "COLUMN_UNKNOWN", name: "cost", columns }],
    ]);
    expect(casesIn("prefix,priceFirst,priceNext,firstInterval,hidden\n39,,6 ct,x,maybe")).toEqual([
      [2, "priceFirst", { case: "CELL_EMPTY" }],
      [2, "priceNext", { case: "CELL_NO_AMOUNT", text: "6 ct" }],
      [2, "firstInterval", { case: "CELL_NO_NUMBER", text: "x" }],
      [2, "hidden", { case: "CELL_NO_FLAG", text: "maybe" }],
    ]);
  });

  it("is refused by what is wrong with its rates, too, each at its line", () => {
    const file = readRates({ csv: "prefix,priceFirst,priceNext,country\n39,0.06,x,\n+39,-1,0.06,XX\n1,0.06,0.06," });
    const now = "2026-12-01T00:00:00.000Z";
    const { mistakes } = withRates(file, now, (rates) => changesAhead(rates, { hasCalls: false, known: [] }, now));
    const told = [
      ["VALIDATION_FAILED", 'Line 2: priceNext "x" is not an amount such as 0.06.', "CELL_NO_AMOUNT", "priceNext"],
      ["VALIDATION_FAILED", 'Line 3: The prefix "+39" has other characters than digits.', "DIGITS_ONLY", "prefix"],
      ["VALIDATION_FAILED", "Line 3: XX is not an ISO 3166-1 code of two letters.", "NO_COUNTRY", "country"],
      ["VALIDATION_FAILED", 'Line 3: "-1" is not a decimal amount such as "0.06".', "NO_PRICE", "priceFirst"],
    ];
    let refused: unknown;
    try {
      requireNoMistakes(mistakes);
    } catch (error) {
      refused = error;
    }
    const all = refused instanceof Rejection ? [refused, ...refused.also] : [];
    expect(all.map(({ code, message, facts }) => [code, message, facts?.case, facts?.column])).toEqual(told);
    expect(all.map(({ facts }) => facts?.line)).toEqual(["2", "3", "3", "3"]);
  });
});
