import { type Instant, type LocalDate } from "../calendar.js";
import { type BillingHistory, endOf } from "../billing/history.js";
import { type Ledger } from "../billing/ledger.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { requireNotInvoiced } from "../customers/decide.js";
import { reject } from "../rejection.js";
import { type Commitment } from "./commitment.js";
import { heldTermsOn } from "./terms.js";

/** What a command on a commitment looks at beyond its own stream: the customer's history with its ledger. */
export interface CommitmentFacts {
  readonly history: BillingHistory;
  /** Discounts of the lines of sealed invoices. */
  readonly sealed: Ledger;
  /** First day after the customer's last closed period; null: none was closed. */
  readonly closedTo: LocalDate | null;
}

/** A commitment that can be commanded, its customer, and the customer's day. */
export interface Commanded {
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
export const notTerminated = (state: Commitment | null, { history }: CommitmentFacts, now: Instant): Commanded => {
  const commitment = existing(state);
  const { customer } = history;
  const today = todayOf(customer, now);
  const end = endOf(commitment, history);
  if (!end || today <= end.on) return { commitment, customer, today };
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
 * The first day on which a change is felt lies neither in a closed period nor before the upgrade whose terms are held
 * today (domain.md 5.11).
 * @throws Rejection DATE_ALREADY_INVOICED, CONFLICT
 */
export const requireChangeable = ({ commitment, customer, today }: Commanded, date: LocalDate, field: string): void => {
  requireNotInvoiced(customer, date, today, field);
  const { from } = heldTermsOn(commitment, today);
  if (from <= commitment.start || date >= from) return;
  throw reject("CONFLICT", `${date} lies before the upgrade of ${from}, which it would change.`, { field });
};
