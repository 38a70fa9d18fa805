import { describe, expect, it } from "vitest";
import { dayScale, ticksOf } from "./scale.js";

describe("the scale of a drawing", () => {
  it("gives each day its place and finds it again", () => {
    const scale = dayScale("2020-01-01", "2020-01-10", 124);
    expect([scale.x("2020-01-01"), scale.end("2020-01-01"), scale.end("2020-01-10")]).toEqual([12, 22, 112]);
    expect([-5, 12, 21.9, 22, 500].map(scale.dayAt)).toEqual([
      "2020-01-01",
      "2020-01-01",
      "2020-01-01",
      "2020-01-02",
      "2020-01-10",
    ]);
  });

  it("marks months, quarters or years, as there is room", () => {
    const shown = (until: string, width: number) =>
      ticksOf(dayScale("2020-08-15", until, width)).map(({ day, says }) => `${day} ${says}`);
    expect(shown("2020-12-31", 400)).toEqual([
      "2020-09-01 month",
      "2020-10-01 month",
      "2020-11-01 month",
      "2020-12-01 month",
    ]);
    expect(shown("2021-12-31", 400)).toEqual([
      "2020-10-01 month",
      "2021-01-01 year",
      "2021-04-01 month",
      "2021-07-01 month",
      "2021-10-01 month",
    ]);
    expect(shown("2029-12-31", 400)).toEqual([
      "2022-01-01 year",
      "2024-01-01 year",
      "2026-01-01 year",
      "2028-01-01 year",
    ]);
    expect(shown("2020-08-19", 400)).toEqual([
      "2020-08-15 day",
      "2020-08-16 day",
      "2020-08-17 day",
      "2020-08-18 day",
      "2020-08-19 day",
    ]);
  });
});
