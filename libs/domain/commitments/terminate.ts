import { addDays, type Instant, type LocalDate } from "../calendar.js";
import { type Amount } from "../money.js";
import { reject } from "../rejection.js";
import { type Commitment, isEarly } from "./commitment.js";
import { discountEndOn } from "./discount-end.js";
import { type CommitmentTerminated, type TerminationCancelled } from "./events.js";
import { type CommitmentFacts, existing, goingOn, notTerminated, requireChangeable } from "./guards.js";

export interface TerminateCommitment {
  /** Last charged day, which may lie in the future; today unless given. */
  readonly effectiveOn?: LocalDate;
  /** Why the penalty is not claimed; left out: it is. */
  readonly waivePenalty?: string;
  readonly now: Instant;
}

/**
 * The early-termination quote: the total of the penalty lines if a commitment ended on a day, waived ones with their
 * credits.
 * @param on last charged day
 * @returns an amount in the currency of the terms held on that day
 */
export type QuoteEarlyTermination = (commitment: Commitment, on: LocalDate, penaltyWaived: boolean) => Amount;

/** What terminating needs: the quote depends on what was billed, which no other command needs. */
export interface TerminationFacts extends CommitmentFacts {
  readonly quote: QuoteEarlyTermination;
}

/**
 * Why the penalty is waived; undefined: it is not.
 * @throws Rejection VALIDATION_FAILED (waivePenalty)
 */
export const requireWaiver = ({ waivePenalty }: Pick<TerminateCommitment, "waivePenalty">): string | undefined => {
  const reason = waivePenalty?.trim();
  if (reason !== "") return reason;
  throw reject("VALIDATION_FAILED", "A penalty is waived with a reason.", {
    field: "waivePenalty",
    facts: { case: "WAIVER_WITHOUT_REASON" },
  });
};

/**
 * Terminates a commitment today, on a coming day, or on an earlier day that may be changed (docs/rules.md#terminate).
 * Through its last charged day another termination replaces the day; after it the commitment is ALREADY_TERMINATED.
 * @throws Rejection VALIDATION_FAILED, COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, TERMINATION_INVALID,
 * DATE_ALREADY_INVOICED, CONFLICT
 */
export const terminateCommitment = (
  command: TerminateCommitment,
  state: Commitment | null,
  facts: TerminationFacts,
): CommitmentTerminated[] => {
  const waiverReason = requireWaiver(command);
  const commanded = notTerminated(state, facts, command.now);
  const { commitment, today } = commanded;
  const on = command.effectiveOn ?? today;
  // One that has not started can be cancelled: then nothing of it is charged.
  if (commitment.start <= today && on < commitment.start) {
    throw reject("TERMINATION_INVALID", `${on} is before the commitment started on ${commitment.start}.`, {
      field: "effectiveOn",
      facts: { case: "DAY_BEFORE_COMMITMENT", day: on, start: commitment.start },
    });
  }
  requireChangeable(commanded, addDays(on, 1), "effectiveOn", on);
  const { reason } = commanded.closedDays;
  return [terminated(commitment, on, "ORDERED", facts.quote, { waiverReason, reason })];
};

/**
 * Cancels a scheduled termination.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, NOT_TERMINATED
 */
export const cancelTermination = (
  command: { readonly now: Instant },
  state: Commitment | null,
  facts: CommitmentFacts,
): TerminationCancelled[] => {
  const { commitment, today } = goingOn(state, facts, command.now);
  if (!commitment.termination) {
    throw reject("NOT_TERMINATED", "No termination is scheduled.", { field: "commitmentId" });
  }
  const discountEnd = discountEndOn(commitment, today, null);
  return [{ type: "TerminationCancelled", data: { discountEnd, effectiveOn: today } }];
};

/**
 * What a processor records when the account or customer of a commitment was closed (docs/rules.md#closing). Charges use
 * the closing day whether or not this event is recorded, so the day may lie in a period that was closed meanwhile.
 * @throws Rejection COMMITMENT_NOT_FOUND
 */
export const terminateWithClosing = (
  command: { readonly closedOn: LocalDate; readonly reason: "ACCOUNT_CLOSED" | "CUSTOMER_CLOSED" },
  state: Commitment | null,
  { quote }: Pick<TerminationFacts, "quote">,
): CommitmentTerminated[] => {
  const commitment = existing(state);
  const { closedOn, reason } = command;
  if (commitment.termination && commitment.termination.on <= closedOn) return [];
  return [terminated(commitment, closedOn, reason, quote)];
};

/**
 * What collection records of a commitment whose invoices are not paid (docs/rules.md#collection); nothing where it ends by
 * that day anyway. One that has not started is cancelled. Like a closing, it asks nobody which days are open.
 * @throws Rejection COMMITMENT_NOT_FOUND
 */
export const terminateForNonPayment = (
  { on }: { readonly on: LocalDate },
  state: Commitment | null,
  { quote }: Pick<TerminationFacts, "quote">,
): CommitmentTerminated[] => {
  const commitment = existing(state);
  if (commitment.termination && commitment.termination.on <= on) return [];
  return [terminated(commitment, on, "NON_PAYMENT", quote)];
};

const terminated = (
  commitment: Commitment,
  on: LocalDate,
  reason: CommitmentTerminated["data"]["reason"],
  quote: QuoteEarlyTermination,
  {
    waiverReason,
    reason: why = null,
  }: { readonly waiverReason?: string | undefined; readonly reason?: string | null } = {},
): CommitmentTerminated => {
  const discountEnd = discountEndOn(commitment, on, on);
  const penaltyWaived = waiverReason !== undefined;
  const personal = { ...(penaltyWaived && { waiverReason }), ...(why !== null && { reason: why }) };
  const data = {
    effectiveOn: on,
    discountEnd,
    early: on >= commitment.start && isEarly(on, discountEnd),
    penaltyPreview: quote(commitment, on, penaltyWaived),
    reason,
    ...(penaltyWaived && { penaltyWaived }),
    ...(Object.keys(personal).length > 0 && { personal }),
  };
  return { type: "CommitmentTerminated", data };
};
