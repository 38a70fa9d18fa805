import { addDays, days, earlier, type Interval, intersect, later, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitment/commitment.js";
import { type RecurringRow } from "../commitment/events.js";
import { big, ZERO } from "../money.js";

/** Neighbouring charged days of one row with the same fee and discount: one line. */
export interface Segment {
  /** The charged days, [from, to). */
  readonly charged: Interval;
  /** The served days among them, [from, to): what the line shows. */
  readonly shown: Interval;
  readonly days: number;
  /** Whether the row's discount, above 0, is given on these days. */
  readonly discounted: boolean;
}

/**
 * The segments of a row in a billing period, in order. With a proration flag off the commitment's first or last served
 * days reach to the period's edge: those days are charged, the line still shows the days served.
 */
export const segments = (
  commitment: Commitment,
  row: RecurringRow,
  lastDay: LocalDate | null,
  period: Interval,
): Segment[] => {
  const served = intersect({ from: commitment.start, to: lastDay === null ? period.to : addDays(lastDay, 1) }, period);
  if (!served) return [];
  const charged = {
    from: row.prorateFirst || commitment.start <= period.from ? served.from : period.from,
    to: row.prorateLast || lastDay === null || served.to === period.to ? served.to : period.to,
  };
  // A row without a discount is the same before and after: its days stay one segment.
  const end = big(row.discount).gt(ZERO) ? commitment.discountEnd : null;
  const cuts =
    end !== null && charged.from < end && end < charged.to
      ? [charged.from, end, charged.to]
      : [charged.from, charged.to];
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? charged.from;
    return {
      charged: { from, to },
      shown: shownDays({ from, to }, served),
      days: days({ from, to }),
      discounted: end !== null && from < end,
    };
  });
};

/** The served part of a segment; for one that lies wholly beyond the served days, the served day next to it. */
const shownDays = (segment: Interval, served: Interval): Interval => {
  const from = earlier(later(segment.from, served.from), addDays(served.to, -1));
  const to = later(earlier(segment.to, served.to), addDays(from, 1));
  return { from, to };
};
