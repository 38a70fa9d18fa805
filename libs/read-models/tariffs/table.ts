import { type Instant } from "#domain/calendar.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { bigint, boolean, entityOf, instant, integer, nullable, text, uuidKey } from "../rows/columns.js";

/** A version of a rate. */
export interface TariffRateRow extends RateVersion {
  readonly providerId: string;
  readonly tariffId: string;
  /** From when it no longer holds: where the next version of its prefix begins; null: it never ends. */
  readonly effectiveUntil: Instant | null;
  /** Of the event that recorded it, in the stream of the tariff's rates; of a clone's, in that of the other tariff. */
  readonly revision: string;
}

export const tariffRates = entityOf<TariffRateRow>("TariffRate", "tariff_rates", {
  providerId: uuidKey,
  tariffId: uuidKey,
  prefix: { ...text, primary: true },
  effectiveFrom: { ...instant, primary: true },
  effectiveUntil: nullable(instant),
  description: nullable(text),
  country: nullable(text),
  priceFirst: text,
  priceNext: text,
  connectFee: text,
  firstInterval: integer,
  nextInterval: integer,
  discontinued: boolean,
  forbidden: boolean,
  hidden: boolean,
  payback: boolean,
  revision: bigint,
});

/** The version of a row, as rating takes it. */
export const rateVersionOf = ({
  providerId: _,
  tariffId: __,
  effectiveUntil: ___,
  revision: ____,
  ...version
}: TariffRateRow): RateVersion => version;
