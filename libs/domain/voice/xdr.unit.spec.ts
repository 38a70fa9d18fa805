import { describe, expect, it } from "vitest";
import { type RateVersion, type TariffTerms } from "./rate-version.js";
import { rateTable } from "./rate-table.js";
import { customer, customerCreated } from "../spec-support/examples.js";
import { callKey, type ChargedAccount, isCallerHidden, type RecordedVersion, type ReportedCall, xdrOf } from "./xdr.js";

const terms: TariffTerms = { name: "T", currency: "USD", matchBy: "CLD", duration: "NEAREST" };
const version = (changes: Partial<RateVersion & { revision: number }> = {}): RecordedVersion => ({
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
  revision: 3,
  ...changes,
});
const call = (changes: Partial<ReportedCall> = {}): ReportedCall => ({
  edge: "edge-1",
  callId: "call-1",
  fromTag: "tag-1",
  leg: "IN",
  cli: "12015550100",
  callerHidden: false,
  cld: "12065551202",
  answered: "2020-07-31T23:59:50.000Z",
  ended: "2020-08-01T00:00:20.600Z",
  authorised: "LIVE",
  redirectedTo: null,
  ...changes,
});
const account = (changes: Partial<ChargedAccount> = {}, timeZone = "UTC"): ChargedAccount => ({
  accountId: "account-1",
  customer: customer(customerCreated({ timeZone })),
  tariff: { tariffId: "tariff-1", terms, table: rateTable([version()]) },
  ...changes,
});
const NOW = "2020-08-01T00:01:00.000Z";
const recorded = (changes: Partial<ReportedCall> = {}, of: ChargedAccount | null = account(), now = NOW) =>
  xdrOf(call(changes), "key", of, now);

const facts = {
  key: "key",
  leg: "IN",
  accountId: "account-1",
  customerId: "customer-1",
  day: "2020-07-31",
  answered: "2020-07-31T23:59:50.000Z",
  ended: "2020-08-01T00:00:20.600Z",
  authorised: "LIVE",
  personal: { cli: "12015550100", cld: "12065551202" },
};

describe("the key of a call", () => {
  const hashed: unknown[] = [];
  const key = (changes: Partial<ReportedCall> = {}) =>
    callKey(call(changes), (value) => {
      hashed.push(value);
      return "00112233445566778899aabbccddeeff".padEnd(64, "0");
    });

  it("is 128 bits of the hash of edge, Call-ID, From tag and leg, and of nothing else", () => {
    expect(key()).toBe("00112233-4455-6677-8899-aabbccddeeff");
    key({ cld: "1", cli: null, ended: null, answered: NOW, authorised: "STALE" });
    key({ edge: "edge-2", callId: "call-2", fromTag: "tag-2", leg: "OUT" });
    expect(hashed).toEqual([
      ["edge-1", "call-1", "tag-1", "IN"],
      ["edge-1", "call-1", "tag-1", "IN"],
      ["edge-2", "call-2", "tag-2", "OUT"],
    ]);
  });
});

describe("the record of a call", () => {
  it("is rated by the account's tariff, as of the answer", () => {
    const rated = {
      state: "RATED",
      tariffId: "tariff-1",
      tariffRevision: 3,
      prefix: "1",
      seconds: 31,
      chargedSeconds: 36,
      amount: "0.04600",
      currency: "USD",
    };
    expect(recorded()).toEqual({ ...facts, ...rated });
    expect(recorded({ redirectedTo: "127.0.0.31", authorised: "STALE" })).toEqual({
      ...facts,
      ...rated,
      redirectedTo: "127.0.0.31",
      authorised: "STALE",
    });
  });

  it("keeps that the caller hides its number, by which it may be rated; without a number it hides anyway", () => {
    const { personal } = recorded({ callerHidden: true });
    expect(personal).toEqual({ cli: "12015550100", cld: "12065551202", callerHidden: true });
    expect(isCallerHidden(personal)).toBe(true);
    expect(isCallerHidden(facts.personal)).toBe(false);
    const nameless = recorded({ cli: null, callerHidden: true }).personal;
    expect(nameless).toEqual({ cli: null, cld: "12065551202" });
    expect(isCallerHidden(nameless)).toBe(true);
    const byOrigin = {
      tariffId: "tariff-1",
      terms: { ...terms, matchBy: "CLI" as const },
      table: rateTable([version()]),
    };
    expect(recorded({ cld: "49", callerHidden: true }, account({ tariff: byOrigin }))).toMatchObject({
      ...{ state: "RATED", prefix: "1", amount: "0.04600" },
      personal: { cli: "12015550100", callerHidden: true },
    });
  });

  it("belongs to the customer's day of the answer", () => {
    expect(recorded({}, account({}, "Europe/Berlin"))).toMatchObject({ day: "2020-08-01" });
    expect(recorded({}, account({}, "America/New_York"))).toMatchObject({ day: "2020-07-31" });
    // The night in which clocks go back has 02:30 twice: both are of that day, and durations are those of UTC.
    const night = { answered: "2020-10-24T22:00:00.000Z", ended: "2020-10-25T01:30:00.000Z" };
    expect(recorded(night, account({}, "Europe/Berlin"), "2020-10-25T02:00:00.000Z")).toMatchObject({
      day: "2020-10-25",
      seconds: 12_600,
    });
    // In spring 02:00 is 03:00 at once: from 01:59:50 to 03:00:10 are 20 s.
    const spring = { answered: "2020-03-29T00:59:50.000Z", ended: "2020-03-29T01:00:10.000Z" };
    expect(recorded(spring, account({}, "Europe/Berlin"), "2020-03-29T02:00:00.000Z")).toMatchObject({
      day: "2020-03-29",
      seconds: 20,
    });
  });

  it("belongs to the day of the zone that was in force at the answer, whenever it is told of", () => {
    const inBerlin = customerCreated({ timeZone: "Europe/Berlin" });
    const moved = customer(inBerlin, {
      type: "CustomerBillingChanged",
      data: {
        ...{ billingPeriod: "MONTHLY", timeZone: "America/New_York" },
        ...{ inForceFrom: "2020-08-01", effectiveOn: "2020-07-15" },
      },
    });
    const dayOf = (answered: string) =>
      recorded({ answered, ended: answered }, account({ customer: moved }), "2020-08-02T12:00:00.000Z").day;
    expect(dayOf("2020-07-31T21:59:59.999Z")).toBe("2020-07-31");
    // Midnight in Berlin ended July; in New York it is 18:00, and the first day is longer.
    expect(dayOf("2020-07-31T22:00:00.000Z")).toBe("2020-08-01");
    expect(dayOf("2020-08-02T03:59:59.999Z")).toBe("2020-08-01");
    expect(dayOf("2020-08-02T04:00:00.000Z")).toBe("2020-08-02");
  });

  it("says why a call has no amount, and drops none", () => {
    const unrated = (reason: string, changes: object = {}) => ({ state: "UNRATED", reason, ...facts, ...changes });
    const tariff = (...versions: RecordedVersion[]): ChargedAccount =>
      account({ tariff: { tariffId: "tariff-1", terms, table: rateTable(versions) } });
    expect(recorded({}, null)).toEqual(unrated("UNKNOWN_ACCOUNT", { accountId: null, customerId: null, day: null }));
    expect(recorded({ ended: null })).toEqual(unrated("INTERRUPTED", { ended: null }));
    expect(recorded({}, account({ tariff: null }))).toEqual(unrated("NO_RATE"));
    expect(recorded({}, tariff(version({ prefix: "49" })))).toEqual(unrated("NO_RATE"));
    expect(recorded({}, tariff(version({ forbidden: true })))).toEqual(unrated("FORBIDDEN"));
    const euros = { tariffId: "tariff-1", terms: { ...terms, currency: "EUR" }, table: rateTable([version()]) };
    expect(recorded({}, account({ tariff: euros }))).toEqual(unrated("CURRENCY_MISMATCH"));
  });

  it("is unrated where the answer is more than five minutes ahead of the provider's time", () => {
    expect(recorded({}, account(), "2020-07-31T23:54:49.999Z")).toMatchObject({ state: "UNRATED", reason: "AHEAD" });
    expect(recorded({}, account(), "2020-07-31T23:54:50.000Z")).toMatchObject({ state: "RATED" });
  });
});
