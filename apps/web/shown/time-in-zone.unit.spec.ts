import { describe, expect, it } from "vitest";
import { instantIn, timeIn, timeOf } from "./time-in-zone.js";

describe("a time of day", () => {
  it("is that of the zone's clocks", () => {
    const zones = ["UTC", "Europe/Rome", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"];
    expect(zones.map((zone) => timeIn(zone, "2020-10-31T13:05:00Z"))).toEqual([
      ...["13:05", "14:05", "06:05", "03:05", "18:50"],
    ]);
    expect(timeIn("Europe/Rome", "2020-10-31T13:05:30.500Z")).toBe("14:05:30");
  });

  it("is typed with a colon or a point", () => {
    expect(["14:05", " 9.30 ", "0:00", "23:59:59", "9:30:00"].map(timeOf)).toEqual([
      ...["14:05", "09:30", "00:00", "23:59:59", "09:30"],
    ]);
    expect(["", "24:00", "12:60", "12:5", "1205", "noon", "12:00:60"].filter((typed) => timeOf(typed))).toEqual([]);
  });
});

describe("the point in time of a day and a time", () => {
  it.each([
    ["UTC", "2020-10-31", "14:05", "2020-10-31T14:05:00.000Z"],
    ["Europe/Rome", "2020-10-31", "14:05", "2020-10-31T13:05:00.000Z"],
    ["Europe/Rome", "2020-07-31", "00:00", "2020-07-30T22:00:00.000Z"],
    ["Pacific/Kiritimati", "2020-01-01", "00:00:30", "2019-12-31T10:00:30.000Z"],
    // Shown twice, and left out.
    ["Europe/Rome", "2020-10-25", "02:30", "2020-10-25T00:30:00.000Z"],
    ["Europe/Rome", "2020-10-25", "03:00", "2020-10-25T02:00:00.000Z"],
    ["Europe/Rome", "2020-03-29", "02:30", "2020-03-29T01:30:00.000Z"],
    ["Europe/Rome", "2020-03-29", "03:00", "2020-03-29T01:00:00.000Z"],
    ["America/New_York", "2020-11-01", "01:30", "2020-11-01T05:30:00.000Z"],
    // A day that the clocks left out.
    ["Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T22:00:00.000Z"],
  ])("in %s, %s %s", (zone, day, time, instant) => {
    expect(instantIn(zone, day, time)).toBe(instant);
  });
});
