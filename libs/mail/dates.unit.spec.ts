import { describe, expect, it } from "vitest";
import { type DateFormat } from "#domain/date-format.js";
import { dateAndTimeText, dateText } from "./dates.js";

const OWN: DateFormat = { name: "OWN", date: "EEE d. MMM", time: "H'h'mm" };

describe("dates in mails", () => {
  it.each<[DateFormat, string, string]>([
    [{ name: "LANGUAGE" }, "31 October 2020", "31 October 2020 14:05"],
    [{ name: "ISO" }, "2020-10-31", "2020-10-31 14:05"],
    [{ name: "US" }, "10/31/2020", "10/31/2020 02:05 PM"],
    [{ name: "EUROPEAN" }, "31.10.2020", "31.10.2020 14:05"],
    [{ name: "DD_MM_YY" }, "31-10-20", "31-10-20 14:05"],
    [{ name: "MM_DD_YY" }, "10-31-20", "10-31-20 14:05"],
    [OWN, "Sat 31. Oct", "Sat 31. Oct 14h05"],
  ])("%o", (dates, date, dateAndTime) => {
    expect(dateText("2020-10-31", dates, "EN")).toBe(date);
    expect(dateAndTimeText("2020-10-31T13:05:00.000Z", "Europe/Rome", dates, "EN")).toBe(dateAndTime);
  });

  it("are in the customer's language", () => {
    expect(dateText("2020-10-31", { name: "LANGUAGE" }, "IT")).toBe("31 ottobre 2020");
    expect(dateText("2020-10-31", OWN, "IT")).toBe("sab 31. ott");
  });

  it.each([
    ["Pacific/Apia", "2020-11-01 03:05"],
    ["America/New_York", "2020-10-31 09:05"],
    ["Asia/Kolkata", "2020-10-31 18:35"],
  ])("are in the customer's time zone: %s", (timeZone, text) => {
    expect(dateAndTimeText("2020-10-31T13:05:00.000Z", timeZone, { name: "ISO" }, "EN")).toBe(text);
  });

  it("tell the two hours of a night when clocks go back by the same digits", () => {
    const at = (instant: string) => dateAndTimeText(instant, "Europe/Rome", { name: "EUROPEAN" }, "EN");
    expect([at("2020-10-25T00:30:00.000Z"), at("2020-10-25T01:30:00.000Z")]).toEqual([
      "25.10.2020 02:30",
      "25.10.2020 02:30",
    ]);
  });
});
