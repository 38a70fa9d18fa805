import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate, round, roundingModes, sum } from "./money.js";

const digits = { JPY: 0, USD: 2, KWD: 3 };
const currencies = fc.constantFrom("JPY" as const, "USD" as const, "KWD" as const);
const modes = fc.constantFrom(...roundingModes);

/** Days of one period, cut into segments. */
const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

describe("allocating", () => {
  it("conserves the total, keeps every part within one unit of its exact share, and ranks parts as their shares", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 9n),
        cuts,
        fc.constantFrom(28, 29, 30, 31),
        currencies,
        modes,
        (units, days, of, currency, mode) => {
          const scale = new Big("10").pow(digits[currency]);
          const unit = new Big("1").div(scale);
          const amount = new Big(units.toString()).div(scale);
          const shares = days.map((count) => amount.times(count.toString()).div(of.toString()));
          const total = round(
            amount.times(sum(days.map((count) => new Big(count.toString())))).div(of.toString()),
            currency,
            mode,
          );
          const parts = allocate(total, shares, currency);
          expect(sum(parts).eq(total)).toBe(true);
          parts.forEach((part, index) => {
            const share = shares[index] ?? new Big("0");
            expect(part.minus(share).abs().lt(unit)).toBe(true);
            expect(part.eq(part.round(digits[currency]))).toBe(true);
            shares.forEach((other, at) => {
              if (share.gt(other)) expect(part.gte(parts[at] ?? part)).toBe(true);
            });
          });
        },
      ),
    );
  });
});

describe("rounding", () => {
  it("agrees with integer arithmetic on fractions", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(1n, 31n),
        fc.constantFrom(28n, 29n, 30n, 31n),
        modes,
        (cents, days, of, mode) => {
          const [floor, rest] = [(cents * days) / of, (cents * days) % of];
          const up = {
            UP: rest > 0n,
            HALF_UP: rest * 2n >= of,
            HALF_EVEN: rest * 2n > of || (rest * 2n === of && floor % 2n === 1n),
          }[mode];
          const amount = new Big(cents.toString()).div("100").times(days.toString()).div(of.toString());
          const expected = new Big((up ? floor + 1n : floor).toString()).div("100");
          expect(round(amount, "USD", mode).toFixed(2)).toBe(expected.toFixed(2));
        },
      ),
    );
  });
});
