import { describe, expect, it } from "vitest";
import { atTime, dateOf, isTimeZone, noon, startOfDay } from "./calendar.js";

describe("a time zone", () => {
  it.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+12"])("can be %s", (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  it.each(["", "+02:00", "-05:00", "Mars/Olympus", "Europe"])("cannot be %j", (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});

describe("the start of a day", () => {
  it.each([
    ["2020-08-01", "UTC", "2020-08-01T00:00:00.000Z"],
    ["2020-08-01", "Europe/Berlin", "2020-07-31T22:00:00.000Z"],
    ["2020-08-01", "America/Vancouver", "2020-08-01T07:00:00.000Z"],
    ["2020-08-01", "Asia/Kathmandu", "2020-07-31T18:15:00.000Z"],
    ["2020-08-01", "Pacific/Kiritimati", "2020-07-31T10:00:00.000Z"],
    ["2020-08-01", "Etc/GMT+12", "2020-08-01T12:00:00.000Z"],
  ])("%s in %s is %s", (date, zone, instant) => {
    expect(startOfDay(date, zone)).toBe(instant);
  });

  it.each([
    ["2017-10-15", "America/Sao_Paulo", "2017-10-15T03:00:00.000Z"],
    ["2019-09-08", "America/Santiago", "2019-09-08T04:00:00.000Z"],
    ["2021-03-28", "Asia/Beirut", "2021-03-27T22:00:00.000Z"],
    ["2023-04-28", "Africa/Cairo", "2023-04-27T22:00:00.000Z"],
  ])("%s in %s, where clocks skip midnight, is its first moment, 01:00", (date, zone, instant) => {
    expect(startOfDay(date, zone)).toBe(instant);
    expect(dateOf(new Date(Date.parse(instant) - 1).toISOString(), zone) < date).toBe(true);
  });

  it.each([
    ["2017-02-19", "America/Sao_Paulo", "2017-02-19T03:00:00.000Z"],
    ["2019-04-07", "America/Santiago", "2019-04-07T04:00:00.000Z"],
  ])("%s in %s, where clocks fall back at midnight, is after the hour that came twice", (date, zone, instant) => {
    expect(startOfDay(date, zone)).toBe(instant);
  });

  it("a skipped date starts with the next one", () => {
    expect(startOfDay("2011-12-29", "Pacific/Apia")).toBe("2011-12-29T10:00:00.000Z");
    expect(startOfDay("2011-12-30", "Pacific/Apia")).toBe("2011-12-30T10:00:00.000Z");
    expect(startOfDay("2011-12-31", "Pacific/Apia")).toBe("2011-12-30T10:00:00.000Z");
  });
});

describe("noon", () => {
  it.each([
    ["2020-08-01", "UTC", "2020-08-01T12:00:00.000Z"],
    ["2021-03-28", "Europe/Berlin", "2021-03-28T10:00:00.000Z"],
    ["2021-10-31", "Europe/Berlin", "2021-10-31T11:00:00.000Z"],
    ["2017-10-15", "America/Sao_Paulo", "2017-10-15T14:00:00.000Z"],
    ["2023-04-28", "Africa/Cairo", "2023-04-28T09:00:00.000Z"],
    ["2020-08-01", "Asia/Kathmandu", "2020-08-01T06:15:00.000Z"],
  ])("of %s in %s is %s, on days of clock changes too", (date, zone, instant) => {
    expect(noon(date, zone)).toBe(instant);
  });

  it("of a skipped date is the next one's", () => {
    expect(noon("2011-12-30", "Pacific/Apia")).toBe("2011-12-30T22:00:00.000Z");
    expect(noon("2011-12-31", "Pacific/Apia")).toBe("2011-12-30T22:00:00.000Z");
    expect(noon("2011-12-29", "Pacific/Apia")).toBe("2011-12-29T22:00:00.000Z");
  });
});

it("the date of an instant is that of the zone's wall", () => {
  expect(dateOf("2020-08-01T06:59:59.999Z", "America/Vancouver")).toBe("2020-07-31");
  expect(dateOf("2020-08-01T07:00:00.000Z", "America/Vancouver")).toBe("2020-08-01");
  expect(dateOf("2020-07-31T10:00:00.000Z", "Pacific/Kiritimati")).toBe("2020-08-01");
});

describe("a time of a date", () => {
  const HALF_PAST_TWO = (2 * 60 + 30) * 60;
  it.each([
    ["2020-10-24", HALF_PAST_TWO, "2020-10-24T00:30:00.000Z"],
    ["2020-10-25", HALF_PAST_TWO, "2020-10-25T00:30:00.000Z"],
    ["2020-10-25", HALF_PAST_TWO + 3600, "2020-10-25T02:30:00.000Z"],
    ["2020-03-29", HALF_PAST_TWO, "2020-03-29T01:30:00.000Z"],
    ["2020-03-29", HALF_PAST_TWO + 3600, "2020-03-29T01:30:00.000Z"],
    ["2020-10-31", 86_390, "2020-10-31T22:59:50.000Z"],
  ])(
    "%s, %i s after midnight by the clocks of Berlin, is %s: the first, or as much later as clocks skip",
    (date, seconds, instant) => {
      expect(atTime(date, seconds, "Europe/Berlin")).toBe(instant);
    },
  );
});
