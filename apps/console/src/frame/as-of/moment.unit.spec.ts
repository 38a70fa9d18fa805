import { describe, expect, it } from "vitest";
import { momentOf, pathAsOf, readMoment, takeMomentAlong } from "./moment.js";

describe("the moment of an address", () => {
  it("is now without one, a day, a point in time, or both", () => {
    const instant = "2020-11-05T13:00:00.000Z";
    expect(
      [
        {},
        { asOf: "2020-10-31" },
        { knownAt: "2020-11-05T13:00Z" },
        { asOf: "2020-10-31", knownAt: "2020-11-05T14:00:00+01:00" },
      ].map(momentOf),
    ).toEqual([
      null,
      { day: "2020-10-31", knownAt: null },
      { day: null, knownAt: instant },
      { day: "2020-10-31", knownAt: instant },
    ]);
  });

  it.each(["2020-02-30", "2020-2-3", "31.10.2020", "yesterday", "2020", "2020-10-31T12:00:00Z"])(
    "is none by the day %s",
    (text) => {
      expect(momentOf({ asOf: text, knownAt: "2020-11-05T13:00:00Z" })).toEqual({ wrong: "asOf", text });
    },
  );

  it.each(["2020-11-05", "2020-11-05T13:00", "2020-02-30T13:00:00Z", "2020-11-05T25:00:00Z", "now"])(
    "is none by the point in time %s",
    (text) => {
      expect(momentOf({ asOf: "2020-10-31", knownAt: text })).toEqual({ wrong: "knownAt", text });
    },
  );

  it("is read as text, whatever the router makes of it, and blanks are none", () => {
    expect(readMoment({ asOf: 2020, knownAt: " ", day: "2020-10-31" })).toEqual({ asOf: "2020" });
    expect(readMoment({ asOf: { a: 1 }, knownAt: true })).toEqual({});
  });
});

describe("links", () => {
  const moment = { asOf: "2020-10-31", knownAt: "2020-11-05T13:00:00.000Z" };

  it("to pages with a past take the moment along", () => {
    expect(pathAsOf("/accounts/1", moment)).toBe("/accounts/1?asOf=2020-10-31&knownAt=2020-11-05T13%3A00%3A00.000Z");
    expect(pathAsOf("/customers/1?tab=invoices", { asOf: "2020-10-31" })).toBe(
      "/customers/1?tab=invoices&asOf=2020-10-31",
    );
    expect(pathAsOf("/invoices/1?line=2&asOf=2020-01-01&knownAt=x", { asOf: "2020-10-31" })).toBe(
      "/invoices/1?line=2&asOf=2020-10-31",
    );
    expect(pathAsOf("/invoices/1?line=2&asOf=2020-01-01&knownAt=x", {})).toBe("/invoices/1?line=2");
  });

  it("to all other pages do not", () => {
    const others = ["/", "/customers", "/customers/new", "/customers/1/tickets", "/calls?account=1", "/tariffs/1"];
    expect(others.map((path) => pathAsOf(path, moment))).toEqual(others);
  });

  it("of the router keep the moment, unless they have their own or none", () => {
    const search = { ...moment, tab: "invoices" };
    const linked = (own: object) => takeMomentAlong<object>({ search, next: () => own });
    expect(linked({})).toEqual(moment);
    expect(linked({ line: 2 })).toEqual({ ...moment, line: 2 });
    expect(linked({ asOf: "2020-01-01" })).toEqual({ ...moment, asOf: "2020-01-01" });
    expect(linked({ asOf: undefined, knownAt: undefined })).toEqual({ asOf: undefined, knownAt: undefined });
  });
});
