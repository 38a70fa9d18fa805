import { type Line } from "../outcome.js";
import { type Rounding } from "../story.js";
import { type Day, type Period } from "./calendar.js";
import { chargeableDays, type ChargeableDay, isCharged } from "./days.js";
import { endOf, isCancelled } from "./life.js";
import { type Minor } from "./money.js";
import { allocate, equal, type Rational, round, times, whole, ZERO } from "./rational.js";
import { type Commitment, type OneTimeRow, type RecurringRow } from "./world.js";

export interface Charge {
  commitment: Commitment;
  row: RecurringRow | OneTimeRow;
  kind: Line["kind"];
  from: Day;
  until: Day;
  days: number;
  periodDays: number | null;
  fee: Minor;
  discount: Minor;
  origin: Line["discountOrigin"];
}

/** Neighbouring charged days of one row with the same unit discount and origin. */
interface Segment {
  days: ChargeableDay[];
  discount: Rational;
  origin: Line["discountOrigin"];
}

/** The recurring and one-time charges of a commitment in a period. */
export function chargesOf(c: Commitment, period: Period, mode: Rounding): Charge[] {
  return [...oneTimeCharges(c, period), ...recurringCharges(c, period, mode)];
}

/** Charged once, dated the day that brought the terms; a pause or suspension does not matter. */
function oneTimeCharges(c: Commitment, period: Period): Charge[] {
  const end = endOf(c) ?? Infinity;
  if (isCancelled(c)) return [];
  return c.terms
    .filter(({ day }) => period.from <= day && day < period.to && day <= end)
    .flatMap(({ day, oneTime }) =>
      oneTime.map((row): Charge => {
        const origin = row.discount > 0n ? "COMMITMENT" : null;
        return { ...singleDay(c, row, "ONE_TIME", day), fee: row.fee, discount: row.discount, origin };
      }),
    );
}

export function singleDay(c: Commitment, row: Charge["row"], kind: Line["kind"], day: Day): Charge {
  const amounts = { fee: 0n, discount: 0n, origin: null };
  return { commitment: c, row, kind, from: day, until: day, days: 1, periodDays: null, ...amounts };
}

function recurringCharges(c: Commitment, period: Period, mode: Rounding): Charge[] {
  const days = chargeableDays(c, period);
  const periodDays = period.to - period.from;
  return c.terms.flatMap((terms) =>
    terms.rows.flatMap((row) => {
      const charged = days.filter((day) => day.terms === terms && isCharged(row, day));
      const served = charged.filter(({ kind }) => kind === "SERVED").map(({ day }) => day);
      // A row without a served day is not charged, whatever its proration flags.
      if (served.length === 0) return [];
      const segments = segmentsOf(row, charged);
      const amounts = amountsOf(row, segments, periodDays, mode);
      return segments.flatMap((segment, i): Charge[] => {
        const { fee = 0n, discount = 0n } = amounts[i] ?? {};
        if (fee === 0n && discount === 0n) return [];
        const shown = { ...shownDays(segment, served), days: segment.days.length, periodDays };
        return [{ commitment: c, row, kind: "RECURRING", ...shown, fee, discount, origin: segment.origin }];
      });
    }),
  );
}

/** A flat discount until the end date, or the customer's rate, which overrides it even at 0. */
function discountOn(row: RecurringRow, day: ChargeableDay): Omit<Segment, "days"> {
  const rate = day.rate;
  const discount = rate !== null ? times(rate, row.fee, 100n) : day.discounted ? whole(row.discount) : ZERO;
  return { discount, origin: discount.n === 0n ? null : rate !== null ? "CUSTOMER_RATE" : "COMMITMENT" };
}

function segmentsOf(row: RecurringRow, days: ChargeableDay[]): Segment[] {
  const segments: Segment[] = [];
  for (const day of days) {
    const { discount, origin } = discountOn(row, day);
    const last = segments.at(-1);
    const goesOn =
      last !== undefined &&
      last.days.at(-1)?.day === day.day - 1 &&
      last.origin === origin &&
      equal(last.discount, discount);
    if (goesOn) last.days.push(day);
    else segments.push({ days: [day], discount, origin });
  }
  return segments;
}

/** Lines show days served; a segment of added days only shows the served day next to it. */
function shownDays(segment: Segment, served: Day[]): { from: Day; until: Day } {
  const own = segment.days.filter(({ kind }) => kind === "SERVED").map(({ day }) => day);
  const [first, last] = [own.at(0), own.at(-1)];
  if (first !== undefined && last !== undefined) return { from: first, until: last };
  const nearest = (segment.days[0]?.kind === "BEFORE" ? served.at(0) : served.at(-1)) ?? 0;
  return { from: nearest, until: nearest };
}

interface Amounts {
  fee: Minor;
  discount: Minor;
}

/** Fees and discounts separately; a discount never exceeds its fee, and what is cut off is not moved elsewhere. */
export function amountsOf(
  row: RecurringRow,
  segments: { days: readonly unknown[]; discount: Rational }[],
  periodDays: number,
  mode: Rounding,
): Amounts[] {
  const fees = prorated(whole(row.fee), segments, periodDays, mode);
  const amounts = segments.map((_, i): Amounts => ({ fee: fees[i] ?? 0n, discount: 0n }));
  const done = new Set<number>();
  segments.forEach(({ discount }, i) => {
    if (done.has(i)) return;
    // The group of the segments with this unit discount.
    const group = segments.flatMap((other, j) => (equal(other.discount, discount) ? [j] : []));
    const members = segments.filter((_, j) => group.includes(j));
    const discounts = prorated(discount, members, periodDays, mode);
    group.forEach((j, k) => {
      done.add(j);
      const [fee, given] = [fees[j] ?? 0n, discounts[k] ?? 0n];
      amounts[j] = { fee, discount: given < fee ? given : fee };
    });
  });
  return amounts;
}

/** The total of a group is rounded once and allocated by largest remainder. */
function prorated(unit: Rational, group: { days: readonly unknown[] }[], periodDays: number, mode: Rounding): Minor[] {
  const share = (days: number): Rational => times(unit, BigInt(days), BigInt(periodDays));
  const all = group.reduce((sum, { days }) => sum + days.length, 0);
  return allocate(
    round(share(all), mode),
    group.map(({ days }) => share(days.length)),
  );
}
