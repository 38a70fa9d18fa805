import { type Rounding } from "../story.js";

/** An exact fraction; the denominator is positive. Nothing is rounded before `round` is asked to. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };

export const whole = (n: bigint): Rational => ({ n, d: 1n });

export const times = (a: Rational, n: bigint, d = 1n): Rational => ({ n: a.n * n, d: a.d * d });

export const equal = (a: Rational, b: Rational): boolean => a.n * b.d === b.n * a.d;

/** All amounts of the model are at or above zero, so "away from zero" is "up" and division is the floor. */
export const floor = (a: Rational): bigint => a.n / a.d;

/** What the floor leaves. */
const remainder = (a: Rational): Rational => ({ n: a.n % a.d, d: a.d });

export function round(a: Rational, mode: Rounding): bigint {
  const down = floor(a);
  const twice = 2n * (a.n % a.d);
  switch (mode) {
    case "UP":
      return twice > 0n ? down + 1n : down;
    case "HALF_UP":
      return twice >= a.d ? down + 1n : down;
    case "HALF_EVEN":
      return twice > a.d || (twice === a.d && down % 2n === 1n) ? down + 1n : down;
  }
}

/** Largest remainder: the floors first, then a unit to each of the largest remainders, ties to the earlier share. */
export function allocate(total: bigint, shares: readonly Rational[]): bigint[] {
  const parts = shares.map(floor);
  const rest = shares.map(remainder);
  let left = total - parts.reduce((sum, part) => sum + part, 0n);
  const byRemainder = shares.map((_, i) => i).sort((i, j) => compare(rest[j] ?? ZERO, rest[i] ?? ZERO) || i - j);
  for (const i of byRemainder) {
    if (left === 0n) break;
    parts[i] = (parts[i] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}

function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Equal fractions read alike. */
export function plain({ n, d }: Rational): string {
  let [a, b] = [n, d];
  while (b > 0n) [a, b] = [b, a % b];
  return `${n / a}/${d / a}`;
}
