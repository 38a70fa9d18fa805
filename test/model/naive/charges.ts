import { type Line } from "../outcome.js";
import { type BillingPeriod, type Rounding } from "../story.js";
import { type Day, type Period } from "./calendar.js";
import { naturalDays, typeOn } from "./cycles.js";
import { chargeableDays, type ChargeableDay, isCharged } from "./days.js";
import { endOf, holderOn, isCancelled, transfersOf } from "./life.js";
import { type Minor } from "./money.js";
import { allocate, equal, type Rational, round, times, whole, ZERO } from "./rational.js";
import { heldTerms, termsOn } from "./terms.js";
import { type Account, type Commitment, type Customer, type OneTimeRow, type RecurringRow } from "./world.js";

export interface Charge {
  /** Null: of calls. */
  commitment: Commitment | null;
  account: Account;
  /** What is charged: a row, or a transfer. */
  row: { id: string; description: string };
  kind: Line["kind"];
  from: Day;
  until: Day;
  days: number;
  periodDays: number | null;
  fee: Minor;
  discount: Minor;
  origin: Line["discountOrigin"];
  /** Of calls: what they come to together. */
  usage?: { calls: number; seconds: number; chargedSeconds: number; late: boolean };
  /** Of a recurring charge: the days charged, those that a proration flag adds included, and the discount of a period. */
  charged: Day[];
  unitDiscount: Rational;
}

/** Neighbouring charged days of one row with the same account, unit discount and origin. */
interface Segment {
  days: ChargeableDay[];
  account: Account;
  discount: Rational;
  origin: Line["discountOrigin"];
}

/** What a customer is charged for a commitment in a period, penalties excepted. */
export function chargesOf(c: Commitment, customer: Customer, period: Period, mode: Rounding): Charge[] {
  if (c.annulled || isCancelled(c) || (endOf(c) ?? Infinity) < period.from) return [];
  return [
    ...oneTimeCharges(c, customer, period),
    ...transferFees(c, customer, period),
    ...recurringCharges(c, customer, period, mode),
  ];
}

/** Charged once, dated the day that brought the terms, to the holder of that day; no pause or suspension matters. */
function oneTimeCharges(c: Commitment, customer: Customer, period: Period): Charge[] {
  const end = endOf(c) ?? Infinity;
  return heldTerms(c)
    .filter(({ day }) => period.from <= day && day < period.to && day <= end)
    .filter(({ day }) => holderOn(c, day).customer === customer)
    .flatMap(({ day, oneTime }) => oneTime.map((row) => oneTimeCharge(c, row, day)));
}

function oneTimeCharge(c: Commitment, row: OneTimeRow, day: Day): Charge {
  const origin = row.discount > 0n ? "COMMITMENT" : null;
  return { ...singleDay(c, holderOn(c, day), row, "ONE_TIME", day), fee: row.fee, discount: row.discount, origin };
}

/** By the terms that were held when the transfer came, to each receiver. */
function transferFees(c: Commitment, customer: Customer, period: Period): Charge[] {
  return transfersOf(c)
    .filter(({ day, account }) => period.from <= day && day < period.to && account.customer === customer)
    .flatMap(({ day, account, recorded }) => {
      const before = heldTerms(c).filter(
        (terms) => terms.day < day || (terms.day === day && terms.recorded < recorded),
      );
      const { transferFee: fee, offer } = before.at(-1) ?? heldTerms(c)[0] ?? termsOn(c, day);
      if (fee === 0n) return [];
      const row = { id: `transfer ${recorded}`, description: `Transfer fee: ${offer}` };
      return [{ ...singleDay(c, account, row, "TRANSFER_FEE", day), fee }];
    });
}

export function singleDay(
  commitment: Charge["commitment"],
  account: Account,
  row: Charge["row"],
  kind: Line["kind"],
  day: Day,
): Charge {
  const amounts = { fee: 0n, discount: 0n, origin: null };
  const span = { from: day, until: day, days: 1, periodDays: null, charged: [], unitDiscount: ZERO };
  return { commitment, account, row, kind, ...span, ...amounts };
}

function recurringCharges(c: Commitment, customer: Customer, period: Period, mode: Rounding): Charge[] {
  const days = chargeableDays(c, customer, period);
  if (days.length === 0) return [];
  const periodDays = naturalDays(customer, period);
  const type = typeOn(customer, period.from);
  return heldTerms(c).flatMap((terms) =>
    terms.rows.flatMap((row) => {
      const charged = days.filter((day) => day.terms === terms && isCharged(row, day));
      const served = charged.filter(({ kind }) => kind === "SERVED").map(({ day }) => day);
      // A row without a served day is not charged, whatever its proration flags.
      if (served.length === 0) return [];
      const fee = feeFor(row, type);
      const segments = segmentsOf(row, fee, charged);
      const amounts = amountsOf(fee, segments, periodDays, mode);
      return segments.flatMap((segment, i): Charge[] => {
        const { fee: charge = 0n, discount = 0n } = amounts[i] ?? {};
        if (charge === 0n && discount === 0n) return [];
        const { account, origin } = segment;
        const shown = { ...shownDays(segment, served), days: segment.days.length, periodDays };
        const counted = { charged: segment.days.map(({ day }) => day), unitDiscount: segment.discount };
        return [
          { commitment: c, account, row, kind: "RECURRING", ...shown, fee: charge, discount, origin, ...counted },
        ];
      });
    }),
  );
}

/** "A fee for MONTHLY serves MONTHLY_ANNIVERSARY too where that has none of its own"; nothing is charged without one. */
export const feeFor = ({ fees }: RecurringRow, type: BillingPeriod): Minor =>
  fees[type] ?? (type === "MONTHLY_ANNIVERSARY" ? fees.MONTHLY : undefined) ?? 0n;

/** A flat discount until the end date, or the customer's rate, which overrides it even at 0. */
function discountOn(row: RecurringRow, fee: Minor, day: ChargeableDay): Pick<Segment, "discount" | "origin"> {
  const rate = day.rate;
  const discount = rate !== null ? times(rate, fee, 100n) : day.discounted ? whole(row.discount) : ZERO;
  return { discount, origin: discount.n === 0n ? null : rate !== null ? "CUSTOMER_RATE" : "COMMITMENT" };
}

function segmentsOf(row: RecurringRow, fee: Minor, days: ChargeableDay[]): Segment[] {
  const segments: Segment[] = [];
  for (const day of days) {
    const { discount, origin } = discountOn(row, fee, day);
    const last = segments.at(-1);
    const goesOn =
      last !== undefined &&
      last.days.at(-1)?.day === day.day - 1 &&
      last.account === day.account &&
      last.origin === origin &&
      equal(last.discount, discount);
    if (goesOn) last.days.push(day);
    else segments.push({ days: [day], account: day.account, discount, origin });
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
  unit: Minor,
  segments: { days: readonly unknown[]; discount: Rational }[],
  periodDays: number,
  mode: Rounding,
): Amounts[] {
  const fees = prorated(whole(unit), segments, periodDays, mode);
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
