import { type Instant } from "../calendar.js";
import { prefixesOf, rateTable, versionAt } from "./rate-table.js";
import { type RateVersion, type TariffTerms } from "./rate-version.js";
import { costOf, rate, type Rated } from "./rating.js";

/** In the order in which a call is rated. */
export const rateStepNames = [
  "CALL_SECONDS",
  "FIRST_SECONDS",
  "PRICE_FIRST",
  "FIRST_COST",
  "NEXT_SECONDS",
  "PRICE_NEXT",
  "NEXT_COST",
  "CONNECT_FEE",
  "EXACT",
  "AMOUNT",
] as const;
export type RateStepName = (typeof rateStepNames)[number];

export const rateStepUnits = ["SECONDS", "PER_MINUTE", "MONEY"] as const;
export type RateStepUnit = (typeof rateStepUnits)[number];

/** A value on the way to the amount of a call: exact decimal text. */
export interface RateStep {
  readonly what: RateStepName;
  readonly unit: RateStepUnit;
  readonly value: string;
}

/** What a call would cost, and why. */
export interface RateTest {
  readonly rated: Rated;
  /** Longer prefixes of the number that do not count at the instant, since they are discontinued. */
  readonly passedOver: readonly RateVersion[];
  /** None of a call without a rate. */
  readonly steps: readonly RateStep[];
}

/**
 * Rates a call that nobody made.
 * @param asked.number the one that the tariff matches: the called one, or the caller's
 * @param asked.seconds whole, of the call
 * @param versions all of the number's prefixes
 */
export const testRate = (
  asked: { readonly number: string | null; readonly at: Instant; readonly seconds: number },
  versions: Iterable<RateVersion>,
  tariff: Pick<TariffTerms, "currency" | "matchBy" | "duration">,
): RateTest => {
  const { number, at, seconds } = asked;
  const table = rateTable(versions);
  const call = { cli: number, cld: number ?? "", answered: at, durationMs: seconds * 1000 };
  const rated = rate(call, table, tariff);
  const passedOver = prefixesOf(number).flatMap((prefix) => {
    const version = versionAt(table, prefix, at);
    const isLonger = rated.state === "UNRATED" || prefix.length > rated.version.prefix.length;
    return version?.discontinued && isLonger ? [version] : [];
  });
  return { rated, passedOver, steps: rated.state === "RATED" ? stepsOf(rated, tariff.currency) : [] };
};

const stepsOf = (
  { seconds, version, amount }: Extract<Rated, { readonly state: "RATED" }>,
  currency: TariffTerms["currency"],
): RateStep[] => {
  const { firstSeconds, nextSeconds, first, next, connectFee, exact } = costOf(seconds, version, currency);
  return [
    { what: "CALL_SECONDS", unit: "SECONDS", value: seconds.toString() },
    { what: "FIRST_SECONDS", unit: "SECONDS", value: firstSeconds.toString() },
    { what: "PRICE_FIRST", unit: "PER_MINUTE", value: version.priceFirst },
    { what: "FIRST_COST", unit: "MONEY", value: first.toFixed() },
    { what: "NEXT_SECONDS", unit: "SECONDS", value: nextSeconds.toString() },
    { what: "PRICE_NEXT", unit: "PER_MINUTE", value: version.priceNext },
    { what: "NEXT_COST", unit: "MONEY", value: next.toFixed() },
    { what: "CONNECT_FEE", unit: "MONEY", value: connectFee.toFixed() },
    { what: "EXACT", unit: "MONEY", value: exact.toFixed() },
    { what: "AMOUNT", unit: "MONEY", value: amount },
  ];
};
