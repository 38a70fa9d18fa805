import { describe, expect, it } from "vitest";
import { customer, customerCreated } from "../spec-support/examples.js";
import { rejectionOf } from "../spec-support/given.js";
import { type AccountCalls, accountCallsEvolver, NO_ACCOUNT_CALLS } from "./billed-calls.js";
import { correctCalls, type CorrectCallsOrder } from "./correct-calls.js";
import { type AmountOfCall, type KnownCall } from "./rate-calls.js";
import { rateTable } from "./rate-table.js";
import { type UsageGroup } from "./usage.js";
import { type CallCorrected, type UsageEvent, type UsageSummarised } from "./usage-events.js";
import { type ChargedAccount } from "./xdr.js";

const NOW = "2020-08-05T12:00:00.000Z";
const JULY = { from: "2020-07-01", until: "2020-07-31" };

const rated = (changes: Partial<AmountOfCall> = {}): AmountOfCall => ({
  ...{ customerId: "customer-1", tariffId: "tariff-1", prefix: "1", day: "2020-07-10" },
  ...{ amount: "0.04600", currency: "USD", place: 100n },
  ...changes,
});
const known = (key: string, changes: Partial<KnownCall> = {}): KnownCall => ({
  ...{ key, edge: "edge-1", hour: "2020-07-10T12:00:00.000Z", state: "RATED", accountId: "account-1", leg: "IN" },
  ...{
    cli: null,
    callerHidden: true,
    cld: "12065551202",
    answered: "2020-07-10T12:30:00.000Z",
    ended: "2020-07-10T12:30:31.000Z",
  },
  ...{ authorised: "LIVE", redirectedTo: null, rated: rated() },
  ...changes,
});
const version = {
  ...{ prefix: "1", description: null, country: null, effectiveFrom: "2020-01-01T00:00:00.000Z" },
  ...{ priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01", firstInterval: 30, nextInterval: 6, revision: 3 },
  ...{ discontinued: false, forbidden: false, hidden: false, payback: false },
};
const account: ChargedAccount = {
  accountId: "account-1",
  customer: customer(customerCreated({})),
  tariff: {
    tariffId: "tariff-1",
    terms: { name: "T", currency: "USD", matchBy: "CLD", duration: "NEAREST" },
    table: rateTable([version]),
  },
};

const group = (changes: Partial<UsageGroup> = {}): UsageGroup => ({
  ...{ leg: "IN", tariffId: "tariff-1", prefix: "1", late: false, rowId: "row", tariff: "T" },
  ...{ from: "2020-07-10", until: "2020-07-10", calls: 2, seconds: 62, chargedSeconds: 72 },
  ...{ amount: "0.09200", currency: "USD" },
  ...changes,
});
const summarised = (changes: Partial<UsageSummarised["data"]> = {}): UsageSummarised => ({
  type: "UsageSummarised",
  data: {
    ...{ accountId: "account-1", customerId: "customer-1", period: JULY, groups: [group()], calls: 2, callsHash: "h" },
    ...{ countedTo: { eventId: "event-100", position: "100/100" }, effectiveOn: "2020-08-01" },
    ...changes,
  },
});
const given = (...events: UsageEvent[]): AccountCalls =>
  events.reduce((state, event) => accountCallsEvolver.evolve(state, event, ""), NO_ACCOUNT_CALLS);

const order = (
  calls: readonly (KnownCall | null)[],
  changes: Partial<CorrectCallsOrder> = {},
  state = NO_ACCOUNT_CALLS,
): CallCorrected[] => {
  const keys = calls.map((call) => call?.key ?? "nobody");
  const asked = { keys, isVoid: false, seconds: null, reason: "Cut off", now: NOW, ...changes };
  const charged = new Map(calls.flatMap((call) => (call ? [[call.key, account] as const] : [])));
  return correctCalls(asked, state, { calls, charged, countedTo: new Map([["event-100", 100n]]) });
};
const refused = (...asked: Parameters<typeof order>): string => {
  const { code, field } = rejectionOf(() => order(...asked));
  return `${code} ${field}`;
};

const of = { accountId: "account-1", customerId: "customer-1", key: "a" };
const named = { leg: "IN", tariffId: "tariff-1", prefix: "1", late: false } as const;
const personal = { reason: "Cut off" };

describe("correcting calls", () => {
  it("makes those that no close billed cost anything else, as of the day it is decided", () => {
    const open = {
      ...of,
      ...named,
      period: null,
      was: "0.04600",
      currency: "USD",
      effectiveOn: "2020-08-05",
      personal,
    };
    expect(order([known("a")], { isVoid: true })).toEqual([
      { type: "CallCorrected", data: { ...open, amount: "0.00000" } },
    ]);
    const rating = { tariffId: "tariff-1", tariffRevision: 3, prefix: "1", ended: "2020-07-10T12:31:00.500Z" };
    const longer = { ...open, amount: "0.07600", rating: { ...rating, seconds: 61, chargedSeconds: 66 } };
    expect(order([known("a")], { seconds: "60.5" })).toEqual([{ type: "CallCorrected", data: longer }]);
    // Recorded behind the close of its day: late, and on no invoice yet.
    expect(order([known("a", { rated: rated({ place: 101n }) })], { seconds: "60.5" }, given(summarised()))).toEqual([
      { type: "CallCorrected", data: longer },
    ]);
  });

  it("corrects the period that billed them, where their group was", () => {
    const billed = { ...of, ...named, period: JULY, currency: "USD", effectiveOn: "2020-07-01", personal };
    const [event, ...others] = order([known("a")], { seconds: "10" }, given(summarised()));
    const rating = { tariffId: "tariff-1", tariffRevision: 3, prefix: "1", ended: "2020-07-10T12:30:10.000Z" };
    expect([event, others]).toEqual([
      {
        type: "CallCorrected",
        data: { ...billed, was: "0.04600", amount: "0.04000", rating: { ...rating, seconds: 10, chargedSeconds: 30 } },
      },
      [],
    ]);
    const state = given(summarised(), ...order([known("a")], { seconds: "10" }, given(summarised())));
    expect(state.closes[0]?.groups).toEqual([group({ amount: "0.08600" })]);
    // It is rated by another tariff now, and stays in the group that it was billed in.
    const moved = known("a", { rated: rated({ tariffId: "tariff-2", prefix: "12", amount: "0.04000" }) });
    expect(order([moved], { isVoid: true }, state)).toEqual([
      { type: "CallCorrected", data: { ...billed, was: "0.04000", amount: "0.00000" } },
    ]);
    const late = given(
      summarised({ groups: [group({ late: true })], period: { from: "2020-08-01", until: "2020-08-31" } }),
    );
    expect(order([known("a")], { isVoid: true }, late)).toMatchObject([
      { data: { late: true, effectiveOn: "2020-08-01" } },
    ]);
  });

  it("never charges above what was billed, and takes up to that back", () => {
    const closed = given(summarised());
    expect(refused([known("a")], { seconds: "60.5" }, closed)).toBe("INVALID_AMOUNT keys");
    const voided = given(summarised(), ...order([known("a")], { isVoid: true }, closed));
    const none = known("a", { rated: rated({ amount: "0.00000" }) });
    expect(refused([none], { seconds: "60.5" }, voided)).toBe("INVALID_AMOUNT keys");
    expect(order([none], { seconds: "31" }, voided)).toMatchObject([{ data: { was: "0.00000", amount: "0.04600" } }]);
  });

  it("never credits more than the line charged, where calls with payback are on it", () => {
    const little = given(summarised({ groups: [group({ amount: "0.05000" })] }));
    expect(refused([known("a"), known("b")], { isVoid: true }, little)).toBe("INVALID_AMOUNT keys");
    expect(order([known("a")], { isVoid: true }, little)).toHaveLength(1);
    const payback = known("a", { rated: rated({ amount: "-0.04600" }) });
    expect(refused([payback], { isVoid: true }, little)).toBe("INVALID_AMOUNT keys");
  });

  it("is refused for what is no such call, has no amount, or costs that already", () => {
    expect(refused([null])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), null], { isVoid: true })).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), known("a")], { isVoid: true })).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), known("b", { accountId: "account-2" })], { isVoid: true })).toBe(
      "VALIDATION_FAILED keys",
    );
    expect(refused([known("a", { accountId: null })], { isVoid: true })).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a", { rated: null })], { isVoid: true })).toBe("CONFLICT keys");
    expect(refused([known("a")], { seconds: "31" })).toBe("CONFLICT keys");
    expect(refused([known("a", { rated: rated({ amount: "0.00000" }) })], { isVoid: true })).toBe("CONFLICT keys");
    expect(refused([known("a")], { seconds: "1.2345" })).toBe("VALIDATION_FAILED seconds");
    expect(refused([known("a", { cld: "49301" })], { seconds: "1" })).toBe("VALIDATION_FAILED keys");
  });
});
