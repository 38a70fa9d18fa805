import fc from "fast-check";
import { addDays, type Interval, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type RecurringRow, type Terms } from "../commitments/events.js";
import { type Currency, type RoundingMode, roundingModes } from "../money.js";
import { classDefined, customer, customerClass, customerCreated } from "./examples.js";
import { commitment, history, internet, terms, tv } from "./history.js";

/** Reference arithmetic on integers, written apart from the code under test. */
export const DIGITS: Record<Currency, number> = { JPY: 0, USD: 2, KWD: 3 };

/** Minor units of an amount. */
export const units = (amount: string): bigint => BigInt(amount.replace(".", ""));

export const amount = (minor: bigint, currency: Currency): string => {
  const digits = DIGITS[currency] ?? 2;
  const text = minor.toString().padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

/** unit x days / of, rounded. */
export const prorated = (unit: bigint, days: number, of: number, mode: RoundingMode): bigint => {
  const [whole, rest, divisor] = [(unit * BigInt(days)) / BigInt(of), (unit * BigInt(days)) % BigInt(of), BigInt(of)];
  const up = {
    UP: rest > 0n,
    HALF_UP: rest * 2n >= divisor,
    HALF_EVEN: rest * 2n > divisor || (rest * 2n === divisor && whole % 2n === 1n),
  }[mode];
  return up ? whole + 1n : whole;
};

export const daysOf = (interval: Interval): LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = interval.from; day < interval.to; day = addDays(day, 1)) days.push(day);
  return days;
};

/** The terms of a commitment that was never upgraded. */
export const termsOf = ({ versions: [first] }: Commitment): Terms => first.terms;

const FIRST = "2020-01-01";
const day = (count: number): LocalDate => addDays(FIRST, count);

const row = (currency: Currency) =>
  fc
    .record({
      fee: fc.bigInt(0n, 50_000n),
      percent: fc.constantFrom(0n, 10n, 25n, 50n, 99n, 100n),
      prorateFirst: fc.boolean(),
      prorateLast: fc.boolean(),
    })
    .map(({ fee, percent, ...flags }): RecurringRow => {
      const fees = { MONTHLY: amount(fee, currency) };
      return internet({ fees, discount: amount((fee * percent) / 100n, currency), ...flags });
    });

/** A commitment that starts in the first half of 2020 and lives for at most seven months or so. */
export const held = (currency: Currency) =>
  fc
    .record({
      start: fc.nat({ max: 180 }),
      discounted: fc.option(fc.integer({ min: 1, max: 150 })),
      served: fc.option(fc.nat({ max: 200 })),
      rows: fc.array(row(currency), { minLength: 1, maxLength: 3 }),
      device: fc.option(fc.bigInt(0n, 50_000n)),
    })
    .map(({ start, discounted, served, rows, device }) => (commitmentId: string): Commitment => {
      const oneTime =
        device === null ? [] : [tv({ fee: amount(50_000n, currency), discount: amount(device, currency) })];
      const recurring = rows.map((item, index) => ({ ...item, rowId: `recurring-${index + 1}` }));
      return commitment(
        {
          commitmentId,
          terms: terms({ currency, recurring, oneTime }),
          discountEnd: discounted === null ? null : day(start + discounted),
          effectiveOn: day(start),
        },
        served === null ? null : day(start + served),
      );
    });

/** Customers with one to four commitments, in yen, dollars or dinars, rounded in any mode. */
export const histories = fc
  .tuple(fc.constantFrom("JPY", "USD", "KWD"), fc.constantFrom(...roundingModes))
  .chain(([currency, rounding]) =>
    fc.array(held(currency), { minLength: 1, maxLength: 4 }).map((build) => {
      const commitments = build.map((make, index) => make(`commitment-${index + 1}`));
      const owner = customer(customerCreated({ currency, customerClassId: "class-1" }));
      const classes = [customerClass(classDefined({ rounding }))];
      return { currency, rounding, history: history(commitments, { owner, classes }) };
    }),
  );

/** Every month in which something can be charged, and one more at either end. */
export const months: readonly Interval[] = Array.from({ length: 16 }, (_, index) => {
  const first = (count: number) => new Date(Date.UTC(2019, 11 + count, 1)).toISOString().slice(0, 10);
  return { from: first(index), to: first(index + 1) };
});
