import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainWords, searchQuery } from "./ticket-filter.js";

describe("the query of a filter", () => {
  it("names the organization, and each condition in Zendesk's language", () => {
    const filter = {
      subject: "New tariff",
      status: ["NEW", "OPEN"],
      priority: ["LOW"],
      createdFrom: "2026-03-01",
      createdUntil: "2026-03-31",
      updatedFrom: "2026-03-05",
    } as const;
    expect(searchQuery("77", filter, "Europe/Berlin")).toBe(
      'type:ticket organization:77 status:new status:open priority:low subject:"New tariff" ' +
        "created>=2026-02-28T23:00:00.000Z created<2026-03-31T22:00:00.000Z updated>=2026-03-04T23:00:00.000Z",
    );
  });

  it("leaves of a text nothing but its words", () => {
    expect(plainWords('x" organization:99')).toBe("x organization 99");
    expect(plainWords("-status:new “quoted” e-mail's (a OR b) c*")).toBe("status new quoted e-mail s a OR b c");
    expect(searchQuery("77", { subject: 'x" organization:99' }, "UTC")).toBe(
      'type:ticket organization:77 subject:"x organization 99"',
    );
    expect(searchQuery("77", { subject: '":"' }, "UTC")).toBeNull();
  });

  it("is none where a list has no value: nothing is one of none", () => {
    expect([
      searchQuery("77", { status: [] }, "UTC"),
      searchQuery("77", { priority: [], subject: "New" }, "UTC"),
    ]).toEqual([null, null]);
    expect(searchQuery("77", { status: null }, "UTC")).toBe("type:ticket organization:77");
  });

  it("keeps any text inside the quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (subject) => {
        const query = searchQuery("77", { subject }, "UTC");
        expect(query === null || /^type:ticket organization:77 subject:"[^":<>]+"$/u.test(query)).toBe(true);
      }),
    );
  });
});
