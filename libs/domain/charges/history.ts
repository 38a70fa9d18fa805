import { type Interval, addDays, later, type LocalDate } from "../calendar.js";
import { type Account } from "../account/account.js";
import { classTermsOn, type CustomerClass } from "../catalog/customer-class.js";
import { type ClassTerms } from "../catalog/events.js";
import { type Commitment } from "../commitment/commitment.js";
import { classIdOn, type Customer } from "../customer/customer.js";

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

/** The earliest of its termination and the closing of its account or customer: races are settled by date. */
export const endOf = (commitment: Commitment, history: BillingHistory): End | null => {
  const ends: End[] = [];
  const { termination } = commitment;
  if (termination) ends.push({ on: termination.on, causes: [termination.eventId] });
  for (const closedOn of [history.accounts.get(commitment.accountId)?.closedOn, history.customer.closedOn]) {
    if (closedOn) ends.push({ on: closedOn, causes: termination ? [termination.eventId] : [] });
  }
  return ends.reduce<End | null>((first, end) => (first === null || end.on < first.on ? end : first), null);
};

/** The class terms that a period is billed by: those of its last day. */
export const classTermsOf = (history: BillingHistory, period: Interval): ClassTerms => {
  const lastDay = addDays(period.to, -1);
  const classId = classIdOn(history.customer, later(lastDay, history.customer.createdOn));
  return classTermsOn(classId === null ? null : history.classes.get(classId), lastDay);
};
