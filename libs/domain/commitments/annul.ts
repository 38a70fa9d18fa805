import { addDays, type Instant } from "../calendar.js";
import { doneWithReason, requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type Commitment } from "./commitment.js";
import { type CommitmentAnnulled } from "./events.js";
import { type CommitmentFacts, notTerminated } from "./guards.js";

export interface AnnulFacts extends CommitmentFacts {
  /** How many days after the start a commitment can be annulled: a setting of the provider. */
  readonly coolingOffDays: number;
}

/**
 * The customer withdraws within the cooling-off days (docs/rules.md#annul): nothing is charged, not even the first day,
 * there is no penalty, and what was charged is credited. No day is closed to it.
 * @throws Rejection VALIDATION_FAILED, COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, TERMINATION_INVALID
 */
export const annulCommitment = (
  command: { readonly reason: string; readonly now: Instant },
  state: Commitment | null,
  facts: AnnulFacts,
): CommitmentAnnulled[] => {
  const reason = requireReason(command.reason.trim() || null, doneWithReason.annulCommitment);
  const { commitment, today } = notTerminated(state, facts, command.now);
  const lastDay = addDays(commitment.start, facts.coolingOffDays);
  if (today > lastDay) {
    const message = `The commitment could be annulled until ${lastDay}, the last of the cooling-off days.`;
    throw reject("TERMINATION_INVALID", message, {
      field: "commitmentId",
      facts: { case: "ANNULMENT_TOO_LATE", last: lastDay },
    });
  }
  return [
    { type: "CommitmentAnnulled", data: { orderedOn: today, effectiveOn: commitment.start, personal: { reason } } },
  ];
};
