import { type Interval, addDays, later, type LocalDate } from "../calendar.js";
import { type Account } from "../accounts/account.js";
import { classTermsOn, type CustomerClass } from "../catalog/customer-class.js";
import { type ClassTerms } from "../catalog/events.js";
import { type Commitment } from "../commitments/commitment.js";
import { classIdOn, type Customer } from "../customers/customer.js";

/** Everything that the charges of one customer are computed from: states folded from its streams. */
export interface BillingHistory {
  readonly customer: Customer;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly classes: ReadonlyMap<string, CustomerClass>;
  readonly commitments: readonly Commitment[];
}

/** Where a commitment ends: its last charged day, whether it was ordered or follows from closing what holds it. */
export interface End {
  readonly on: LocalDate;
  readonly causes: readonly string[];
}

/**
 * The earliest of its termination and the closing of its account or customer: races are settled by date. On the same
 * day the closing counts, so that the termination that a processor records for it changes nothing, causes included.
 */
export const endOf = (commitment: Commitment, history: BillingHistory): End | null => {
  const { termination } = commitment;
  const closings = [history.customer, history.accounts.get(commitment.accountId)];
  const ends = [
    ...closings.map((closed) => ({ on: closed?.closedOn ?? null, eventId: closed?.closedEventId ?? null })),
    { on: termination?.on ?? null, eventId: termination?.eventId ?? null },
  ];
  return ends.reduce<End | null>((first, { on, eventId }) => {
    if (on === null || (first !== null && first.on <= on)) return first;
    return { on, causes: eventId === null ? [] : [eventId] };
  }, null);
};

/** The class terms that a period is billed by: those of its last day. */
export const classTermsOf = (history: BillingHistory, period: Interval): ClassTerms => {
  const lastDay = addDays(period.to, -1);
  const classId = classIdOn(history.customer, later(lastDay, history.customer.createdOn));
  return classTermsOn(classId === null ? null : history.classes.get(classId), lastDay);
};
