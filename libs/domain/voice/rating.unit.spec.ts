import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { big } from "../money.js";
import { isEffective, withEnds } from "./effective.js";
import { rateTable } from "./rate-table.js";
import { type RateVersion, type TariffTerms } from "./rate-version.js";
import { rate } from "./rating.js";

const tariff: TariffTerms = { name: "T", currency: "USD", matchBy: "CLD", duration: "NEAREST" };
const version = (changes: Partial<RateVersion> = {}): RateVersion => ({
  prefix: "1",
  description: null,
  country: null,
  effectiveFrom: "2020-01-01T00:00:00.000Z",
  priceFirst: "0.06",
  priceNext: "0.06",
  connectFee: "0.01",
  firstInterval: 30,
  nextInterval: 6,
  discontinued: false,
  forbidden: false,
  hidden: false,
  payback: false,
  ...changes,
});
const call = (durationMs: number, changes: { cld?: string; cli?: string | null; answered?: string } = {}) => ({
  cli: "12065551201",
  cld: "12065551202",
  answered: "2026-11-28T12:00:00.000Z",
  durationMs,
  ...changes,
});
const amountOf = (durationMs: number, own: RateVersion, terms: Partial<TariffTerms> = {}): string | undefined => {
  const rated = rate(call(durationMs), rateTable([own]), { ...tariff, ...terms });
  return rated.state === "RATED" ? rated.amount : undefined;
};

describe("the amount of a call", () => {
  it("is the fee and whole intervals at their prices, rounded once", () => {
    const own = version();
    const rated = (durationMs: number) => rate(call(durationMs), rateTable([own]), tariff);
    expect([4_000, 30_000, 30_499, 30_600, 36_501].map(rated)).toEqual([
      { state: "RATED", version: own, seconds: 4, chargedSeconds: 30, amount: "0.04000" },
      { state: "RATED", version: own, seconds: 30, chargedSeconds: 30, amount: "0.04000" },
      { state: "RATED", version: own, seconds: 30, chargedSeconds: 30, amount: "0.04000" },
      { state: "RATED", version: own, seconds: 31, chargedSeconds: 36, amount: "0.04600" },
      { state: "RATED", version: own, seconds: 37, chargedSeconds: 42, amount: "0.05200" },
    ]);
  });

  it("is nothing, its fee included, for a call of 0 s", () => {
    expect(rate(call(499), rateTable([version()]), tariff)).toEqual({
      state: "RATED",
      version: version(),
      seconds: 0,
      chargedSeconds: 0,
      amount: "0.00000",
    });
    expect(rate(call(-20), rateTable([version()]), tariff)).toMatchObject({ seconds: 0, amount: "0.00000" });
    expect(rate(call(1), rateTable([version()]), { ...tariff, duration: "UP" })).toMatchObject({
      seconds: 1,
      chargedSeconds: 30,
    });
  });

  it("of 3 minutes at 0.10 is 0.30, since intervals are not rounded one by one", () => {
    const own = version({ priceFirst: "0.10", priceNext: "0.10", connectFee: "0", firstInterval: 1, nextInterval: 1 });
    expect(amountOf(180_000, own)).toBe("0.30000");
    expect([1_000, 2_000, 3_000].map((ms) => amountOf(ms, own))).toEqual(["0.00167", "0.00333", "0.00500"]);
  });

  it("has three decimals beyond the currency's, half up", () => {
    const own = version({ priceFirst: "0.00030", connectFee: "0", firstInterval: 1, nextInterval: 1 });
    expect(amountOf(1_000, own)).toBe("0.00001");
    expect(amountOf(1_000, own, { currency: "KWD" })).toBe("0.000005");
    expect(amountOf(1_000, { ...own, priceFirst: "0.03" }, { currency: "JPY" })).toBe("0.001");
  });

  it("is negative with payback, never minus nothing", () => {
    expect(amountOf(4_000, version({ payback: true }))).toBe("-0.04000");
    expect(amountOf(0, version({ payback: true }))).toBe("0.00000");
  });
});

describe("the version of a call", () => {
  const table = rateTable([
    version({ prefix: "", description: "everything" }),
    version({ prefix: "1206", description: "Seattle" }),
    version({ prefix: "120655", description: "old", discontinued: true }),
    version({ prefix: "1900", description: "premium", forbidden: true }),
    version({ prefix: "1206", description: "Seattle from 2027", effectiveFrom: "2027-01-01T00:00:00.000Z" }),
    version({ prefix: "12065551", description: "not yet", effectiveFrom: "2030-01-01T00:00:00.000Z" }),
  ]);
  const found = (changes: Parameters<typeof call>[1], terms: Partial<TariffTerms> = {}) => {
    const rated = rate(call(4_000, changes), table, { ...tariff, ...terms });
    return rated.state === "RATED" ? rated.version.description : rated.reason;
  };

  it("has the longest prefix that holds at the answer and is not discontinued", () => {
    expect(found({})).toBe("Seattle");
    expect(found({ cld: "+1 (206) 555-1202" })).toBe("Seattle");
    expect(found({ answered: "2026-12-31T23:59:59.999Z" })).toBe("Seattle");
    expect(found({ answered: "2027-01-01T00:00:00.000Z" })).toBe("Seattle from 2027");
    expect(found({ cld: "4930123" })).toBe("everything");
    expect(found({ cld: "alice" })).toBe("everything");
    expect(found({ answered: "2019-12-31T23:59:59.999Z" })).toBe("NO_RATE");
  });

  it("refuses a call where it is forbidden", () => {
    expect(found({ cld: "19005550000" })).toBe("FORBIDDEN");
  });

  it("is found by the caller's number where the tariff says so, of a hidden one the default", () => {
    expect(found({ cld: "4930123", cli: "12061" }, { matchBy: "CLI" })).toBe("Seattle");
    expect(found({ cli: null }, { matchBy: "CLI" })).toBe("everything");
  });
});

describe("versions by when they hold", () => {
  it("end where the next of their prefix begins, and are found at, before or after an instant", () => {
    const [first, second, third] = ["2020", "2021", "2022"].map((year) => `${year}-01-01T00:00:00.000Z`);
    const ends = withEnds([second, third, first].map((effectiveFrom = "") => version({ effectiveFrom })));
    expect(ends.map(({ effectiveFrom, effectiveUntil }) => [effectiveFrom, effectiveUntil])).toEqual([
      [first, second],
      [second, third],
      [third, null],
    ]);
    const years = (at: string, mode: "AT" | "AT_AND_BEFORE" | "AT_AND_AFTER") =>
      ends.filter((one) => isEffective(one, { at, mode })).map(({ effectiveFrom }) => effectiveFrom.slice(0, 4));
    expect(years("2021-01-01T00:00:00.000Z", "AT")).toEqual(["2021"]);
    expect(years("2020-12-31T23:59:59.999Z", "AT")).toEqual(["2020"]);
    expect(years("2021-06-01T00:00:00.000Z", "AT_AND_BEFORE")).toEqual(["2020", "2021"]);
    expect(years("2021-06-01T00:00:00.000Z", "AT_AND_AFTER")).toEqual(["2021", "2022"]);
    expect(years("2019-06-01T00:00:00.000Z", "AT")).toEqual([]);
    expect(years("2019-06-01T00:00:00.000Z", "AT_AND_AFTER")).toEqual(["2020", "2021", "2022"]);
  });
});

const prices = fc.integer({ min: 0, max: 200_000 }).map((units) => (units / 100_000).toFixed(5));
const versions = fc.record({
  prefix: fc.constantFrom("", "1", "12", "1206", "12065551202"),
  effectiveFrom: fc
    .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
    .map((at) => new Date(at).toISOString()),
  priceFirst: prices,
  priceNext: prices,
  connectFee: prices,
  firstInterval: fc.integer({ min: 1, max: 3600 }),
  nextInterval: fc.integer({ min: 1, max: 3600 }),
  discontinued: fc.boolean(),
});
const currencies = fc.constantFrom("JPY", "USD", "KWD");
const lengths = fc.integer({ min: 0, max: 14_400_000 });

describe("rating", () => {
  it("never falls with the length of a call", () => {
    fc.assert(
      fc.property(versions, currencies, lengths, lengths, (own, currency, one, other) => {
        const table = [version({ ...own, discontinued: false })];
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)].map((durationMs) =>
          rate(call(durationMs, { answered: own.effectiveFrom }), rateTable(table), { ...tariff, currency }),
        );
        if (shorter?.state !== "RATED" || longer?.state !== "RATED") throw new Error("it has a rate");
        expect(big(shorter.amount).lte(big(longer.amount))).toBe(true);
        expect(shorter.chargedSeconds).toBeLessThanOrEqual(longer.chargedSeconds);
        expect(longer.chargedSeconds).toBeGreaterThanOrEqual(longer.seconds);
      }),
    );
  });

  it("gives a call the same, whatever versions are recorded that begin after its answer, in any order", () => {
    fc.assert(
      fc.property(fc.array(versions, { maxLength: 12 }), fc.nat(), lengths, (all, at, durationMs) => {
        const answered = new Date(Date.UTC(2020, 0, 1) + (at % (10 * 365 * 86_400_000))).toISOString();
        const own = rateTable(all.map(version)); // of two with the same name, the later
        const known = [...own.values()].flat();
        const before = known.filter(({ effectiveFrom }) => effectiveFrom <= answered);
        const asked = call(durationMs, { answered });
        const expected = rate(asked, rateTable(before), tariff);
        expect(rate(asked, own, tariff)).toEqual(expected);
        expect(rate(asked, rateTable([...known].reverse()), tariff)).toEqual(expected);
      }),
    );
  });

  it("agrees with whole numbers: sixtieths of a hundred-thousandth", () => {
    fc.assert(
      fc.property(versions, lengths, (own, durationMs) => {
        const rated = rate(
          call(durationMs, { answered: own.effectiveFrom }),
          rateTable([version({ ...own, discontinued: false })]),
          tariff,
        );
        const units = (text: string): bigint => BigInt(text.replace(".", ""));
        const [first, next] = [BigInt(own.firstInterval), BigInt(own.nextInterval)];
        const seconds = BigInt(Math.floor((durationMs + 500) / 1000));
        const further = seconds > first ? (seconds - first + next - 1n) / next : 0n;
        const sixtieths =
          units(own.connectFee) * 60n + units(own.priceFirst) * first + units(own.priceNext) * further * next;
        const expected = seconds === 0n ? 0n : (sixtieths + 30n) / 60n;
        expect(rated.state === "RATED" && units(rated.amount)).toBe(expected);
      }),
    );
  });
});
