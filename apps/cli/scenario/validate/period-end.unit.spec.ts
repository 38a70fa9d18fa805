import { describe, expect, it } from "vitest";
import { periodEnd } from "./period-end.js";

describe("the end of a monthly billing period", () => {
  it.each([
    [1, "2020-08-01", "2020-09-01"],
    [1, "2020-08-31", "2020-09-01"],
    [1, "2020-12-31", "2021-01-01"],
    [15, "2020-08-14", "2020-08-15"],
    [15, "2020-08-15", "2020-09-15"],
    [15, "2020-12-15", "2021-01-15"],
    [15, "2021-01-14", "2021-01-15"],
    // In short months on their last day, and on the 31st again where there is one.
    [31, "2021-01-30", "2021-01-31"],
    [31, "2021-01-31", "2021-02-28"],
    [31, "2021-02-28", "2021-03-31"],
    [31, "2020-02-28", "2020-02-29"],
    [31, "2020-12-31", "2021-01-31"],
    [30, "2020-02-29", "2020-03-30"],
  ])("starting on day %d, on %s, is %s", (startDay, on, end) => {
    expect(periodEnd(startDay, on)).toBe(end);
  });
});
