import { describe, expect, it } from "vitest";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { partsOf } from "./parts.js";
import { readRates } from "./read.js";
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
      { line: 2_202, code: "VALIDATION_FAILED", message: "It has 3 cells where the line of names has 4." },
    ]);
  });

  it("has no days and times that there are not", () => {
    const instants = ["2027-02-30T00:00:00Z", "2026-12-01T24:00:00Z"];
    const rows = instants.map((effectiveFrom) => `39,0.06,0.06,${effectiveFrom}`);
    const { mistakes } = readRates({ csv: ["prefix,priceFirst,priceNext,effectiveFrom", ...rows].join("\n") });
    expect(mistakes).toEqual(
      instants.map((text, at) => ({
        ...{ line: at + 2, code: "VALIDATION_FAILED" },
        message: `effectiveFrom "${text}" is not an instant such as 2026-12-01T00:00:00Z.`,
      })),
    );
  });
});
