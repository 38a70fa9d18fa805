import type Big from "big.js";
import { addDays, inclusive, type Interval, type LocalDate } from "../calendar.js";
import { type Commitment, type Holder } from "../commitments/commitment.js";
import { holderOn } from "../commitments/holders.js";
import { type HeldTerms, heldTerms } from "../commitments/terms.js";
import { type Customer, cycleOn, naturalDaysOf } from "../customers/customer.js";
import { allocate, big, format, formatExact, round, type RoundingMode, ZERO } from "../money.js";
import { given, onDay } from "../step.js";
import { feeOf } from "../catalog/fee.js";
import { type CustomerHistory, endOf, inOrder } from "../commitments/history.js";
import { classTermsOf } from "./class-terms.js";
import { type Line } from "./line.js";
import { ProrationSteps } from "./proration-steps.js";
import { type Recording, workingOf } from "./recording.js";
import { type Segment, segments, type ServedRow } from "./segments.js";

/**
 * The charge lines of a customer for a billing period, without penalties (docs/rules.md#charges). The period close,
 * every preview and the view of the running period use this one function. Only the days on which the customer holds a
 * commitment are charged. Lines are ordered by commitment (start, id), transfer fees first, then by terms, one-time fees
 * first.
 * @param period a billing period of the customer, [from, to)
 * @param record takes down how each line is computed
 */
export const charges = (history: CustomerHistory, period: Interval, record?: Recording): Line[] => {
  const { rounding } = classTermsOf(history, period);
  const { type } = cycleOn(history.customer, period.from);
  return inOrder(history.commitments).flatMap((commitment) => {
    const end = endOf(commitment, history);
    if (commitment.annulled || (end && end.on < commitment.start)) return [];
    const lastDay = end?.on ?? null;
    const { customer } = history;
    const held = heldTerms(commitment)
      .filter(({ from }) => lastDay === null || from <= lastDay)
      .filter(({ from, to }) => from < period.to && (to === null || to >= period.from));
    return [
      ...transferFees(commitment, customer, lastDay, period, record),
      ...held.flatMap((terms) => [
        ...oneTimeLines(commitment, terms, customer, period, record),
        ...terms.terms.recurring.flatMap((row) => {
          const fee = feeOf(row.fees, type);
          if (fee === undefined) return [];
          const served = { commitment, held: terms, row, fee, lastDay, customer };
          return recurringLines(served, period, rounding, end?.causes ?? [], record);
        }),
      ]),
    ];
  });
};

/** The events that assigned the commitment, that its terms come from, and that made the holder hold it. */
const origins = (commitment: Commitment, held: HeldTerms, holder: Holder): string[] => [
  ...new Set([commitment.assignedEventId, held.eventId, holder.eventId]),
];

/** Charged to the receivers, of several transfers on one day too (docs/rules.md#transfer). */
const transferFees = (
  commitment: Commitment,
  { customerId }: Customer,
  lastDay: LocalDate | null,
  period: Interval,
  record?: Recording,
): Line[] =>
  commitment.holders.flatMap(({ from, accountId, customerId: receiver, eventId, transfer }, index): Line[] => {
    if (transfer === null || receiver !== customerId || big(transfer.fee).eq(ZERO)) return [];
    if (from < period.from || from >= period.to || (lastDay !== null && from > lastDay)) return [];
    const { currency } = commitment.versions[0].terms;
    const line: Line = {
      kind: "TRANSFER_FEE",
      commitmentId: commitment.commitmentId,
      accountId,
      rowId: `transfer-fee-${index}`,
      description: `Transfer fee: ${transfer.termsName}`,
      from,
      until: from,
      days: 1,
      periodDays: null,
      fee: transfer.fee,
      discount: format(ZERO, currency),
      discountOrigin: null,
      net: transfer.fee,
      currency,
      taxes: [],
      causes: [commitment.assignedEventId, eventId],
    };
    const fee = record && given("TRANSFER_FEE", "MONEY", transfer.fee, { events: [eventId], days: onDay(from) });
    if (fee) record.line(line, workingOf(line, fee, given("DISCOUNT", "MONEY", line.discount)));
    return [line];
  });

const oneTimeLines = (
  commitment: Commitment,
  held: HeldTerms,
  { customerId }: Customer,
  period: Interval,
  record?: Recording,
): Line[] => {
  const { from, terms } = held;
  const holder = holderOn(commitment, from);
  if (holder.customerId !== customerId || from < period.from || from >= period.to) return [];
  return terms.oneTime.map((row) => {
    const line: Line = {
      kind: "ONE_TIME",
      commitmentId: commitment.commitmentId,
      accountId: holder.accountId,
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
      causes: origins(commitment, held, holder),
    };
    if (record) {
      const agreed = { events: [held.eventId], days: onDay(from) };
      const fee = given("ONE_TIME_FEE", "MONEY", row.fee, agreed);
      record.line(line, workingOf(line, fee, given("ONE_TIME_DISCOUNT", "MONEY", row.discount, agreed)));
    }
    return line;
  });
};

/** @param ended the events that ended the commitment: causes of the lines that its last charged day cuts short */
const recurringLines = (
  served: ServedRow,
  period: Interval,
  rounding: RoundingMode,
  ended: readonly string[],
  record?: Recording,
): Line[] => {
  const { commitment, held, row, lastDay } = served;
  const parts = segments(served, period, record);
  const { currency } = held.terms;
  const periodDays = naturalDaysOf(served.customer, period);
  const steps = record && new ProrationSteps(served, period, periodDays, parts, rounding, ended);
  const prorate = (amounts: readonly Big[], taken?: ProrationSteps) =>
    prorated(amounts, parts, periodDays, currency, rounding, taken);
  const fees = prorate(
    parts.map(() => big(served.fee)),
    steps?.of("FEE"),
  );
  const discounts = prorate(
    parts.map(({ discount }) => discount),
    steps?.of("DISCOUNT"),
  );
  return parts.flatMap((part, index): Line[] => {
    const charged = fees[index] ?? ZERO;
    const given = smaller(discounts[index] ?? ZERO, charged);
    if (charged.eq(ZERO) && given.eq(ZERO)) return [];
    const until = addDays(part.shown.to, -1);
    const cutShort = until === lastDay && part.shown.to < period.to;
    const line: Line = {
      kind: "RECURRING",
      commitmentId: commitment.commitmentId,
      accountId: part.holder.accountId,
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
      causes: [...new Set([...origins(commitment, held, part.holder), ...part.causes, ...(cutShort ? ended : [])])],
    };
    if (steps) record.line(line, workingOf(line, ...steps.taken(index, line)));
    return [line];
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
 * @param taken takes down how each amount comes about
 */
const prorated = (
  units: readonly Big[],
  parts: readonly Segment[],
  periodDays: number,
  currency: string,
  rounding: RoundingMode,
  taken?: ProrationSteps,
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
    const groupDays = members.reduce((total, member) => total + member.days, 0);
    const exact = share(unit, groupDays, periodDays);
    // Rounded from the group's own days rather than from the sum of its shares, whose divisions are not exact.
    const total = round(exact, currency, rounding);
    // Most groups are one segment, which has all of it.
    const isAlone = members.length === 1;
    const shares = isAlone ? [exact] : members.map((member) => share(unit, member.days, periodDays));
    const allocated = isAlone ? [total] : allocate(total, shares, currency);
    members.forEach(({ index }, at) => (amounts[index] = allocated[at] ?? ZERO));
    taken?.group(members, { shares, exact, total, allocated });
  }
  return amounts;
};

const share = (unit: Big, served: number, periodDays: number): Big =>
  served === periodDays ? unit : unit.times(served.toString()).div(periodDays.toString());
