import type Big from "big.js";
import { addDays, days, earlier, type Interval, intersect, later, type LocalDate } from "../calendar.js";
import { type Commitment, type Holder, pauseOn } from "../commitments/commitment.js";
import {
  discountEndForServing,
  DiscountEndSteps,
  discountSettingOn,
  settingDays,
} from "../commitments/discount-end.js";
import { type RecurringRow } from "../commitments/events.js";
import { daysHeldBy, holderOn } from "../commitments/holders.js";
import { type HeldTerms } from "../commitments/terms.js";
import { type Customer, discountRateOn, suspensionOn } from "../customers/customer.js";
import { type Amount, big, ZERO } from "../money.js";
import { computed, given, type Step } from "../step.js";
import { type DiscountOrigin } from "./line.js";
import { type Recording } from "./recording.js";

/** Neighbouring charged days of one row with the same account, discount and discount origin: one charge line. */
export interface Segment {
  readonly holder: Holder;
  /** The charged days, [from, to). */
  readonly charged: Interval;
  /** The served days among them, [from, to): what the line shows. */
  readonly shown: Interval;
  readonly days: number;
  /** Discount of a whole billing period. */
  readonly discount: Big;
  readonly discountOrigin: DiscountOrigin | null;
  /** Events of discount and rate, and those that bound the segment. */
  readonly causes: readonly string[];
  /** How the discount of a whole billing period comes about, where it is taken down. */
  readonly working?: Step;
}

/** What a row is charged by on a day; null: it is not served. */
interface Charge {
  readonly discount: Big;
  readonly discountOrigin: DiscountOrigin | null;
  readonly causes: readonly string[];
  readonly working?: Step;
}

/** A row of a commitment under the terms that hold it, up to the commitment's last day, for one customer. */
export interface ServedRow {
  readonly commitment: Commitment;
  readonly held: HeldTerms;
  readonly row: RecurringRow;
  /** The row's fee of a whole billing period. */
  readonly fee: Amount;
  readonly lastDay: LocalDate | null;
  readonly customer: Customer;
}

/**
 * The charging segments of a row in a billing period, in order (docs/rules.md#segments): those of the days on which the
 * customer holds the commitment. Paused and suspended days are not charged. With a proration flag off, the days before
 * the commitment's first, or after its last, are charged too up to the edge of the period; the line still shows the
 * served days (docs/rules.md#proration-flags).
 */
export const segments = (served: ServedRow, period: Interval, record?: Recording): Segment[] => {
  const runs = heldDays(served, period).map((run) => {
    const whole = chargedDays(served, run.days, period);
    const pieces = cut(served, whole).map((piece) => ({ piece, charge: chargeOn(served, piece.from, record) }));
    return { ...run, whole, pieces };
  });
  const servedDays = runs.flatMap(({ days: own, whole, pieces }) =>
    own.from === whole.from && own.to === whole.to
      ? pieces.filter(({ charge }) => charge !== null).map(({ piece }) => piece)
      : cut(served, own).filter((piece) => chargeOn(served, piece.from) !== null),
  );
  const [first, last] = [servedDays[0], servedDays.at(-1)];
  if (!first || !last) return [];
  const hull = { from: first.from, to: last.to };
  return runs.flatMap(({ holder, whole, pieces, causes }) =>
    joined(pieces).map(({ piece, charge }) => ({
      holder,
      charged: piece,
      shown: shownDays(piece, hull),
      days: days(piece),
      ...charge,
      causes: [
        ...new Set([...charge.causes, ...bounds(served, piece, whole), ...(piece.to === whole.to ? causes : [])]),
      ],
    })),
  );
};

/** Days of a row that one account holds. */
interface Run {
  readonly holder: Holder;
  readonly days: Interval;
  /** The transfer that ends them. */
  readonly causes: readonly string[];
}

/** The days of the period on which the customer holds the row, by account. */
const heldDays = ({ commitment, customer, held, lastDay }: ServedRow, period: Interval): Run[] => {
  const end = lastDay === null ? period.to : addDays(lastDay, 1);
  const row = { from: held.from, to: held.to === null ? end : earlier(held.to, end) };
  return daysHeldBy(commitment, customer.customerId, end).flatMap(({ holder, from, to }): Run[] => {
    const inRow = intersect({ from, to }, row);
    const own = inRow && intersect(inRow, period);
    if (!own) return [];
    const next = own.to === to && to < earlier(end, period.to) ? holderOn(commitment, to) : null;
    return [{ holder, days: own, causes: next ? [next.eventId] : [] }];
  });
};

/**
 * The flags are about the commitment's own first and last day: terms that begin or end with an upgrade, and days that
 * begin or end with a transfer, always prorate.
 */
const chargedDays = ({ commitment, row, lastDay }: ServedRow, own: Interval, period: Interval): Interval => {
  const first = own.from === commitment.start;
  const last = lastDay !== null && own.to === addDays(lastDay, 1);
  return {
    from: first && !row.prorateFirst ? period.from : own.from,
    to: last && !row.prorateLast ? period.to : own.to,
  };
};

/** Cuts days wherever the charge can change. */
const cut = ({ commitment, customer, lastDay }: ServedRow, whole: Interval): Interval[] => {
  const inside = (date: LocalDate | null): date is LocalDate => date !== null && whole.from < date && date < whole.to;
  const changes = [
    ...commitment.pauses.flatMap(({ from, until }) => [from, until === null ? null : addDays(until, 1)]),
    lastDay === null ? null : addDays(lastDay, 1),
    ...customer.suspensions.map(({ effectiveOn }) => effectiveOn),
    ...customer.discountRates.map(({ effectiveOn }) => effectiveOn),
    ...settingDays(commitment),
  ].filter(inside);
  const pieces = slices(whole, changes);
  // Within each piece the discount end date does not change; it may lie inside the piece.
  const ends = pieces.map(({ from }) => discountEndForServing(commitment, from, lastDay)).filter(inside);
  return ends.length === 0 ? pieces : slices(whole, [...changes, ...ends]);
};

const slices = ({ from, to }: Interval, inner: readonly LocalDate[]): Interval[] => {
  const edges = [...new Set([from, ...inner])].sort();
  return edges.map((edge, index) => ({ from: edge, to: edges[index + 1] ?? to }));
};

const chargeOn = (
  { commitment, customer, held, row, fee, lastDay }: ServedRow,
  date: LocalDate,
  record?: Recording,
): Charge | null => {
  // A pause ends with the commitment: days that are charged beyond its last day are not paused.
  const ended = lastDay !== null && date > lastDay;
  if ((!ended && pauseOn(commitment, date)) || suspensionOn(customer, date)) return null;
  const rate = discountRateOn(customer, date);
  if (rate && rate.rate !== null) {
    const discount = big(fee).times(big(rate.rate)).div(big("100"));
    const charge: Charge = {
      discount,
      discountOrigin: discount.gt(ZERO) ? "CUSTOMER_RATE" : null,
      causes: [rate.eventId],
    };
    return record ? { ...charge, working: byRate(fee, rate.rate, rate.eventId, held.eventId, charge) } : charge;
  }
  const end = discountEndForServing(commitment, date, lastDay);
  const agreed = big(row.discount);
  if (end === null || date >= end || !agreed.gt(ZERO)) {
    const none: Charge = { discount: ZERO, discountOrigin: null, causes: [] };
    const because = record && agreed.gt(ZERO) ? endingOf(commitment, date, lastDay) : [];
    return record ? { ...none, working: given("UNIT_DISCOUNT", "MONEY", "0", { because }) } : none;
  }
  const { eventId } = discountSettingOn(commitment, date, lastDay);
  const charge: Charge = { discount: agreed, discountOrigin: "COMMITMENT", causes: [eventId] };
  if (!record) return charge;
  const details = { events: [held.eventId], because: endingOf(commitment, date, lastDay) };
  return { ...charge, working: given("UNIT_DISCOUNT", "MONEY", row.discount, details) };
};

/** A part of the fee, by the customer's own rate. */
const byRate = (fee: Amount, rate: string, rateEvent: string, feeEvent: string, { discount }: Charge): Step =>
  computed("UNIT_DISCOUNT", "SHARE", discount.toFixed(), [
    given("UNIT_FEE", "MONEY", fee, { events: [feeEvent] }),
    given("DISCOUNT_RATE", "PERCENT", rate, { events: [rateEvent] }),
    given("WHOLE", "PERCENT", "100"),
  ]);

/** The discount end date that a day is judged by. */
const endingOf = (commitment: Commitment, date: LocalDate, lastDay: LocalDate | null): Step[] => {
  const taken = new DiscountEndSteps();
  discountEndForServing(commitment, date, lastDay, taken);
  return taken.end ? [taken.end] : [];
};

interface Piece<C extends Charge | null> {
  readonly piece: Interval;
  readonly charge: C;
}

/** Joins neighbouring pieces that are charged alike, and leaves out those that are not charged. */
const joined = (pieces: readonly Piece<Charge | null>[]): Piece<Charge>[] => {
  const whole: Piece<Charge>[] = [];
  for (const { piece, charge } of pieces) {
    if (!charge) continue;
    const before = whole.at(-1);
    if (before?.piece.to === piece.from && alike(before.charge, charge)) {
      whole[whole.length - 1] = {
        piece: { from: before.piece.from, to: piece.to },
        charge: { ...charge, causes: [...before.charge.causes, ...charge.causes] },
      };
    } else whole.push({ piece, charge });
  }
  return whole;
};

const alike = (a: Charge, b: Charge): boolean => a.discount.eq(b.discount) && a.discountOrigin === b.discountOrigin;

/** The events of the pauses and suspensions next to a segment: causes of where it begins and ends. */
const bounds = ({ commitment, customer }: ServedRow, { from, to }: Interval, whole: Interval): string[] => {
  const before = addDays(from, -1);
  const ended = pauseOn(commitment, before)?.untilEventId ?? suspensionOn(customer, before)?.eventId;
  const begun = pauseOn(commitment, to)?.fromEventId ?? suspensionOn(customer, to)?.eventId;
  return [
    ...(whole.from <= before && ended !== undefined ? [ended] : []),
    ...(to < whole.to && begun !== undefined ? [begun] : []),
  ];
};

/** The served part of a segment; for one that lies wholly beyond the served days, the served day next to it. */
const shownDays = (segment: Interval, served: Interval): Interval => {
  const from = earlier(later(segment.from, served.from), addDays(served.to, -1));
  const to = later(earlier(segment.to, served.to), addDays(from, 1));
  return { from, to };
};
