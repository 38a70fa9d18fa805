import { describe, expect, it } from "vitest";
import { customer, customerCreated } from "../spec-support/examples.js";
import { rejectionOf } from "../spec-support/given.js";
import { rateCalls, type KnownCall, type RateCallsOrder } from "./rate-calls.js";
import { rateTable } from "./rate-table.js";
import { type CallsEvent } from "./events.js";
import { NO_CALLS, type RecordedCalls, recordedCallsEvolver } from "./recorded-calls.js";
import { type ChargedAccount } from "./xdr.js";

const HOUR = "2020-07-10T12:00:00.000Z";
const NOW = "2020-07-11T00:00:00.000Z";
const known = (key: string, changes: Partial<KnownCall> = {}): KnownCall => ({
  ...{ key, edge: "edge-1", hour: HOUR, state: "UNRATED", accountId: "account-1", leg: "IN" },
  ...{
    cli: null,
    callerHidden: true,
    cld: "12065551202",
    answered: "2020-07-10T12:30:00.000Z",
    ended: "2020-07-10T12:30:31.000Z",
  },
  ...{ authorised: "LIVE", redirectedTo: null, rated: null },
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
const recorded = (...keys: string[]): RecordedCalls => ({ ...NO_CALLS, keys: [new Set(keys)] });

const order = (calls: readonly (KnownCall | null)[], changes: Partial<RateCallsOrder> = {}, state?: RecordedCalls) => {
  const keys = changes.keys ?? calls.map((call) => call?.key ?? "nobody");
  const given = { seconds: null, accountId: null, now: NOW, ...changes, keys };
  const charged = calls.flatMap((call) =>
    call && (call.accountId ?? given.accountId) === "account-1" ? [[call.key, account] as const] : [],
  );
  return rateCalls(given, state ?? recorded(...keys), { calls, charged: new Map(charged) });
};
const refused = (...asked: Parameters<typeof order>): string => {
  const { code, field } = rejectionOf(() => order(...asked));
  return `${code} ${field}`;
};

describe("giving amounts to calls", () => {
  it("keeps which callers hide", () => {
    const calls = [known("a", { cli: "12015550100" }), known("b", { cli: "12015550100", callerHidden: false })];
    expect(order(calls).map(({ data }) => ("personal" in data ? data.personal : null))).toEqual([
      {
        numbers: [
          { cli: "12015550100", cld: "12065551202", callerHidden: true },
          { cli: "12015550100", cld: "12065551202" },
        ],
      },
    ]);
  });

  it("rates them as of their answers, in their stream, once", () => {
    const calls = [known("a"), known("b", { ended: null }), known("c", { accountId: null })];
    const [events, interrupted] = [
      order([known("a"), known("c", { accountId: null })], { accountId: "account-1" }),
      order([known("b", { ended: null })], { seconds: "60.5" }),
    ];
    const rated = {
      ...{ state: "RATED", leg: "IN", accountId: "account-1", customerId: "customer-1", day: "2020-07-10" },
      ...{ answered: "2020-07-10T12:30:00.000Z", ended: "2020-07-10T12:30:31.000Z", authorised: "LIVE" },
      ...{ tariffId: "tariff-1", tariffRevision: 3, prefix: "1", seconds: 31, chargedSeconds: 36 },
      ...{ amount: "0.04600", currency: "USD" },
    };
    const numbers = { cli: null, cld: "12065551202" };
    const common = { edge: "edge-1", hour: HOUR, settles: true, effectiveOn: "2020-07-11" };
    expect(events).toEqual([
      {
        type: "CallsRecorded",
        data: {
          ...common,
          calls: [
            { ...rated, key: "a" },
            { ...rated, key: "c" },
          ],
          personal: { numbers: [numbers, numbers] },
        },
      },
    ]);
    const long = { ended: "2020-07-10T12:31:00.500Z", seconds: 61, chargedSeconds: 66, amount: "0.07600" };
    expect(interrupted).toMatchObject([{ data: { ...common, calls: [{ ...rated, ...long, key: "b" }] } }]);
    const state = [...events, ...interrupted].reduce(
      (before: RecordedCalls, event: CallsEvent) => recordedCallsEvolver.evolve(before, event, "id"),
      recorded("a", "b", "c"),
    );
    expect(state).toEqual({ ...recorded("a", "b", "c"), settled: new Set(["a", "c", "b"]) });
    for (const call of calls) {
      const given = { seconds: call.ended === null ? "60.5" : null, accountId: "account-1" };
      expect(refused([call], given, state)).toBe("CONFLICT keys");
    }
  });

  it("says which call has no rate", () => {
    const facts = { case: "CALL_WITHOUT_RATE", cld: "49301", answered: "2020-07-10T12:30:00.000Z" };
    expect(() => order([known("a"), known("b", { cld: "49301" })])).toThrow(expect.objectContaining({ facts }));
  });

  it("is refused for what is no such call, and for what it takes to rate them", () => {
    expect(refused([null])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), null])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), known("a")])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a")], {}, NO_CALLS)).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), known("b", { edge: "edge-2" })])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a"), known("b", { hour: NOW })])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a", { state: "RATED" })])).toBe("CONFLICT keys");
    expect(refused([known("a", { ended: null })])).toBe("VALIDATION_FAILED seconds");
    expect(refused([known("a")], { seconds: "1" })).toBe("VALIDATION_FAILED seconds");
    expect(refused([known("a", { accountId: null })])).toBe("VALIDATION_FAILED accountId");
    expect(refused([known("a")], { accountId: "account-2" })).toBe("VALIDATION_FAILED accountId");
    expect(refused([known("a", { accountId: "account-2" })])).toBe("ACCOUNT_NOT_FOUND accountId");
    expect(refused([known("a", { cld: "49301" })])).toBe("VALIDATION_FAILED keys");
    expect(refused([known("a")], { now: "2020-07-10T12:24:59.999Z" })).toBe("VALIDATION_FAILED keys");
  });
});
