import { describe, expect, it } from "vitest";
import { rateChanges } from "./rate-changes.js";
import { type RateVersion } from "./rate-version.js";

const [PAST, NOW, LATER] = ["2020-01-01T00:00:00.000Z", "2020-07-01T00:00:00.000Z", "2020-08-01T00:00:00.000Z"];
const version = (prefix: string, effectiveFrom: string, changes: Partial<RateVersion> = {}): RateVersion => ({
  ...{ prefix, effectiveFrom, description: null, country: null, priceFirst: "0.06", priceNext: "0.06" },
  ...{ connectFee: "0.00", firstInterval: 1, nextInterval: 1 },
  ...{ discontinued: false, forbidden: false, hidden: false, payback: false },
  ...changes,
});
const kinds = (wanted: readonly RateVersion[], known: readonly RateVersion[]) =>
  rateChanges(wanted, known).map(({ kind, before }) => `${kind} ${before?.effectiveFrom.slice(0, 7) ?? "-"}`);

describe("changes of rates", () => {
  it("are told by what holds from the instant on", () => {
    const known = [version("1", PAST), version("44", PAST), version("49", PAST, { discontinued: true })];
    const wanted = [
      version("1", NOW),
      version("1", LATER, { priceNext: "0.05" }),
      version("39", NOW),
      version("44", NOW, { discontinued: true }),
      version("49", NOW),
      version("33", NOW, { discontinued: true }),
    ];
    expect(kinds(wanted, known)).toEqual([
      "UNCHANGED 2020-01",
      "CHANGED 2020-07",
      "ADDED -",
      "DISCONTINUED 2020-01",
      "ADDED 2020-01",
      "DISCONTINUED -",
    ]);
  });

  it("compare a version with one of its own instant, and with wanted ones of earlier instants, in any order", () => {
    const known = [version("1", PAST), version("1", LATER, { priceFirst: "0.09" })];
    const back = version("1", LATER, { priceFirst: "0.09" });
    const changed = version("1", NOW, { priceFirst: "0.09" });
    expect(kinds([back], known)).toEqual(["UNCHANGED 2020-08"]);
    expect(kinds([version("1", LATER)], known)).toEqual(["CHANGED 2020-08"]);
    // Once it is 0.09 in July, the same from August on is nothing new.
    expect(kinds([version("1", "2020-07-15T00:00:00.000Z", { priceFirst: "0.09" }), changed], known)).toEqual([
      "UNCHANGED 2020-07",
      "CHANGED 2020-01",
    ]);
  });
});
