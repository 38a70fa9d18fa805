import { describe, expect, it } from "vitest";
import { instantOf, writtenDay } from "./instant.js";

describe("an instant that is written", () => {
  it.each([
    ["2026-12-01T00:00:00Z", "2026-12-01T00:00:00.000Z"],
    ["2026-12-01T01:30+01:30", "2026-12-01T00:00:00.000Z"],
    ["2028-02-29T23:59:59.1234567Z", "2028-02-29T23:59:59.123Z"],
  ])("%s is %s", (text, instant) => {
    expect(instantOf(text)).toBe(instant);
  });

  it.each([
    ...["2027-02-30T00:00:00Z", "2027-04-31T00:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T12:60:00Z"],
    ...["2026-12-01T00:00:00", "2026-12-01", "2200-01-01T00:00:00Z", "2199-12-31T23:59:59-01:00", "soon", ""],
  ])("is not %j", (text) => {
    expect(instantOf(text)).toBeUndefined();
  });

  it("names its day as it is written, whether there is one or not", () => {
    expect(["2027-02-30T00:00:00Z", "2026-12-01T23:00:00-02:00", "2026-12-01"].map(writtenDay)).toEqual([
      ...["2027-02-30", "2026-12-01", undefined],
    ]);
  });
});
