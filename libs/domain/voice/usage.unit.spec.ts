import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Interval } from "../calendar.js";
import { big, roundingModes, sum } from "../money.js";
import {
  type AccountUsage,
  billedGroups,
  correctedGroups,
  groupsOf,
  type GroupTexts,
  summaryOf,
  type UsageGroup,
} from "./usage.js";
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

const texts: GroupTexts = {
  rowIdOf: ({ tariffId, leg, prefix }) => [tariffId, leg, prefix].join(" "),
  tariffOf: (tariffId) => `The ${tariffId}`,
};

const group = (changes: Partial<UsageGroup> = {}): UsageGroup => ({
  leg: "IN",
  tariffId: "tariff-1",
  prefix: "1",
  late: false,
  rowId: texts.rowIdOf({ leg: "IN", tariffId: "tariff-1", prefix: "1", late: false, ...changes }),
  tariff: "The tariff-1",
  from: "2020-07-10",
  until: "2020-07-10",
  calls: 1,
  seconds: 30,
  chargedSeconds: 30,
  amount: "0.04000",
  currency: "USD",
  ...changes,
});

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
    expect(summaryOf(calls, JULY, texts, hash)).toEqual({
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
    expect(() => summaryOf([xdr({ day: "2020-08-01" })], JULY, texts, hash)).toThrow("is of a later period");
    expect(() => summaryOf([xdr(), xdr({ key: "b", currency: "EUR" })], JULY, texts, hash)).toThrow(
      "Calls of one account are in EUR and USD",
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
          expect(summaryOf([...again, ...shuffled, ...again], JULY, texts, hash)).toEqual(
            summaryOf(all, JULY, texts, hash),
          );
        },
      ),
    );
  });

  it("leaves out no call, no second and no amount", () => {
    fc.assert(
      fc.property(calls, (all) => {
        const { groups } = summaryOf(all, JULY, texts, hash);
        const total = (of: readonly number[]): number => of.reduce((one, other) => one + other, 0);
        expect(total(groups.map((one) => one.calls))).toBe(all.length);
        expect(total(groups.map(({ seconds }) => seconds))).toBe(total(all.map(({ seconds }) => seconds)));
        const amounts = (of: readonly { readonly amount: string }[]) => sum(of.map(({ amount }) => big(amount)));
        expect(amounts(groups).eq(amounts(all))).toBe(true);
      }),
    );
  });
});

describe("the groups of a summary", () => {
  it("are what parts of days add up to, in their order", () => {
    const parts = [
      group({ leg: "OUT", prefix: "", amount: "0.00500" }),
      group({ from: "2020-07-12", until: "2020-07-12", calls: 2, seconds: 60, chargedSeconds: 66, amount: "0.08600" }),
      group({ late: true, from: "2020-06-30", until: "2020-06-30" }),
      group(),
    ];
    expect(groupsOf(parts, texts)).toEqual([
      group({ until: "2020-07-12", calls: 3, seconds: 90, chargedSeconds: 96, amount: "0.12600" }),
      group({ late: true, from: "2020-06-30", until: "2020-06-30" }),
      group({ leg: "OUT", prefix: "", amount: "0.00500" }),
    ]);
  });

  it("come to another amount once a call of theirs was corrected, and the others stay", () => {
    const groups = [group({ calls: 2, amount: "0.08000" }), group({ late: true })];
    const name = { leg: "IN" as const, tariffId: "tariff-1", prefix: "1", late: false };
    expect(correctedGroups(groups, { ...name, was: "0.04000", amount: "0.00000" })).toEqual([
      group({ calls: 2, amount: "0.04000" }),
      group({ late: true }),
    ]);
  });
});

describe("what is billed of usage", () => {
  const usage = (...groups: UsageGroup[]): AccountUsage[] => [
    { accountId: "account-1", groups, causes: ["summary of account-1"] },
  ];

  it("is one amount for each group, its exact sum rounded once", () => {
    const groups = [
      group({ leg: "OUT", prefix: "", amount: "0.00500" }),
      group({ calls: 3, seconds: 90, chargedSeconds: 96, amount: "0.12600", until: "2020-07-12" }),
    ];
    const common = { accountId: "account-1", causes: ["summary of account-1"] };
    expect(billedGroups(usage(...groups), "HALF_UP")).toEqual([
      { ...common, group: groups[1], net: "0.13", description: "Calls received: The tariff-1, 1", days: 3 },
      { ...common, group: groups[0], net: "0.01", description: "Calls made: The tariff-1", days: 1 },
    ]);
  });

  it("is nothing of a group of 0.00, and follows the rounding of the class", () => {
    const small = usage(group({ amount: "0.00499" }));
    expect(billedGroups(small, "HALF_UP")).toEqual([]);
    expect(billedGroups(small, "UP").map(({ net }) => net)).toEqual(["0.01"]);
    expect(billedGroups(usage(group({ amount: "-0.04000" })), "HALF_UP").map(({ net }) => net)).toEqual(["-0.04"]);
  });

  it("has the decimals of its currency", () => {
    const nets = (currency: string, ...amounts: string[]) =>
      amounts.map((amount) => billedGroups(usage(group({ amount, currency })), "HALF_UP").map(({ net }) => net));
    expect(nets("JPY", "0.499", "0.500", "-1.500")).toEqual([[], ["1"], ["-2"]]);
    expect(nets("KWD", "0.000499", "0.000500", "-1.234500")).toEqual([[], ["0.001"], ["-1.235"]]);
  });

  it("comes in one order, by account, whatever order it is given in", () => {
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
        const given = accounts.map(({ accountId, names }) => ({
          accountId,
          groups: names.map((name) => group(name)),
          causes: [],
        }));
        const turned = given.map((one) => ({ ...one, groups: one.groups.toReversed() })).reverse();
        expect(billedGroups(turned, mode)).toEqual(billedGroups(given, mode));
      }),
    );
  });
});
