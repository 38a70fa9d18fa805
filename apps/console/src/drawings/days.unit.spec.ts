import { describe, expect, it } from "vitest";
import { addDays, addMonths, dayNumber, dayText, partsOf } from "./days.js";

describe("days of drawings", () => {
  it("are counted as the calendar counts them, every day of five centuries", () => {
    const first = Date.UTC(1800, 0, 1) / 86_400_000;
    const wrong: string[] = [];
    for (let day = first; day < first + 500 * 365; day += 1) {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (dayNumber(text) !== day || dayText(day) !== text) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it("are moved by days and by months, which are clamped", () => {
    expect([addDays("2020-02-28", 2), addDays("2021-01-01", -1)]).toEqual(["2020-03-01", "2020-12-31"]);
    expect([1, 2, 13, -2].map((months) => addMonths("2021-01-31", months))).toEqual([
      "2021-02-28",
      "2021-03-31",
      "2022-02-28",
      "2020-11-30",
    ]);
    expect(partsOf("2020-10-31")).toEqual({ year: 2020, month: 10, day: 31 });
  });

  it("are nothing else than ISO dates", () => {
    expect(() => dayNumber("31.10.2020")).toThrow(new RangeError("Not a day: 31.10.2020"));
  });
});
