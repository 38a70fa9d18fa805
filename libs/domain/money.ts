import Big from "big.js";
import { MINOR_UNITS } from "./minor-units.js";
import { type FieldPath, reject } from "./rejection.js";

// Strict mode refuses numbers: an amount comes from text or another Big, never from a binary float.
Big.strict = true;

/** Decimal text with the currency's minor unit, e.g. "15.00" USD, "1500" JPY, "1.500" KWD. */
export type Amount = string;
/** ISO 4217 code. */
export type Currency = string;
/** How an amount finer than the minor unit is rounded; chosen by the customer's class (docs/rules.md#rounding). */
export const roundingModes = ["HALF_UP", "HALF_EVEN", "UP"] as const;
export type RoundingMode = (typeof roundingModes)[number];

export const ZERO = new Big("0");

const MODES: Record<RoundingMode, 0 | 1 | 2 | 3> = { HALF_UP: 1, HALF_EVEN: 2, UP: 3 };

/**
 * Decimal places of a currency by ISO 4217 (JPY 0, USD 2, KWD 3).
 * @param field the way from the input to the code
 * @throws Rejection VALIDATION_FAILED for a code that ISO 4217 does not list
 */
export const minorUnits = (currency: Currency, field: FieldPath = "currency"): number => {
  const digits = MINOR_UNITS.get(currency);
  if (digits !== undefined) return digits;
  throw reject("VALIDATION_FAILED", `${currency} is not an ISO 4217 currency code.`, {
    field,
    facts: { case: "NO_CURRENCY", currency },
  });
};

const DECIMAL = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/;

/**
 * Reads an amount that a user typed. Trailing zeros are accepted, anything finer than the minor unit is not.
 * @returns the amount with exactly the currency's decimals
 * @throws Rejection VALIDATION_FAILED (no decimal text), INVALID_AMOUNT (negative, or finer than the minor unit)
 */
export const parseAmount = (text: string, currency: Currency, field?: FieldPath): Amount => {
  const at = field === undefined ? {} : { field };
  if (!DECIMAL.test(text)) {
    throw reject("VALIDATION_FAILED", `"${text}" is not a decimal amount such as "15.00".`, {
      ...at,
      facts: { case: "NO_AMOUNT" },
    });
  }
  const amount = new Big(text);
  const digits = minorUnits(currency);
  if (amount.lt(ZERO)) {
    throw reject("INVALID_AMOUNT", `${text} ${currency} is negative.`, {
      ...at,
      facts: { case: "AMOUNT_NEGATIVE", amount: text, currency },
    });
  }
  if (!amount.round(digits, 0).eq(amount)) {
    throw reject("INVALID_AMOUNT", `${text} is finer than ${currency} allows: ${digits} decimal places.`, {
      ...at,
      facts: { case: "AMOUNT_TOO_FINE", currency, decimals: String(digits) },
    });
  }
  return amount.toFixed(digits);
};

/**
 * The only place that rounds money (docs/rules.md#rounding): to the currency's minor unit.
 * @param mode of the customer's class
 */
export const round = (amount: Big, currency: Currency, mode: RoundingMode): Big =>
  amount.round(minorUnits(currency), MODES[mode]);

/** Decimals that the amount of a single call has beyond the currency's: many small amounts add up to one line. */
const RATED_DECIMALS = 3;

/**
 * Rounds the amount of a single rated call (docs/rules.md#rating): half up, three decimals beyond the minor unit. The
 * line that adds calls up is rounded to the minor unit by {@link round}, in the customer's mode.
 */
export const roundRated = (amount: Big, currency: Currency): Big =>
  amount.round(minorUnits(currency) + RATED_DECIMALS, MODES.HALF_UP);

/** Text of the amount of a rated call, with three decimals beyond the currency's. */
export const formatRated = (amount: Big, currency: Currency): string =>
  amount.toFixed(minorUnits(currency) + RATED_DECIMALS);

const SECONDS_A_MINUTE = "60";

/** A price per minute for so many seconds, exact to 20 decimals. */
export const perMinute = (price: Big, seconds: number): Big => price.times(seconds.toString()).div(SECONDS_A_MINUTE);

/** Text of an amount that is already rounded, with exactly the currency's decimals. */
export const format = (amount: Big, currency: Currency): Amount => amount.toFixed(minorUnits(currency));

/** Text of an amount that need not be rounded: all its decimals, and at least the currency's. */
export const formatExact = (amount: Big, currency: Currency): Amount => {
  const rounded = amount.round(minorUnits(currency), MODES.UP);
  return rounded.eq(amount) ? format(rounded, currency) : amount.toFixed();
};

export const big = (amount: Amount): Big => new Big(amount);

/** The amount with the opposite sign; zero has none. */
export const negated = (amount: Amount, currency: Currency): Amount => format(ZERO.minus(big(amount)), currency);

export const sum = (amounts: Iterable<Big>): Big => {
  let total = ZERO;
  for (const amount of amounts) total = total.plus(amount);
  return total;
};

/**
 * Splits a rounded total over exact shares by largest remainder: every share gets its floor in minor units, the units
 * left go one each to the largest remainders, ties to the earlier (docs/rules.md#rounding).
 * @param total rounded to the currency's minor unit, not negative
 * @param shares exact and not negative; they add up to the total before it was rounded
 */
export const allocate = (total: Big, shares: readonly Big[], currency: Currency): Big[] => {
  const digits = minorUnits(currency);
  const unit = new Big(1n.toString()).div(new Big("10").pow(digits));
  const floors = shares.map((share) => share.round(digits, 0));
  const order = shares
    .map((share, index) => ({ index, remainder: share.minus(floors[index] ?? ZERO) }))
    .sort((a, b) => b.remainder.cmp(a.remainder) || a.index - b.index);
  let left = total.minus(sum(floors));
  const parts = [...floors];
  for (let turn = 0; left.gt(ZERO) && order.length > 0; turn = (turn + 1) % order.length) {
    const index = order[turn]?.index ?? 0;
    parts[index] = (parts[index] ?? ZERO).plus(unit);
    left = left.minus(unit);
  }
  return parts;
};
