import { type Line } from "../outcome.js";
import { type Rounding } from "../story.js";
import { type Day, type Period } from "./calendar.js";
import { NO_CLASS } from "./catalog.js";
import { type Charge, chargesOf } from "./charges.js";
import { periodOf } from "./cycles.js";
import { endOf, holderOn } from "./life.js";
import { memo } from "./memo.js";
import { type Minor } from "./money.js";
import { type Given, penaltyOf } from "./penalty.js";
import { plain } from "./rational.js";
import { usageIn } from "./usage.js";
import { type ClassTerms, type Commitment, type Customer, lastOn, type World } from "./world.js";

/** The terms of the customer's class on a day, as they were revised by then. */
export function classOn(customer: Customer, day: Day): ClassTerms {
  const revisions = lastOn(customer.classes, day)?.class.revisions ?? [];
  return lastOn(revisions, day)?.terms ?? NO_CLASS;
}

const roundingOf = (customer: Customer, period: Period): Rounding => classOn(customer, period.to - 1).rounding;

/**
 * What a customer's period comes to by all that is recorded: its charges, the calls that its close counted, and the
 * penalties of those that ended in it.
 */
export const chargedIn = (world: World, customer: Customer, period: Period): Charge[] =>
  memo(customer, `charged ${period.from}`, () => [
    ...servedIn(world, customer, period),
    ...usageIn(world, customer, period, roundingOf(customer, period)),
    ...world.commitments.flatMap((c) => {
      const end = endOf(c);
      if (end === null || end < period.from || end >= period.to || holderOn(c, end).customer !== customer) return [];
      return penaltyOf(c, () => givenTo(world, c), roundingOf(customer, period));
    }),
  ]);

/** The charges without penalties. */
const servedIn = (world: World, customer: Customer, period: Period): Charge[] =>
  memo(customer, `served ${period.from}`, () =>
    world.commitments.flatMap((c) => chargesOf(c, customer, period, roundingOf(customer, period))),
  );

/**
 * What the commitment's rows were given by all who held it, each by its own type, class and rate, in periods that are
 * not voided, without what went with voided invoices of other periods.
 */
function givenTo(world: World, c: Commitment): Given {
  const given = new Map<string, Minor>();
  const end = endOf(c) ?? Infinity;
  for (const customer of new Set(c.holders.map(({ account }) => account.customer))) {
    for (let period = periodOf(customer, c.start); period.from <= end; period = periodOf(customer, period.to)) {
      if (customer.receivables.isVoid(period)) continue;
      for (const charge of servedIn(world, customer, period)) {
        const { commitment, row, origin, discount } = charge;
        if (commitment !== c || origin !== "COMMITMENT" || customer.receivables.isGone(period, keyOf(charge))) continue;
        given.set(row.id, (given.get(row.id) ?? 0n) + discount);
      }
    }
  }
  return given;
}

/** What one row, fee or penalty comes to in a period, for one account. */
export interface Due {
  key: string;
  commitment: Charge["commitment"];
  account: Charge["account"];
  row: Charge["row"];
  kind: Line["kind"];
  /** Of a fee or penalty, and the first of calls; null: recurring. */
  day: Day | null;
  /** Of calls from the first to the last; of a fee or penalty its one day. */
  span: Pick<Charge, "from" | "until" | "days">;
  periodDays: number | null;
  fee: Minor;
  /** By origin. */
  given: Minor;
  rated: Minor;
  charges: Charge[];
}

/** Of a fee or penalty; null: recurring. */
const dayOf = ({ kind, from }: Charge): Day | null => (kind === "RECURRING" ? null : from);

const keyOf = (charge: Charge): string =>
  `${charge.row.id} ${charge.account.id} ${charge.account.openedOn} ${charge.kind} ${dayOf(charge)}`;

export function duesOf(charges: readonly Charge[]): Map<string, Due> {
  const dues = new Map<string, Due>();
  for (const charge of charges) {
    const { commitment, account, row, kind, periodDays, fee, discount, origin } = charge;
    const day = dayOf(charge);
    const key = keyOf(charge);
    let due = dues.get(key);
    if (due === undefined) {
      const { from, until, days } = charge;
      const nothing = { fee: 0n, given: 0n, rated: 0n, charges: [] };
      due = { key, commitment, account, row, kind, day, span: { from, until, days }, periodDays, ...nothing };
      dues.set(key, due);
    }
    due.fee += fee;
    if (origin === "COMMITMENT") due.given += discount;
    if (origin === "CUSTOMER_RATE") due.rated += discount;
    due.charges.push(charge);
  }
  return dues;
}

/** What each day is charged: the discount of a period, with its origin. */
export type Days = ReadonlyMap<Day, string>;

export function daysOf(due: Due | undefined): Days {
  const days = new Map<Day, string>();
  for (const { charged, unitDiscount, origin } of due?.charges ?? []) {
    for (const day of charged) days.set(day, `${origin ?? "-"} ${plain(unitDiscount)}`);
  }
  return days;
}
