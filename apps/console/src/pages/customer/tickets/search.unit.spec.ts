import { describe, expect, it } from "vitest";
import { askedOf, firstOfMonths, readTicketsSearch, searchOf, viewOf } from "./search.js";

const KEPT = { status: "UNSOLVED", sort: "UPDATED" } as const;

describe("the address of a customer's tickets", () => {
  it("is read whatever it is", () => {
    expect(readTicketsSearch({ number: 3, status: "SOLVED", createdFrom: "2026-03-01", sort: "CREATED" })).toEqual({
      ...{ number: "3", status: "SOLVED", createdFrom: "2026-03-01" },
    });
    expect(readTicketsSearch({ status: "x", priority: 1, createdUntil: "soon", months: 7, ascending: "yes" })).toEqual(
      {},
    );
    expect(readTicketsSearch({ months: 12, ascending: true, all: true })).toEqual({ months: 12, ascending: true });
  });

  it("shows what the user keeps as his default where it says nothing", () => {
    expect(viewOf({}, KEPT)).toEqual(KEPT);
    expect(viewOf({ months: 12 }, KEPT)).toEqual(KEPT);
    expect(viewOf({ all: true }, KEPT)).toEqual({});
    expect(viewOf({ subject: "invoice" }, KEPT)).toEqual({ subject: "invoice" });
  });

  it("leads back to the view that it was made of", () => {
    for (const view of [{}, KEPT, { ...KEPT, subject: "invoice" }, { ascending: true }]) {
      for (const kept of [{}, KEPT]) {
        const search = searchOf(view, kept, undefined);
        expect(viewOf(readTicketsSearch({ ...search }), kept)).toEqual(view);
      }
    }
    expect(searchOf(KEPT, KEPT, 24)).toEqual({ months: 24 });
    expect(searchOf({}, KEPT, undefined)).toEqual({ all: true });
  });
});

describe("a view", () => {
  it("is asked for as the API names it", () => {
    expect(askedOf({})).toEqual({ filter: {}, sort: { by: "CREATED", direction: "DESC" } });
    expect(askedOf({ status: "UNSOLVED", priority: "HIGH", number: "3", sort: "STATUS", ascending: true })).toEqual({
      filter: { number: "3", priority: ["HIGH"], status: ["NEW", "OPEN", "PENDING", "HOLD"] },
      sort: { by: "STATUS", direction: "ASC" },
    });
  });
});

it("months go back over the turn of the year", () => {
  expect([firstOfMonths("2026-03-15", 3), firstOfMonths("2026-03-15", 6), firstOfMonths("2026-12-31", 24)]).toEqual([
    ...["2026-01-01", "2025-10-01", "2025-01-01"],
  ]);
});
