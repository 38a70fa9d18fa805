import { describe, expect, it } from "vitest";
import { layoutLeaving, type LeavingCost } from "./layout.js";

const cost = (on: string, fees: string, devices: string, total: string): LeavingCost => ({
  on,
  early: total !== "0.00",
  total,
  lines: [
    { description: "Internet", rowId: "internet", net: fees },
    { description: "TV set", rowId: "tv", net: devices },
  ],
});

describe("leaving by month", () => {
  it("stacks devices on fees, on one scale, down to nothing", () => {
    const bars = layoutLeaving(
      [
        cost("2020-10-31", "100.00", "40.00", "140.00"),
        cost("2020-11-30", "70.00", "0.00", "70.00"),
        { on: "2020-12-31", early: false, total: "0.00", lines: [] },
      ],
      new Set(["tv"]),
      90,
    );
    expect(bars.map(({ of, ...bar }) => ({ on: of.on, ...bar }))).toEqual([
      {
        on: "2020-10-31",
        x: 2,
        width: 26,
        parts: [
          { part: "fees", y: 58, height: 100 },
          { part: "devices", y: 18, height: 40 },
        ],
        says: true,
      },
      { on: "2020-11-30", x: 32, width: 26, parts: [{ part: "fees", y: 88, height: 70 }], says: false },
      { on: "2020-12-31", x: 62, width: 26, parts: [], says: true },
    ]);
  });

  it("draws nothing of nothing", () => {
    expect(layoutLeaving([], new Set(), 300)).toEqual([]);
    expect(layoutLeaving([{ on: "2020-12-31", early: false, total: "0.00", lines: [] }], new Set(), 300)).toEqual([
      { of: { on: "2020-12-31", early: false, total: "0.00", lines: [] }, x: 2, width: 48, parts: [], says: true },
    ]);
  });
});
