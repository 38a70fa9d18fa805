import { type Instant, type LocalDate } from "../calendar.js";
import { type CustomerHistory, endOf } from "./history.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { type ClosedDaysFact, requireChangeableDay } from "../customers/closed-days.js";
import { reject } from "../rejection.js";
import { type Commitment } from "./commitment.js";
import { heldTermsOn } from "./terms.js";

/** What a command on a commitment needs from other streams, and the policy of closed days. */
export interface CommitmentFacts extends ClosedDaysFact {
  readonly history: CustomerHistory;
}

/** A commitment that takes commands, its customer, the customer's today, and the policy of closed days. */
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
 * A commitment takes commands through its last charged day (docs/rules.md#terminate).
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
  if (commitment.annulled)
    throw reject("ALREADY_TERMINATED", "The commitment was annulled.", {
      field: "commitmentId",
      facts: { case: "ANNULLED" },
    });
  if (!end || today <= end.on) return { commitment, customer, today, closedDays };
  throw reject("ALREADY_TERMINATED", `The commitment was terminated on ${end.on}.`, {
    field: "commitmentId",
    facts: { case: "TERMINATED_ON", day: end.on },
  });
};

/**
 * For every command but terminating: the commitment's account and customer must be open (docs/rules.md#closing).
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED
 */
export const goingOn = (state: Commitment | null, facts: CommitmentFacts, now: Instant): Commanded => {
  const commanded = notTerminated(state, facts, now);
  const { customer, accounts } = facts.history;
  const field = "commitmentId";
  if (customer.closedOn !== null) {
    throw reject("CUSTOMER_CLOSED", `Its customer was closed on ${customer.closedOn}.`, {
      field,
      facts: { case: "CUSTOMER_CLOSED_ON", day: customer.closedOn },
    });
  }
  const closedOn = accounts.get(commanded.commitment.accountId)?.closedOn ?? null;
  if (closedOn !== null) {
    throw reject("ACCOUNT_CLOSED", `Its account was closed on ${closedOn}.`, {
      field,
      facts: { case: "ACCOUNT_CLOSED_ON", day: closedOn },
    });
  }
  return commanded;
};

/**
 * Refuses a change whose first day may not be changed (docs/rules.md#closed-periods), or lies before the upgrade or
 * renewal whose terms are held today, or before the last transfer (docs/rules.md#conflict).
 * @param date the first day whose charges change
 * @param day the command's day, where it is an earlier one
 * @throws Rejection DATE_ALREADY_INVOICED, VALIDATION_FAILED (reason), CONFLICT
 */
export const requireChangeable = (
  { commitment, customer, today, closedDays }: Commanded,
  date: LocalDate,
  field: string,
  day: LocalDate = date,
): void => {
  requireChangeableDay(closedDays, customer, date, today, field);
  const { from } = heldTermsOn(commitment, today);
  if (from > commitment.start && day < from) {
    const message = `${day} lies before ${from}, when the present terms began, and would change what they followed.`;
    throw reject("CONFLICT", message, { field, facts: { case: "DAY_BEFORE_TERMS", day, from } });
  }
  const holder = commitment.holders.at(-1);
  if (!holder?.transfer || day >= holder.from) return;
  throw reject("CONFLICT", `${day} lies before the transfer of ${holder.from}, which it would change.`, {
    field,
    facts: { case: "DAY_BEFORE_TRANSFER", day, from: holder.from },
  });
};
