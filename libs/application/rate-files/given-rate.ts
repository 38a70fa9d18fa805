import { type Instant } from "#domain/calendar.js";
import { type RateFlag, type RateVersion } from "#domain/voice/rate-version.js";

/** A version of a rate; without an instant from now on, without intervals by the second, without a fee for none. */
export interface GivenRate extends Readonly<Partial<Record<RateFlag, boolean>>> {
  readonly prefix: string;
  readonly description?: string | null;
  readonly country?: string | null;
  readonly effectiveFrom?: Instant | undefined;
  readonly priceFirst: string;
  readonly priceNext: string;
  readonly connectFee?: string;
  readonly firstInterval?: number;
  readonly nextInterval?: number;
}

/** In the one form in which instants are compared. */
export const inUtc = (instant: Instant): Instant => new Date(instant).toISOString();

/** The version that is meant. */
export const rateVersion = (rate: GivenRate, now: Instant): RateVersion => ({
  prefix: rate.prefix,
  description: rate.description ?? null,
  country: rate.country ?? null,
  effectiveFrom: inUtc(rate.effectiveFrom ?? now),
  priceFirst: rate.priceFirst,
  priceNext: rate.priceNext,
  connectFee: rate.connectFee ?? "0",
  firstInterval: rate.firstInterval ?? 1,
  nextInterval: rate.nextInterval ?? 1,
  discontinued: rate.discontinued ?? false,
  forbidden: rate.forbidden ?? false,
  hidden: rate.hidden ?? false,
  payback: rate.payback ?? false,
});
