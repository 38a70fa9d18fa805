import { type Big } from "big.js";
import { type Instant } from "../calendar.js";
import { big, type Currency, formatRated, perMinute, roundRated, ZERO } from "../money.js";
import { matchingVersion, type RateTable } from "./rate-table.js";
import { type DurationRounding, type RateVersion, type TariffTerms } from "./rate-version.js";

/** A call that was answered. */
export interface RateableCall {
  /** As dialled and as shown; null: the caller hides it. */
  readonly cli: string | null;
  readonly cld: string;
  /** The version of this instant counts for the whole call. */
  readonly answered: Instant;
  /** From answer to end, in milliseconds. */
  readonly durationMs: number;
}

export type Rated = {
  readonly seconds: number;
} & (
  | {
      readonly state: "RATED";
      readonly version: RateVersion;
      readonly chargedSeconds: number;
      /** Three decimals more than the currency has; negative for a version with payback. */
      readonly amount: string;
    }
  | { readonly state: "UNRATED"; readonly reason: "NO_RATE" | "FORBIDDEN" }
);

/** Seconds of a call, by the tariff. A call that ends before it begins, by the clocks, has none. */
export const secondsOf = (durationMs: number, rounding: DurationRounding): number => {
  const seconds = Math.max(0, durationMs) / 1000;
  return rounding === "UP" ? Math.ceil(seconds) : Math.floor(seconds + 0.5);
};

/** Seconds that are charged: the first interval, and whole further intervals. A call of 0 s charges none. */
export const chargedSecondsOf = (
  seconds: number,
  { firstInterval, nextInterval }: Pick<RateVersion, "firstInterval" | "nextInterval">,
): number =>
  seconds <= 0 ? 0 : firstInterval + Math.ceil(Math.max(0, seconds - firstInterval) / nextInterval) * nextInterval;

/**
 * What a call costs (docs/rules.md#rating): the connect fee, the first interval and the further ones at their prices
 * per minute, exact, then rounded once. The same call and versions give the same, whatever was recorded for later.
 */
export const rate = (
  { cli, cld, answered, durationMs }: RateableCall,
  table: RateTable,
  { matchBy, duration, currency }: Pick<TariffTerms, "matchBy" | "duration" | "currency">,
): Rated => {
  const seconds = secondsOf(durationMs, duration);
  const version = matchingVersion(table, matchBy === "CLD" ? cld : cli, answered);
  if (!version) return { state: "UNRATED", reason: "NO_RATE", seconds };
  if (version.forbidden) return { state: "UNRATED", reason: "FORBIDDEN", seconds };
  const { chargedSeconds, amount } = costOf(seconds, version, currency);
  return { state: "RATED", version, seconds, chargedSeconds, amount: formatRated(amount, currency) };
};

/** A cost with what it was computed from: amounts as they are before they are rounded, seconds. */
export interface Cost {
  readonly connectFee: Big;
  readonly firstSeconds: number;
  readonly nextSeconds: number;
  readonly chargedSeconds: number;
  readonly first: Big;
  readonly next: Big;
  /** Of them all, before rounding and without the sign. */
  readonly exact: Big;
  /** Rounded, negative for a version with payback. */
  readonly amount: Big;
}

/** What so many seconds cost by a version. */
export const costOf = (seconds: number, version: RateVersion, currency: Currency): Cost => {
  const chargedSeconds = chargedSecondsOf(seconds, version);
  const firstSeconds = Math.min(chargedSeconds, version.firstInterval);
  const nextSeconds = chargedSeconds - firstSeconds;
  const connectFee = chargedSeconds === 0 ? ZERO : big(version.connectFee);
  const [first, next] = [
    perMinute(big(version.priceFirst), firstSeconds),
    perMinute(big(version.priceNext), nextSeconds),
  ];
  const bySeconds = big(version.priceFirst)
    .times(firstSeconds.toString())
    .plus(big(version.priceNext).times(nextSeconds.toString()));
  // Divided once: two quotients that do not end would each be cut off.
  const exact = connectFee.plus(perMinute(bySeconds, 1));
  const rounded = roundRated(exact, currency);
  const amount = version.payback ? ZERO.minus(rounded) : rounded;
  return { connectFee, firstSeconds, nextSeconds, chargedSeconds, first, next, exact, amount };
};
