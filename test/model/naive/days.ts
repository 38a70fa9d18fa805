import { type Day, type Period } from "./calendar.js";
import { endForDay } from "./discount-end.js";
import { endOf, holderOn, isCancelled, isPaused } from "./life.js";
import { type Rational } from "./rational.js";
import { termsOn } from "./terms.js";
import {
  type Account,
  type Commitment,
  type Customer,
  lastOn,
  type RecurringRow,
  type Suspension,
  type Terms,
} from "./world.js";

/** What the text says of one day of one commitment on which something may be charged. */
export interface ChargeableDay {
  day: Day;
  terms: Terms;
  /** Who holds it. */
  account: Account;
  /**
   * SERVED; or a day of the period beside the commitment's life, which only rows with a proration flag off are charged
   * for: before its start, after its end.
   */
  kind: "SERVED" | "BEFORE" | "AFTER";
  /** The customer's rate, which overrides the commitment's discount. */
  rate: Rational | null;
  discounted: boolean;
}

/** The days of a customer's period on which it holds the commitment. */
export function chargeableDays(c: Commitment, customer: Customer, period: Period): ChargeableDay[] {
  const end = endOf(c) ?? Infinity;
  if (c.annulled || isCancelled(c) || c.start >= period.to || end < period.from) return [];
  const days: ChargeableDay[] = [];
  const isBlocked = blockedDays(customer);
  for (let day = period.from; day < period.to; day++) {
    const kind = day < c.start ? "BEFORE" : day > end ? "AFTER" : "SERVED";
    // Days beside its life are those of the first day, and of the last.
    const held = Math.min(Math.max(day, c.start), end);
    const account = holderOn(c, held);
    if (account.customer !== customer || isBlocked(day)) continue;
    if (kind === "SERVED" && isPaused(c, day)) continue;
    const discountEnd = endForDay(c, day);
    days.push({
      day,
      terms: termsOn(c, held),
      account,
      kind,
      rate: rateOn(customer, day),
      discounted: discountEnd !== null && day < discountEnd,
    });
  }
  return days;
}

/** Is the row charged for the day? Rows whose terms are not held on it are not. */
export function isCharged(row: RecurringRow, { kind }: ChargeableDay): boolean {
  if (kind === "BEFORE") return !row.prorateFirst;
  if (kind === "AFTER") return !row.prorateLast;
  return true;
}

/** A day is blocked while either kind of suspension holds. */
export const isSuspended = (customer: Customer, day: Day): boolean => blockedDays(customer)(day);

const blockedDays = ({ suspensions }: Customer): ((day: Day) => boolean) => {
  const byHand = suspensions.filter(({ isForNonPayment }) => !isForNonPayment);
  const forNonPayment = ofNonPayment(suspensions);
  return (day) => isBlockedBy(byHand, day) || isBlockedBy(forNonPayment, day);
};

export const isSuspendedForNonPayment = ({ suspensions }: Customer, day: Day): boolean =>
  isBlockedBy(ofNonPayment(suspensions), day);

/** A lifting by hand lifts it too. */
const ofNonPayment = (suspensions: readonly Suspension[]): Suspension[] =>
  suspensions.filter(({ isForNonPayment, suspended }) => isForNonPayment || !suspended);

const isBlockedBy = (suspensions: readonly Suspension[], day: Day): boolean =>
  lastOn(suspensions, day)?.suspended ?? false;

export const rateOn = (customer: Customer, day: Day): Rational | null => lastOn(customer.rates, day)?.rate ?? null;
