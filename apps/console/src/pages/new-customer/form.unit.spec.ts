import { describe, expect, it } from "vitest";
import { another, formLike, inputOf } from "./form.js";

const EMPTY = formLike(undefined);

describe("the form of a new customer", () => {
  it("asks for nothing before credit limit, name and currency are there", () => {
    const complete = { ...EMPTY, name: " John Doe ", currency: "usd" };
    expect(inputOf(EMPTY)).toBeNull();
    expect(inputOf({ ...complete, creditLimit: null })).toBeNull();
    expect(inputOf({ ...complete, name: "  " })).toBeNull();
    expect(inputOf(complete)).toEqual({
      ...{ creditLimit: "0.00", currency: "USD", contact: { name: "John Doe" } },
      ...{ billingPeriod: "MONTHLY", timeZone: "UTC" },
    });
  });

  it("begins with the currency and the zone of the newest customer", () => {
    expect(formLike({ currency: "EUR", timeZone: "Europe/Rome" })).toEqual({
      ...EMPTY,
      ...{ currency: "EUR", timeZone: "Europe/Rome" },
    });
  });

  it("gives a day of the month with billing from that day only", () => {
    const form = { ...EMPTY, name: "John Doe", currency: "USD", anniversaryDay: 15 };
    expect(inputOf(form)).not.toHaveProperty("anniversaryDay");
    expect(inputOf({ ...form, billingPeriod: "MONTHLY_ANNIVERSARY" })).toMatchObject({ anniversaryDay: 15 });
  });

  it("keeps for another one what is likely the same, and nothing of who it was", () => {
    const first = { ...EMPTY, name: "John Doe", email: "john@example.org", creditLimit: "50.00", currency: "EUR" };
    expect(another({ ...first, timeZone: "Europe/Rome" })).toEqual({
      ...EMPTY,
      ...{ currency: "EUR", timeZone: "Europe/Rome" },
    });
  });
});
