import { describe, expect, it } from "vitest";
import { layoutCalls } from "./layout.js";

describe("the drawing of calls by day", () => {
  it("has a bar for each day, as high as it has calls, those without an amount on top", () => {
    const { scale, bars } = layoutCalls(
      [
        { day: "2020-08-01", rated: 9, unrated: 0 },
        { day: "2020-08-03", rated: 0, unrated: 3 },
        { day: "2020-08-10", rated: 900, unrated: 100 },
      ],
      124,
    );
    expect([scale.from, scale.until]).toEqual(["2020-08-01", "2020-08-10"]);
    expect(bars.map(({ x, width, rated, unrated }) => [x, width, rated, unrated])).toEqual([
      [13, 8, { y: 116, height: 2 }, { y: 116, height: 0 }],
      [33, 8, { y: 118, height: 0 }, { y: 116, height: 2 }],
      [103, 8, { y: 37, height: 81 }, { y: 28, height: 9 }],
    ]);
  });

  it("has a week at least", () => {
    const { scale, bars } = layoutCalls([{ day: "2020-08-01", rated: 1, unrated: 0 }], 724);
    expect([scale.until, bars[0]?.width]).toEqual(["2020-08-07", 28]);
  });
});
