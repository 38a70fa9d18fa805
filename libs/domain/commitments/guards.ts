import { type Instant, type LocalDate } from "../calendar.js";
import { type CustomerHistory, endOf } from "./history.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { type ClosedDaysFact, requireChangeableDay } from "../customers/closed-days.js";
import { reject } from "../rejection.js";
import { type Commitment } from "./commitment.js";
import { heldTermsOn } from "./terms.js";

/** What a command on a commitment looks at beyond its own stream: the customer's history, and the policy of closed days. */
export interface CommitmentFacts extends ClosedDaysFact {
  readonly history: CustomerHistory;
}

/** A commitment that can be commanded, its customer, the customer's day, and the policy of closed days. */
export interface Commanded extends ClosedDaysFact {
  readonly commitment: Commitment;
  readonly customer: Customer;
  readonly today: LocalDate;
}

/** @throws Rejection COMMITMENT_NOT_FOUND */
export const existing = (state: Commitment | null, field = "commitmentId"): Commitment => {
  if (state) return state;
  throw reject("COMMITMENT_NOT_FOUND", "There is no such commitment.", { field });
};

/**
 * Through its last day a commitment takes commands, from the day after none (domain.md 5.9).
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED
 */
export const notTerminated = (
  state: Commitment | null,
  { history, closedDays }: CommitmentFacts,
  now: Instant,
): Commanded => {
  const commitment = existing(state);
  const { customer } = history;
  const today = todayOf(customer, now);
  const end = endOf(commitment, history);
  if (!end || today <= end.on) return { commitment, customer, today, closedDays };
  throw reject("ALREADY_TERMINATED", `The commitment was terminated on ${end.on}.`, { field: "commitmentId" });
};

/**
 * For all that would make a commitment go on or go another way: what holds it must be open.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED
 */
export const goingOn = (state: Commitment | null, facts: CommitmentFacts, now: Instant): Commanded => {
  const commanded = notTerminated(state, facts, now);
  const { customer, accounts } = facts.history;
  const field = { field: "commitmentId" };
  if (customer.closedOn !== null) {
    throw reject("CUSTOMER_CLOSED", `Its customer was closed on ${customer.closedOn}.`, field);
  }
  const closedOn = accounts.get(commanded.commitment.accountId)?.closedOn ?? null;
  if (closedOn !== null) throw reject("ACCOUNT_CLOSED", `Its account was closed on ${closedOn}.`, field);
  return commanded;
};

/**
 * The first day that a change affects lies neither on a closed day nor before the upgrade whose terms are held today
 * (domain.md 5.11).
 * @throws Rejection DATE_ALREADY_INVOICED, CONFLICT
 */
export const requireChangeable = (
  { commitment, customer, today, closedDays }: Commanded,
  date: LocalDate,
  field: string,
): void => {
  requireChangeableDay(closedDays, customer, date, today, field);
  const { from } = heldTermsOn(commitment, today);
  if (from <= commitment.start || date >= from) return;
  throw reject("CONFLICT", `${date} lies before the upgrade of ${from}, which it would change.`, { field });
};
