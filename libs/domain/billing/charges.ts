import type Big from "big.js";
import { addDays, daysBetween, inclusive, type Interval } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { type HeldTerms, heldTerms } from "../commitments/terms.js";
import { cycleOn } from "../customers/customer.js";
import { allocate, big, format, formatExact, round, type RoundingMode, ZERO } from "../money.js";
import { feeOf } from "../catalog/fee.js";
import { type CustomerHistory, endOf, inOrder } from "../commitments/history.js";
import { classTermsOf } from "./class-terms.js";
import { type Line } from "./line.js";
import { type Segment, segments, type ServedRow } from "./segments.js";

/**
 * The charge lines of a customer for a billing period, without penalties (docs/rules.md#charges). The period close,
 * every preview and the view of the running period use this one function. Lines are ordered by commitment (start, id),
 * one-time fees first.
 * @param period a whole billing period of the customer, [from, to)
 */
export const charges = (history: CustomerHistory, period: Interval): Line[] => {
  const { rounding } = classTermsOf(history, period);
  const { type } = cycleOn(history.customer, period.from);
  return inOrder(history.commitments).flatMap((commitment) => {
    const end = endOf(commitment, history);
    if (end && end.on < commitment.start) return [];
    const lastDay = end?.on ?? null;
    return heldTerms(commitment)
      .filter(({ from }) => lastDay === null || from <= lastDay)
      .flatMap((held) => [
        ...oneTimeLines(commitment, held, period),
        ...held.terms.recurring.flatMap((row) => {
          const fee = feeOf(row.fees, type);
          if (fee === undefined) return [];
          const served = { commitment, held, row, fee, lastDay, customer: history.customer };
          return recurringLines(served, period, rounding, end?.causes ?? []);
        }),
      ]);
  });
};

/** The events that assigned the commitment and that its terms come from. */
const origins = (commitment: Commitment, held: HeldTerms): string[] => [
  ...new Set([commitment.assignedEventId, held.eventId]),
];

const oneTimeLines = (commitment: Commitment, held: HeldTerms, period: Interval): Line[] => {
  const { from, terms } = held;
  if (from < period.from || from >= period.to) return [];
  return terms.oneTime.map((row) => ({
    kind: "ONE_TIME",
    commitmentId: commitment.commitmentId,
    accountId: commitment.accountId,
    rowId: row.rowId,
    description: row.description,
    from,
    until: from,
    days: 1,
    periodDays: null,
    unitFee: row.fee,
    unitDiscount: row.discount,
    fee: row.fee,
    discount: row.discount,
    discountOrigin: big(row.discount).gt(ZERO) ? "COMMITMENT" : null,
    net: format(big(row.fee).minus(big(row.discount)), terms.currency),
    currency: terms.currency,
    taxes: [],
    causes: origins(commitment, held),
  }));
};

/** @param ended the events that ended the commitment: causes of the lines that its last charged day cuts short */
const recurringLines = (
  served: ServedRow,
  period: Interval,
  rounding: RoundingMode,
  ended: readonly string[],
): Line[] => {
  const { commitment, held, row, lastDay } = served;
  const parts = segments(served, period);
  const { currency } = held.terms;
  const periodDays = daysBetween(period.from, period.to);
  const prorate = (amounts: readonly Big[]) => prorated(amounts, parts, periodDays, currency, rounding);
  const fees = prorate(parts.map(() => big(served.fee)));
  const discounts = prorate(parts.map(({ discount }) => discount));
  return parts.flatMap((part, index): Line[] => {
    const charged = fees[index] ?? ZERO;
    const given = smaller(discounts[index] ?? ZERO, charged);
    if (charged.eq(ZERO) && given.eq(ZERO)) return [];
    const until = addDays(part.shown.to, -1);
    const cutShort = until === lastDay && part.shown.to < period.to;
    return [
      {
        kind: "RECURRING",
        commitmentId: commitment.commitmentId,
        accountId: commitment.accountId,
        rowId: row.rowId,
        description: row.description,
        from: part.shown.from,
        until,
        days: part.days,
        periodDays,
        unitFee: served.fee,
        unitDiscount: formatExact(part.discount, currency),
        fee: format(charged, currency),
        discount: format(given, currency),
        discountOrigin: part.discountOrigin,
        net: format(charged.minus(given), currency),
        ...chargedElsewhere(part),
        currency,
        taxes: [],
        causes: [...new Set([...origins(commitment, held), ...part.causes, ...(cutShort ? ended : [])])],
      },
    ];
  });
};

/** The charged days of a segment where they are not the days that its line shows. */
const chargedElsewhere = ({ charged, shown }: Segment): Pick<Line, "charged"> =>
  charged.from === shown.from && charged.to === shown.to ? {} : { charged: inclusive(charged) };

const smaller = (a: Big, b: Big): Big => (a.lt(b) ? a : b);

/**
 * Amounts of the charging segments of one row (docs/rules.md#proration). Segments with the same unit amount are a
 * group: its total is rounded once and allocated by largest remainder.
 * @param units amount of a whole billing period, by segment
 */
const prorated = (
  units: readonly Big[],
  parts: readonly Segment[],
  periodDays: number,
  currency: string,
  rounding: RoundingMode,
): Big[] => {
  const amounts: Big[] = units.map(() => ZERO);
  const groups = new Map<string, { unit: Big; members: { index: number; days: number }[] }>();
  units.forEach((unit, index) => {
    const key = unit.toFixed();
    const group = groups.get(key) ?? { unit, members: [] };
    groups.set(key, group);
    group.members.push({ index, days: parts[index]?.days ?? 0 });
  });
  for (const { unit, members } of groups.values()) {
    const shares = members.map((member) => share(unit, member.days, periodDays));
    const groupDays = members.reduce((total, member) => total + member.days, 0);
    // Rounded from the group's own days rather than from the sum of its shares, whose divisions are not exact.
    const total = round(share(unit, groupDays, periodDays), currency, rounding);
    const allocated = allocate(total, shares, currency);
    members.forEach(({ index }, at) => (amounts[index] = allocated[at] ?? ZERO));
  }
  return amounts;
};

const share = (unit: Big, served: number, periodDays: number): Big =>
  unit.times(served.toString()).div(periodDays.toString());
