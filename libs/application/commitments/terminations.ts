import { type LocalDate } from "#domain/calendar.js";
import { penaltyIfTerminated } from "#domain/billing/early-termination-quote.js";
import { type Line } from "#domain/billing/line.js";
import { totalOf } from "#domain/billing/period.js";
import { annulCommitment, type AnnulFacts } from "#domain/commitments/annul.js";
import { type Commitment, commitmentEvolver } from "#domain/commitments/commitment.js";
import { type CommitmentEvent, type CommitmentTerminated } from "#domain/commitments/events.js";
import { cancelTermination, requireWaiver, terminateCommitment } from "#domain/commitments/terminate.js";
import { termsOn } from "#domain/commitments/terms.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn, type Done, type Loading } from "../command/definition.js";
import { Unavailable } from "../command/unavailable.js";
import { customerBilling } from "../command/customer-billing.js";
import { type BillingFacts, billingOf } from "./facts.js";

export interface TerminateCommitment extends Reason {
  readonly commitmentId: string;
  /** The last charged day; today unless given. */
  readonly effectiveOn?: LocalDate;
  /** Reason for waiving the penalty. Left out: it is not waived. */
  readonly waivePenalty?: string;
}
export interface CancelTermination {
  readonly commitmentId: string;
}
export interface AnnulCommitment {
  readonly commitmentId: string;
  readonly reason: string;
}

/** Preview of the penalty when the termination is recorded; the period close decides the penalty. */
export interface PenaltyPreview {
  /** Sum of the penalty lines; 0 when the termination is not early. */
  readonly total: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly lines: readonly Line[];
}

const command = commandsOn("commitment", commitmentEvolver);

export const terminationCommands = {
  terminateCommitment: command({
    bills: true,
    check: (input: TerminateCommitment) => void requireWaiver(input),
    target: ({ commitmentId }: TerminateCommitment) => commitmentId,
    facts: ({ effectiveOn }, loading) => billingOf(loading, effectiveOn),
    decide: (input, { state, now, facts }) => terminateCommitment({ ...input, now }, state, facts),
    answer: async (done, loading) => ({ penaltyPreview: await penaltyPreviewOf(done, loading) }),
  }),
  cancelTermination: command({
    bills: true,
    target: ({ commitmentId }: CancelTermination) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (_input, { state, now, facts }) => cancelTermination({ now }, state, facts),
  }),
  annulCommitment: command({
    bills: true,
    target: ({ commitmentId }: AnnulCommitment) => commitmentId,
    facts: (_input, loading) => billingAndCoolingOff(loading),
    decide: ({ reason }, { state, now, facts }) => annulCommitment({ reason, now }, state, facts),
  }),
};

const billingAndCoolingOff = async (loading: Loading<Commitment | null>): Promise<BillingFacts & AnnulFacts> => {
  const [billing, provider] = await Promise.all([billingOf(loading), loading.facts.provider(loading.providerId)]);
  if (!provider) throw new Unavailable("The read models do not know the provider yet; try again.");
  return { ...billing, coolingOffDays: provider.coolingOffDays };
};

const penaltyPreviewOf = async (
  { state, events, facts: decidedOn }: Done<Commitment | null, CommitmentEvent, BillingFacts>,
  { facts, providerId }: Omit<Loading<Commitment | null>, "closedDays">,
): Promise<PenaltyPreview | null> => {
  const event = events.find((found): found is CommitmentTerminated => found.type === "CommitmentTerminated");
  if (!state || !event) return null;
  const { effectiveOn: on, penaltyPreview: total, penaltyWaived } = event.data;
  const billing = decidedOn?.billing ?? (await customerBilling(facts, providerId, state.customerId, on));
  const lines = penaltyIfTerminated(state, on, billing, penaltyWaived);
  const { currency } = termsOn(state, on);
  // A repeated command returns the total of its first result, and the lines only where they still add up to it.
  return { total, currency, lines: totalOf(lines, currency) === total ? lines : [] };
};
