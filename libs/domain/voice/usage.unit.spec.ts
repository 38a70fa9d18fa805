import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Interval } from "../calendar.js";
import { big, roundingModes, sum } from "../money.js";
import { type AccountUsage, summaryOf, type UsageGroup, usageLines, type UsageNames } from "./usage.js";
import { type RatedXdr } from "./xdr.js";

const JULY: Interval = { from: "2020-07-01", to: "2020-08-01" };
const hash = (value: unknown): string => JSON.stringify(value);

const xdr = (changes: Partial<RatedXdr> = {}): RatedXdr => ({
  state: "RATED",
  key: "a",
  leg: "IN",
  accountId: "account-1",
  customerId: "customer-1",
  day: "2020-07-10",
  answered: "2020-07-10T12:00:00.000Z",
  ended: "2020-07-10T12:00:30.000Z",
  authorised: "LIVE",
  tariffId: "tariff-1",
  tariffRevision: 0,
  prefix: "1",
  seconds: 30,
  chargedSeconds: 30,
  amount: "0.04000",
  currency: "USD",
  personal: { cli: null, cld: "12065551202" },
  ...changes,
});

const group = (changes: Partial<UsageGroup> = {}): UsageGroup => ({
  leg: "IN",
  tariffId: "tariff-1",
  prefix: "1",
  late: false,
  from: "2020-07-10",
  until: "2020-07-10",
  calls: 1,
  seconds: 30,
  chargedSeconds: 30,
  amount: "0.04000",
  currency: "USD",
  ...changes,
});

const names: UsageNames = {
  rowIdOf: (accountId, { tariffId, leg, prefix }) => [accountId, tariffId, leg, prefix].join(" "),
  tariffNameOf: (tariffId) => `Tariff ${tariffId}`,
  causesOf: (accountId) => [`summary of ${accountId}`],
};

describe("the summary of an account's calls", () => {
  it("has a group for each leg, tariff and prefix, apart for calls of closed periods", () => {
    const calls = [
      xdr({ key: "d", day: "2020-06-30", seconds: 31, chargedSeconds: 36, amount: "0.04600" }),
      xdr({ key: "a" }),
      xdr({ key: "c", leg: "OUT", amount: "0.03000" }),
      xdr({ key: "b", day: "2020-07-31", seconds: 4 }),
      xdr({ key: "e", prefix: "1206" }),
      xdr({ key: "f", day: "2020-06-02" }),
    ];
    expect(summaryOf(calls, JULY, hash)).toEqual({
      groups: [
        group({ until: "2020-07-31", calls: 2, seconds: 34, chargedSeconds: 60, amount: "0.08000" }),
        group({
          late: true,
          from: "2020-06-02",
          until: "2020-06-30",
          calls: 2,
          seconds: 61,
          chargedSeconds: 66,
          amount: "0.08600",
        }),
        group({ prefix: "1206" }),
        group({ leg: "OUT", amount: "0.03000" }),
      ],
      calls: 6,
      callsHash: '[["a","0.04000"],["b","0.04000"],["c","0.03000"],["d","0.04600"],["e","0.04000"],["f","0.04000"]]',
    });
  });

  it("refuses calls of a later period, and of two currencies in a group", () => {
    expect(() => summaryOf([xdr({ day: "2020-08-01" })], JULY, hash)).toThrow("is of a later period");
    expect(() => summaryOf([xdr(), xdr({ key: "b", currency: "EUR" })], JULY, hash)).toThrow(
      "is in EUR, others in USD",
    );
  });

  const calls = fc.uniqueArray(
    fc
      .record({
        key: fc.string({ minLength: 1, maxLength: 4 }),
        leg: fc.constantFrom("IN" as const, "OUT" as const),
        tariffId: fc.constantFrom("tariff-1", "tariff-2"),
        prefix: fc.constantFrom("", "1", "1206"),
        day: fc.constantFrom("2020-06-30", "2020-07-01", "2020-07-31"),
        seconds: fc.nat(10_000),
        amount: fc.integer({ min: -99_999, max: 999_999 }).map((units) => (units / 100_000).toFixed(5)),
      })
      .map((one) => xdr({ ...one, chargedSeconds: one.seconds })),
    { selector: ({ key }) => key, maxLength: 30 },
  );

  it("is the same in whichever order, and however often, calls are given", () => {
    fc.assert(
      fc.property(
        calls.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)),
        ),
        ([all, shuffled, again]) => {
          expect(summaryOf([...again, ...shuffled, ...again], JULY, hash)).toEqual(summaryOf(all, JULY, hash));
        },
      ),
    );
  });

  it("leaves out no call, no second and no amount", () => {
    fc.assert(
      fc.property(calls, (all) => {
        const { groups } = summaryOf(all, JULY, hash);
        const total = (of: readonly number[]): number => of.reduce((one, other) => one + other, 0);
        expect(total(groups.map((one) => one.calls))).toBe(all.length);
        expect(total(groups.map(({ seconds }) => seconds))).toBe(total(all.map(({ seconds }) => seconds)));
        const amounts = (of: readonly { readonly amount: string }[]) => sum(of.map(({ amount }) => big(amount)));
        expect(amounts(groups).eq(amounts(all))).toBe(true);
      }),
    );
  });
});

describe("lines of usage", () => {
  const usage = (...groups: UsageGroup[]): AccountUsage[] => [{ accountId: "account-1", groups }];

  it("are one for each group, its exact sum rounded once", () => {
    const groups = [
      group({ leg: "OUT", prefix: "", amount: "0.00500" }),
      group({ calls: 3, seconds: 90, chargedSeconds: 96, amount: "0.12600", until: "2020-07-12" }),
      group({ late: true, from: "2020-06-30", until: "2020-06-30" }),
    ];
    const common = {
      kind: "USAGE" as const,
      commitmentId: null,
      accountId: "account-1",
      periodDays: null,
      discount: "0.00",
      discountOrigin: null,
      currency: "USD",
      taxes: [],
      causes: ["summary of account-1"],
    };
    const incoming = {
      ...common,
      rowId: "account-1 tariff-1 IN 1",
      description: "Calls received: Tariff tariff-1, 1",
    };
    expect(usageLines(usage(...groups), "HALF_UP", names)).toEqual([
      {
        ...incoming,
        ...{ from: "2020-07-10", until: "2020-07-12", days: 3, fee: "0.13", net: "0.13" },
        usage: { calls: 3, seconds: 90, chargedSeconds: 96, late: false },
      },
      {
        ...incoming,
        ...{ from: "2020-06-30", until: "2020-06-30", days: 1, fee: "0.04", net: "0.04" },
        usage: { calls: 1, seconds: 30, chargedSeconds: 30, late: true },
      },
      {
        ...common,
        rowId: "account-1 tariff-1 OUT ",
        description: "Calls made: Tariff tariff-1",
        ...{ from: "2020-07-10", until: "2020-07-10", days: 1, fee: "0.01", net: "0.01" },
        usage: { calls: 1, seconds: 30, chargedSeconds: 30, late: false },
      },
    ]);
  });

  it("of 0.00 are left out, and follow the rounding of the class", () => {
    const small = usage(group({ amount: "0.00499" }));
    expect(usageLines(small, "HALF_UP", names)).toEqual([]);
    expect(usageLines(small, "UP", names).map(({ net }) => net)).toEqual(["0.01"]);
    expect(
      usageLines(usage(group({ amount: "-0.04000" })), "HALF_UP", names).map(({ fee, net }) => [fee, net]),
    ).toEqual([["-0.04", "-0.04"]]);
  });

  it("come in one order, by account, whatever order they are given in", () => {
    const modes = fc.constantFrom(...roundingModes);
    const groups = fc.uniqueArray(
      fc.record({
        leg: fc.constantFrom("IN" as const, "OUT" as const),
        tariffId: fc.constantFrom("tariff-1", "tariff-2"),
        prefix: fc.constantFrom("", "1", "1206"),
        late: fc.boolean(),
      }),
      { selector: (name) => JSON.stringify(name), maxLength: 8 },
    );
    const all = fc.uniqueArray(
      fc.record({ accountId: fc.constantFrom("account-1", "account-2", "account-3"), names: groups }),
      { selector: ({ accountId }) => accountId },
    );
    fc.assert(
      fc.property(all, modes, (accounts, mode) => {
        const given = accounts.map((one) => ({
          accountId: one.accountId,
          groups: one.names.map((name) => group(name)),
        }));
        const turned = given.map((one) => ({ ...one, groups: one.groups.toReversed() })).reverse();
        expect(usageLines(turned, mode, names)).toEqual(usageLines(given, mode, names));
      }),
    );
  });
});
