import type * as story from "../story.js";
import { decimalsOf } from "./money.js";
import { round } from "./rational.js";
import { refuse } from "./refused.js";
import { type Rated } from "./world.js";
import { type Moment } from "./zones.js";

export type Voice = story.Voice;

/** All versions of all prefixes, in order of recording. */
export interface Tariff {
  name: string;
  currency: string;
  matchBy: "CLD" | "CLI";
  duration: "NEAREST" | "UP";
  versions: Version[];
}

/** Prices are in hundred-thousandths of the currency, as finely as they are told. */
export interface Version {
  prefix: string;
  from: Moment;
  /** Per minute. */
  priceFirst: bigint;
  priceNext: bigint;
  fee: bigint;
  /** Seconds. */
  first: bigint;
  next: bigint;
  discontinued: boolean;
  forbidden: boolean;
  payback: boolean;
}

export const createTariff = ({ name, currency, matchBy, duration, rates }: story.Tariff): Tariff => ({
  ...{ name, currency, matchBy: matchBy ?? "CLD", duration: duration ?? "NEAREST" },
  versions: (rates ?? []).map((rate) => versionOf(rate, -Infinity)),
});

export const versionOf = (rate: story.Rate, now: Moment): Version => ({
  prefix: rate.prefix,
  from: rate.effectiveFrom === undefined ? now : Date.parse(rate.effectiveFrom),
  priceFirst: shifted(rate.priceFirst, 5),
  priceNext: shifted(rate.priceNext, 5),
  fee: shifted(rate.connectFee ?? "0", 5),
  first: BigInt(rate.firstInterval ?? 1),
  next: BigInt(rate.nextInterval ?? 1),
  discontinued: rate.discontinued ?? false,
  forbidden: rate.forbidden ?? false,
  payback: rate.payback ?? false,
});

/** A decimal at or above zero as a whole number, its point so many digits to the right. */
export function shifted(text: string, digits: number): bigint {
  const [, units = "", fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? refuse("VALIDATION_FAILED");
  if (fraction.length > digits) refuse("VALIDATION_FAILED");
  return BigInt(units + fraction.padEnd(digits, "0"));
}

/** What a call costs by a tariff, or why it has no amount. */
export function rate(
  tariff: Tariff,
  call: { from: string | null; to: string; answered: Moment; milliseconds: bigint },
): Rated | "NO_RATE" | "FORBIDDEN" {
  const number = (tariff.matchBy === "CLD" ? call.to : call.from) ?? "";
  const version = versionFor(tariff, number, call.answered);
  if (version === null) return "NO_RATE";
  if (version.forbidden) return "FORBIDDEN";
  const { name, duration, currency } = tariff;
  const seconds = (call.milliseconds + (duration === "UP" ? 999n : 500n)) / 1000n;
  const charged = chargedSeconds(version, seconds);
  return { tariff: name, prefix: version.prefix, seconds, charged, amount: amountOf(version, charged, currency) };
}

/** From the whole number down to no digit at all: the first prefix that is in force and goes on. */
function versionFor({ versions }: Tariff, number: string, answered: Moment): Version | null {
  for (let length = number.length; length >= 0; length--) {
    const prefix = number.slice(0, length);
    let found: Version | null = null;
    for (const version of versions) {
      if (version.prefix !== prefix || version.from > answered) continue;
      if (found === null || version.from >= found.from) found = version;
    }
    if (found !== null && !found.discontinued) return found;
  }
  return null;
}

/** Whole intervals are counted one after the other. */
function chargedSeconds({ first, next }: Version, seconds: bigint): bigint {
  if (seconds === 0n) return 0n;
  let charged = first;
  while (charged < seconds) charged += next;
  return charged;
}

/** In thousandths of a minor unit. */
function amountOf(version: Version, charged: bigint, currency: string): bigint {
  if (charged === 0n) return 0n;
  const { fee, priceFirst, priceNext, first, payback } = version;
  const sixtieths = fee * 60n + priceFirst * first + priceNext * (charged - first);
  const finer = 10n ** BigInt(decimalsOf(currency) + 3);
  const amount = round({ n: sixtieths * finer, d: 60n * 100_000n }, "HALF_UP");
  return payback ? -amount : amount;
}
