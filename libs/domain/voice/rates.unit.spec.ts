import { describe, expect, it } from "vitest";
import { Rejection } from "../rejection.js";
import { givenFor } from "../spec-support/given.js";
import { testRate } from "./rate-test.js";
import { type RateVersion } from "./rate-version.js";
import { changeRates, type RateName, ratesEvolver, removeRates, versionOf } from "./rates.js";
import { cloneTariff, defineTariff, reviseTariff, tariffEvolver } from "./tariff.js";

const on = "2026-11-28";
const now = "2026-11-28T12:00:00.000Z";
const facts = { tariffExists: true, hasCalls: true };
const version = (changes: Partial<RateVersion> = {}): RateVersion => ({
  prefix: "1",
  description: null,
  country: null,
  effectiveFrom: now,
  priceFirst: "0.06",
  priceNext: "0.0600000",
  connectFee: "0.01",
  firstInterval: 30,
  nextInterval: 6,
  discontinued: false,
  forbidden: false,
  hidden: false,
  payback: false,
  ...changes,
});
const change = (rates: readonly RateVersion[], known = facts) => changeRates({ tariffId: "t", rates, now, on }, known);
const remove = (rates: readonly RateName[], unknown: readonly RateName[] = []) =>
  removeRates({ tariffId: "t", rates, now, on }, { ...facts, unknown });
const refused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection)
      return [error, ...error.also].map(({ code, fieldPath, facts }) => [code, fieldPath, facts]);
  }
  return null;
};

const given = givenFor(ratesEvolver);

describe("changing rates", () => {
  it("records what is not usual only, and reads it again as it was", () => {
    const odd = version({
      prefix: "",
      description: " Everything ",
      country: "US",
      payback: true,
      priceFirst: "0.000010",
    });
    const plain = { effectiveFrom: now, priceNext: "0.06", connectFee: "0.01", firstInterval: 30, nextInterval: 6 };
    const rows = [
      { prefix: "1", priceFirst: "0.06", ...plain },
      { prefix: "", priceFirst: "0.00001", ...plain, description: "Everything", country: "US", payback: true },
    ];
    given()
      .when(() => change([version(), odd]))
      .then([{ type: "RatesChanged", data: { tariffId: "t", rates: rows, effectiveOn: on } }]);
    const [first, second] = rows;
    expect(first && versionOf(first)).toEqual(version({ priceNext: "0.06" }));
    expect(second && versionOf(second)).toEqual({
      ...odd,
      description: "Everything",
      priceFirst: "0.00001",
      priceNext: "0.06",
    });
  });

  it("has at most 500 rows an event", () => {
    const many = Array.from({ length: 1001 }, (_, index) => version({ prefix: index.toString() }));
    expect(change(many).map(({ data }) => ("rates" in data ? data.rates.length : 0))).toEqual([500, 500, 1]);
  });

  it("refuses an instant in the past, unless the provider has no call", () => {
    const past = version({ effectiveFrom: "2026-11-28T11:59:59.999Z" });
    expect(refused(() => change([version(), past]))).toEqual([
      ["INVALID_DATE", ["rates", 1, "effectiveFrom"], { case: "RATE_PAST", from: past.effectiveFrom }],
    ]);
    expect(change([past], { ...facts, hasCalls: false })).toHaveLength(1);
  });

  it("names every fault by its place and its case", () => {
    const wrong: readonly Partial<RateVersion>[] = [
      { prefix: "+1" },
      { country: "XX" },
      { firstInterval: 0 },
      { nextInterval: 3601 },
      { priceFirst: "-1" },
      { priceNext: "0.000001" },
      { connectFee: "free" },
      { description: "x".repeat(101) },
    ];
    const rates = wrong.map((changes, index) => version({ prefix: index.toString(), ...changes }));
    expect(refused(() => change(rates))).toEqual([
      ["VALIDATION_FAILED", ["rates", 0, "prefix"], { case: "DIGITS_ONLY" }],
      ["VALIDATION_FAILED", ["rates", 1, "country"], { case: "NO_COUNTRY", country: "XX" }],
      ["VALIDATION_FAILED", ["rates", 2, "firstInterval"], { case: "NOT_WITHIN", least: "1", most: "3600" }],
      ["VALIDATION_FAILED", ["rates", 3, "nextInterval"], { case: "NOT_WITHIN", least: "1", most: "3600" }],
      ["VALIDATION_FAILED", ["rates", 4, "priceFirst"], { case: "NO_PRICE" }],
      ["INVALID_AMOUNT", ["rates", 5, "priceNext"], { case: "PRICE_TOO_FINE", decimals: "5" }],
      ["VALIDATION_FAILED", ["rates", 6, "connectFee"], { case: "NO_PRICE" }],
      ["VALIDATION_FAILED", ["rates", 7, "description"], { case: "TEXT_TOO_LONG", most: "100" }],
    ]);
    expect(refused(() => change([version(), version()]))).toEqual([
      ["VALIDATION_FAILED", ["rates", 1], { case: "RATE_TWICE", prefix: "1", from: now }],
    ]);
    expect(refused(() => change([]))).toEqual([["VALIDATION_FAILED", ["rates"], undefined]]);
    expect(refused(() => change([version()], { ...facts, tariffExists: false }))).toEqual([
      ["VALIDATION_FAILED", ["tariffId"], { case: "NO_SUCH_ITEM" }],
    ]);
  });
});

describe("removing rates", () => {
  it("takes those away that are still to come", () => {
    const coming = { prefix: "1", effectiveFrom: "2027-01-01T00:00:00.000Z" };
    given()
      .when(() => remove([coming]))
      .then([{ type: "RatesRemoved", data: { tariffId: "t", rates: [coming], effectiveOn: on } }]);
    expect(refused(() => remove([{ prefix: "1", effectiveFrom: now }]))).toEqual([
      ["INVALID_DATE", ["rates", 0, "effectiveFrom"], { case: "RATE_IN_FORCE", prefix: "1", from: now }],
    ]);
    expect(refused(() => remove([coming], [coming]))).toEqual([
      ["VALIDATION_FAILED", ["rates", 0], { case: "NO_RATE_FROM", prefix: "1", from: coming.effectiveFrom }],
    ]);
  });
});

describe("a tariff", () => {
  const terms = { name: "T", description: null, currency: "USD", matchBy: "CLD", duration: "NEAREST" } as const;
  const defined = defineTariff({ tariffId: "t", ...terms, on });
  const tariffs = givenFor(tariffEvolver);

  it("is defined, revised in name and description, and cloned", () => {
    tariffs(...defined)
      .when((state) => reviseTariff({ name: " U ", on }, state))
      .then([{ type: "TariffRevised", data: { name: "U", description: null, effectiveOn: on } }]);
    tariffs(...defined)
      .when((state) => cloneTariff({ tariffId: "u", name: "U", on }, state))
      .then([
        { type: "TariffDefined", data: { ...terms, tariffId: "u", name: "U", clonedFrom: "t", effectiveOn: on } },
      ]);
  });

  it("is refused in no currency, and where there is none", () => {
    tariffs()
      .when(() => defineTariff({ tariffId: "t", ...terms, currency: "XYZ", on }))
      .thenRejected("VALIDATION_FAILED", "currency");
    tariffs()
      .when((state) => reviseTariff({ on }, state))
      .thenRejected("VALIDATION_FAILED", "tariffId");
    tariffs()
      .when((state) => cloneTariff({ tariffId: "u", name: "U", on }, state))
      .thenRejected("VALIDATION_FAILED", "tariffId");
  });
});

describe("a test of a rate", () => {
  const tariff = { currency: "USD", matchBy: "CLD", duration: "NEAREST" } as const;

  it("says why 0.046", () => {
    const own = version({ priceNext: "0.06" });
    const gone = version({ prefix: "1206", discontinued: true });
    expect(testRate({ number: "+12065551202", at: now, seconds: 31 }, [own, gone], tariff)).toEqual({
      rated: { state: "RATED", version: own, seconds: 31, chargedSeconds: 36, amount: "0.04600" },
      passedOver: [gone],
      steps: [
        { what: "CALL_SECONDS", unit: "SECONDS", value: "31" },
        { what: "FIRST_SECONDS", unit: "SECONDS", value: "30" },
        { what: "PRICE_FIRST", unit: "PER_MINUTE", value: "0.06" },
        { what: "FIRST_COST", unit: "MONEY", value: "0.03" },
        { what: "NEXT_SECONDS", unit: "SECONDS", value: "6" },
        { what: "PRICE_NEXT", unit: "PER_MINUTE", value: "0.06" },
        { what: "NEXT_COST", unit: "MONEY", value: "0.006" },
        { what: "CONNECT_FEE", unit: "MONEY", value: "0.01" },
        { what: "EXACT", unit: "MONEY", value: "0.046" },
        { what: "AMOUNT", unit: "MONEY", value: "0.04600" },
      ],
    });
  });

  it("says why there is no rate", () => {
    const gone = version({ discontinued: true });
    expect(testRate({ number: "12", at: now, seconds: 31 }, [gone], tariff)).toEqual({
      rated: { state: "UNRATED", reason: "NO_RATE", seconds: 31 },
      passedOver: [gone],
      steps: [],
    });
  });
});
