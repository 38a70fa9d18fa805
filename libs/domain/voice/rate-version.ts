import { type Instant } from "../calendar.js";
import { type Currency } from "../money.js";

/** By which number of a call its rate is found: the one that was called, or the caller's (a call paid by origin). */
export const rateKeys = ["CLD", "CLI"] as const;
export type RateKey = (typeof rateKeys)[number];

/** How the length of a call is rounded to seconds: half up, or up. */
export const durationRoundings = ["NEAREST", "UP"] as const;
export type DurationRounding = (typeof durationRoundings)[number];

/** What is the same for all rates of a tariff, as far as rating goes. */
export interface TariffTerms {
  readonly name: string;
  readonly currency: Currency;
  readonly matchBy: RateKey;
  readonly duration: DurationRounding;
}

/** Each is off unless a version says so. */
export const rateFlags = ["discontinued", "forbidden", "hidden", "payback"] as const;
export type RateFlag = (typeof rateFlags)[number];

/**
 * What calls to a prefix cost from an instant on, until the next version of the same prefix (docs/rules.md#rating).
 * Prefix and `effectiveFrom` name it within its tariff.
 */
export interface RateVersion extends Readonly<Record<RateFlag, boolean>> {
  /** Digits; empty: the default rate, which a number that nobody shows has too. */
  readonly prefix: string;
  readonly description: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly effectiveFrom: Instant;
  /** Per minute of the first interval and of those after it, at most 5 decimals. */
  readonly priceFirst: string;
  readonly priceNext: string;
  /** For a call that was answered, whatever its length, at most 5 decimals. */
  readonly connectFee: string;
  /** Seconds, 1 to 3600: what of the call is charged at least, and in which steps it goes on. */
  readonly firstInterval: number;
  readonly nextInterval: number;
}
