import { type Instant, type LocalDate } from "../calendar.js";
import { COUNTRIES } from "../countries.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Evolver,
} from "../event.js";
import { big } from "../money.js";
import { checkAll, type FieldPath, noSuchItem, reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { type RateChange, rateChanges } from "./rate-changes.js";
import { rateFlags, type RateVersion } from "./rate-version.js";

/** A version in an event: what is absent is null, or off. */
export type RecordedRate = Omit<RateVersion, "description" | "country" | (typeof rateFlags)[number]> &
  Partial<Omit<RateVersion, "description" | "country">> & { readonly description?: string; readonly country?: string };

/** What names a version within its tariff. */
export type RateName = Pick<RateVersion, "prefix" | "effectiveFrom">;

/** Rows of one event at most: what an event store and its readers carry well. */
export const MOST_ROWS = 500;

/** Versions of rates were added, each in place of one with the same prefix and instant; at most {@link MOST_ROWS}. */
export type RatesChanged = DomainEvent<
  "RatesChanged",
  { readonly tariffId: string; readonly rates: readonly RecordedRate[]; readonly effectiveOn: LocalDate }
>;
/** Versions that had not come into force were taken away; at most {@link MOST_ROWS}. */
export type RatesRemoved = DomainEvent<
  "RatesRemoved",
  { readonly tariffId: string; readonly rates: readonly RateName[]; readonly effectiveOn: LocalDate }
>;
export type RatesEvent = RatesChanged | RatesRemoved | CommandAccepted;

export const ratesEvents: CategoryEvents<"rates", RatesEvent> = {
  category: "rates",
  types: {
    RatesChanged: { version: 1, movesCharges: false, callsForWork: false },
    RatesRemoved: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

/** Which tariff's; the rates themselves are many, and no decision looks at more of them than it is given. */
export interface Rates {
  readonly tariffId: string;
}

export const ratesEvolver: Evolver<Rates | null, RatesEvent> = {
  initial: null,
  evolve: (state, event) => (event.type === "CommandAccepted" ? state : { tariffId: event.data.tariffId }),
};

export const versionOf = ({ description, country, ...rate }: RecordedRate): RateVersion => ({
  ...{ description: description ?? null, country: country ?? null },
  ...{ discontinued: false, forbidden: false, hidden: false, payback: false },
  ...rate,
});

const recorded = ({ description, country, ...rate }: RateVersion): RecordedRate => {
  const flags = rateFlags.map((flag): [string, boolean] => [flag, rate[flag]]).filter(([, isOn]) => isOn);
  const { prefix, effectiveFrom, priceFirst, priceNext, connectFee, firstInterval, nextInterval } = rate;
  return {
    ...{ prefix, effectiveFrom, priceFirst, priceNext, connectFee, firstInterval, nextInterval },
    ...(description !== null && { description }),
    ...(country !== null && { country }),
    ...Object.fromEntries(flags),
  };
};

/** What decisions on rates look at beside them. */
export interface RatesFacts {
  readonly tariffExists: boolean;
  /** Whether the provider has any rated call: none can change, so that a rate of the past is refused from then on. */
  readonly hasCalls: boolean;
}

const PRICE = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,12})?$/;

/** A price or fee of at most five decimals, without trailing zeros beyond the second. @throws Rejection */
const checkedPrice = (text: string, field: FieldPath): string => {
  const amount = PRICE.test(text) ? big(text) : null;
  if (!amount) {
    const facts = { case: "NO_PRICE" } as const;
    throw reject("VALIDATION_FAILED", `"${text}" is not a decimal amount such as "0.06".`, { field, facts });
  }
  if (!amount.round(5, 0).eq(amount)) {
    const facts = { case: "PRICE_TOO_FINE", decimals: "5" } as const;
    throw reject("INVALID_AMOUNT", `${text} is finer than a rate allows: 5 decimal places.`, { field, facts });
  }
  const [whole = "0", decimals = ""] = amount.toFixed().split(".");
  return `${whole}.${decimals.padEnd(2, "0")}`;
};

const LONGEST_DESCRIPTION = 100;
const LONGEST_PREFIX = 32;

/** @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT, INVALID_DATE */
const checkedRate = (rate: RateVersion, at: readonly (string | number)[], earliest: Instant | null): RateVersion => {
  const field = (name: keyof RateVersion): FieldPath => [...at, name];
  const require = (holds: boolean, name: keyof RateVersion, message: string, facts: Facts) => () => {
    if (!holds) throw reject("VALIDATION_FAILED", message, { field: field(name), facts });
  };
  const atMost = (name: "prefix" | "description", most: number, message: string) =>
    require((rate[name] ?? "").length <= most, name, message, { case: "TEXT_TOO_LONG", most: String(most) });
  const { prefix, description, country, effectiveFrom } = rate;
  const interval = (name: "firstInterval" | "nextInterval") => {
    const seconds = rate[name];
    const holds = Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600;
    const facts = { case: "NOT_WITHIN", least: "1", most: "3600" } as const;
    return require(holds, name, `${name} must be a whole number of seconds from 1 to 3600.`, facts);
  };
  checkAll(
    require(/^\d*$/.test(prefix), "prefix", `The prefix "${prefix}" has other characters than digits.`, {
      case: "DIGITS_ONLY",
    }),
    atMost("prefix", LONGEST_PREFIX, `prefix is longer than ${LONGEST_PREFIX} digits.`),
    require(country === null ||
      COUNTRIES.has(country), "country", `${country ?? ""} is not an ISO 3166-1 code of two letters.`, {
      ...{ case: "NO_COUNTRY", country: country ?? "" },
    }),
    atMost("description", LONGEST_DESCRIPTION, `description is longer than ${LONGEST_DESCRIPTION} characters.`),
    interval("firstInterval"),
    interval("nextInterval"),
    () => checkedPrice(rate.priceFirst, field("priceFirst")),
    () => checkedPrice(rate.priceNext, field("priceNext")),
    () => checkedPrice(rate.connectFee, field("connectFee")),
    () => {
      requireAhead(effectiveFrom, earliest, field("effectiveFrom"));
    },
  );
  return {
    ...rate,
    description: description?.trim() === "" ? null : (description?.trim() ?? null),
    priceFirst: checkedPrice(rate.priceFirst, field("priceFirst")),
    priceNext: checkedPrice(rate.priceNext, field("priceNext")),
    connectFee: checkedPrice(rate.connectFee, field("connectFee")),
  };
};

/** @throws Rejection INVALID_DATE */
const requireAhead = (effectiveFrom: Instant, earliest: Instant | null, field: FieldPath): void => {
  if (earliest === null || effectiveFrom >= earliest) return;
  throw reject("INVALID_DATE", `${effectiveFrom} is past: calls of that time are rated.`, {
    ...{ field, facts: { case: "RATE_PAST", from: effectiveFrom } },
  });
};

interface OrderedRates<Row> {
  readonly tariffId: string;
  /** Instants in the form `2026-11-28T12:00:00.000Z`. */
  readonly rates: readonly Row[];
  readonly now: Instant;
  readonly on: LocalDate;
}

/**
 * Adds versions of rates. From an instant in the past only while the provider has no call: no rated call can change
 * (docs/rules.md#rating).
 * @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT, INVALID_DATE
 */
export const changeRates = (
  { tariffId, rates, now, on }: OrderedRates<RateVersion>,
  { tariffExists, hasCalls }: RatesFacts,
): RatesEvent[] => {
  requireRows(rates, tariffExists);
  const checked: RateVersion[] = [];
  checkAll(
    ...rates.map((rate, place) => () => checked.push(checkedRate(rate, ["rates", place], hasCalls ? now : null))),
    ...eachOnce(rates),
  );
  return chunks(checked.map(recorded)).map((rows) => ({
    type: "RatesChanged",
    data: { tariffId, rates: rows, effectiveOn: on },
  }));
};

/**
 * As {@link changeRates}, of rates of which many are as they are already: only those that say something new are added,
 * and only they have to lie ahead.
 * @param facts.known versions of their prefixes
 * @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT, INVALID_DATE; all mistakes at once
 */
export const importRates = (
  { tariffId, rates, now, on }: OrderedRates<RateVersion>,
  facts: RatesFacts & { readonly known: readonly RateVersion[] },
): RatesEvent[] => {
  requireRows(rates, facts.tariffExists);
  const changed = changesAhead(rates, facts, now).flatMap(({ kind, after }) => (kind === "UNCHANGED" ? [] : [after]));
  return chunks(changed.map(recorded)).map((rows) => ({
    type: "RatesChanged",
    data: { tariffId, rates: rows, effectiveOn: on },
  }));
};

/**
 * What rates would change, in their order.
 * @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT, INVALID_DATE; all mistakes at once
 */
export const changesAhead = (
  rates: readonly RateVersion[],
  { hasCalls, known }: Pick<RatesFacts, "hasCalls"> & { readonly known: readonly RateVersion[] },
  now: Instant,
): RateChange[] => {
  const checked = new Map<number, RateVersion>();
  const changes = new Map<RateVersion | undefined, RateChange>();
  checkAll(
    ...rates.map((rate, place) => () => checked.set(place, checkedRate(rate, ["rates", place], null))),
    ...eachOnce(rates),
    () => {
      for (const change of rateChanges([...checked.values()], known)) changes.set(change.after, change);
    },
    ...rates.map((_, place) => () => {
      const change = changes.get(checked.get(place));
      if (!change || change.kind === "UNCHANGED") return;
      requireAhead(change.after.effectiveFrom, hasCalls ? now : null, ["rates", place, "effectiveFrom"]);
    }),
  );
  return rates.flatMap((_, place) => changes.get(checked.get(place)) ?? []);
};

/**
 * Takes away versions that are not in force yet; the one before each of them lasts longer.
 * @param facts.unknown those that the tariff does not have
 * @throws Rejection VALIDATION_FAILED, INVALID_DATE
 */
export const removeRates = (
  { tariffId, rates, now, on }: OrderedRates<RateName>,
  { tariffExists, hasCalls, unknown }: RatesFacts & { readonly unknown: readonly RateName[] },
): RatesEvent[] => {
  requireRows(rates, tariffExists);
  const isUnknown = ({ prefix, effectiveFrom }: RateName): boolean =>
    unknown.some((one) => one.prefix === prefix && one.effectiveFrom === effectiveFrom);
  checkAll(
    ...rates.map((rate, place) => () => {
      const { prefix, effectiveFrom: from } = rate;
      if (isUnknown(rate)) {
        throw reject("VALIDATION_FAILED", `The tariff has no rate of the prefix "${prefix}" from ${from} on.`, {
          field: ["rates", place],
          facts: { case: "NO_RATE_FROM", prefix, from },
        });
      }
      if (!hasCalls || from > now) return;
      throw reject("INVALID_DATE", `The rate of the prefix "${prefix}" is in force since ${from}.`, {
        field: ["rates", place, "effectiveFrom"],
        facts: { case: "RATE_IN_FORCE", prefix, from },
      });
    }),
    ...eachOnce(rates),
  );
  return chunks(rates).map((rows) => ({ type: "RatesRemoved", data: { tariffId, rates: rows, effectiveOn: on } }));
};

const requireRows = (rates: readonly unknown[], tariffExists: boolean): void => {
  if (!tariffExists) throw noSuchItem("tariff", "tariffId");
  if (rates.length === 0) throw reject("VALIDATION_FAILED", "rates is empty.", { field: "rates" });
};

/** Checks that refuse each version that has the prefix and the instant of one before it. */
const eachOnce = (rates: readonly RateName[]): (() => void)[] => {
  const seen = new Set<string>();
  return rates.map(({ prefix, effectiveFrom }, place) => () => {
    const name = `${prefix} ${effectiveFrom}`;
    if (seen.has(name)) {
      throw reject("VALIDATION_FAILED", `rates has the prefix "${prefix}" from ${effectiveFrom} on twice.`, {
        field: ["rates", place],
        facts: { case: "RATE_TWICE", prefix, from: effectiveFrom },
      });
    }
    seen.add(name);
  });
};

const chunks = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, index) =>
    rows.slice(index * MOST_ROWS, (index + 1) * MOST_ROWS),
  );
