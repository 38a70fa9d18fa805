import { refuse } from "./refused.js";

/** Amounts are whole minor units of their currency: cents, fils, yen. */
export type Minor = bigint;

const DECIMALS: Readonly<Record<string, number>> = { JPY: 0, USD: 2, EUR: 2, KWD: 3 };

export const decimalsOf = (currency: string): number => DECIMALS[currency] ?? 2;

/** Amounts finer than the minor unit are refused, trailing zeros are not. */
export function parseMoney(text: string, currency: string): Minor {
  const [, sign, units = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? refuse("VALIDATION_FAILED");
  const decimals = decimalsOf(currency);
  const kept = fraction.slice(0, decimals).padEnd(decimals, "0");
  if (sign !== "" || /[^0]/.test(fraction.slice(decimals))) refuse("INVALID_AMOUNT");
  return BigInt(units + kept);
}

export const formatMoney = (amount: Minor, currency: string): string => decimal(amount, decimalsOf(currency));

/** A whole number with a point before its last so many digits. */
export function decimal(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, "0");
  const at = digits.length - decimals;
  return (amount < 0n ? "-" : "") + digits.slice(0, at) + (decimals > 0 ? `.${digits.slice(at)}` : "");
}
