import type Big from "big.js";
import { addDays, addMonths, daysBetween, earlier, firstOfMonth, later, type LocalDate } from "../calendar.js";
import { allocate, type Amount, big, format, sum, ZERO } from "../money.js";
import { type Line } from "./line.js";

/** What a line charges for the days of one calendar month. */
export interface ServiceMonth {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly fee: Amount;
  readonly discount: Amount;
  readonly net: Amount;
}

export const monthOf = (date: LocalDate): string => date.slice(0, 7);

/**
 * A line by the calendar months of the days that it shows (docs/rules.md#revenue-by-month): fee and discount are spread
 * over the days by largest remainder, ties to the earlier month, so that the parts add up to the line.
 * @returns in the order of the months; the line as a whole where its days lie in one
 */
export const serviceMonths = (
  line: Pick<Line, "from" | "until" | "fee" | "discount" | "currency">,
): readonly ServiceMonth[] => {
  const { from, until, currency } = line;
  const months = monthsBetween(from, until);
  const days = months.map(({ first, last }) => daysBetween(first, last) + 1);
  const fees = spread(big(line.fee), days, currency);
  const discounts = spread(big(line.discount), days, currency);
  return months.map(({ first }, index) => {
    const [fee, discount] = [fees[index] ?? ZERO, discounts[index] ?? ZERO];
    return {
      month: monthOf(first),
      fee: format(fee, currency),
      discount: format(discount, currency),
      net: format(fee.minus(discount), currency),
    };
  });
};

const monthsBetween = (
  from: LocalDate,
  until: LocalDate,
): readonly { readonly first: LocalDate; readonly last: LocalDate }[] => {
  const months = [];
  for (let month = firstOfMonth(from); month <= until; month = addMonths(month, 1)) {
    months.push({ first: later(from, month), last: earlier(until, addDays(addMonths(month, 1), -1)) });
  }
  return months;
};

/** A credit is spread as a charge of the same size is. */
const spread = (amount: Big, days: readonly number[], currency: string): readonly Big[] => {
  const total = sum(days.map((count) => big(count.toString())));
  const shares = days.map((count) => amount.abs().times(count.toString()).div(total));
  const parts = allocate(amount.abs(), shares, currency);
  return amount.lt(ZERO) ? parts.map((part) => ZERO.minus(part)) : parts;
};
