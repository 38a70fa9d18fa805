import { penaltyIfTerminated } from "#domain/billing/early-termination-quote.js";
import { type Line } from "#domain/billing/line.js";
import { totalOf } from "#domain/billing/period.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type CommitmentEvent, type CommitmentTerminated } from "#domain/commitments/events.js";
import { cancelTermination, terminateCommitment } from "#domain/commitments/terminate.js";
import { termsOn } from "#domain/commitments/terms.js";
import { type Handled } from "#event-store/handle-command.js";
import { type OrderOf } from "../commands/messages.js";
import { type Plain } from "../graphql/plain.js";
import { type Decision, deciding, type Sources } from "./decision.js";
import { type BillingFacts, billingFacts } from "./facts.js";
import { type PenaltyPreview } from "./models.js";

/** A termination's decision, and what its answer shows besides. */
interface Terminating {
  readonly decide: Decision;
  readonly preview: (handled: Handled<Commitment | null, CommitmentEvent>) => Promise<Plain<PenaltyPreview> | null>;
}

export const terminating = ({ input }: OrderOf<"terminateCommitment">, sources: Sources): Terminating => {
  const { effectiveOn, waivePenalty } = input;
  const command = { ...(effectiveOn && { effectiveOn }), ...(waivePenalty !== undefined && { waivePenalty }) };
  let decidedBy: BillingFacts | undefined;
  return {
    decide: deciding(sources, (state, facts, now) => {
      decidedBy = facts;
      return terminateCommitment({ ...command, now }, state, facts);
    }),
    preview: async ({ state, events }) => {
      const event = events.find((found): found is CommitmentTerminated => found.type === "CommitmentTerminated");
      if (!state || !event) return null;
      const { effectiveOn: on, penaltyPreview, penaltyWaived } = event.data;
      const { billing } = decidedBy ?? (await billingFacts(sources.backend, sources.providerId, state.customerId));
      const lines = penaltyIfTerminated(state, on, billing, penaltyWaived);
      return previewOf(lines, penaltyPreview, termsOn(state, on).currency);
    },
  };
};

export const cancellingTermination = (sources: Sources): Decision =>
  deciding(sources, (state, facts, now) => cancelTermination({ now }, state, facts));

/** A repeated command answers the total of its first result; the lines only where they still add up to it. */
const previewOf = (lines: readonly Line[], total: string, currency: string): Plain<PenaltyPreview> => ({
  total,
  currency,
  lines: totalOf(lines, currency) === total ? lines : [],
});
