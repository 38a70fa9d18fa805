import { describe, expect, it } from "vitest";
import { type CountingClose, decisive } from "./running.js";

const close = (accountId: string, periodFrom: string, periodUntil: string): CountingClose => ({
  ...{ providerId: "p", accountId, periodFrom, periodUntil },
});

describe("closes that decide what runs", () => {
  it("are the last ones of their accounts, all at once", () => {
    const closes = [
      close("a", "2030-01-01", "2030-01-31"),
      close("b", "2030-01-01", "2030-01-31"),
      close("a", "2030-02-01", "2030-02-28"),
    ];
    expect(decisive(closes)).toEqual([[closes[2], closes[1]]]);
  });

  it("are also earlier ones of an account whose period ends later, in their order", () => {
    const closes = [
      close("a", "2030-02-01", "2030-02-28"),
      close("b", "2030-01-01", "2030-01-31"),
      close("a", "2030-01-01", "2030-01-31"),
    ];
    expect(decisive(closes)).toEqual([[closes[0], closes[1]], [closes[2]]]);
  });
});
