import { type Instant } from "#domain/calendar.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { existing } from "#domain/commitments/guards.js";
import { type Backend } from "../backend.js";
import { type BillingFacts, billingFacts } from "./facts.js";

/**
 * How a command on a commitment is decided. Whoever makes one has refused what is malformed; the rest waits for the
 * state, the clock and the facts.
 */
export type Decision = (state: Commitment | null, now: Instant) => Promise<readonly CommitmentEvent[]>;

/** Where decisions get what lies beyond the commitment's own stream. */
export interface Sources {
  readonly backend: Backend;
  readonly providerId: string;
  /** The id of something that the command creates: the same on every repetition. */
  newId(kind: string): string;
}

/** About a commitment that is there, with its customer's billing: nothing is loaded for one that is not. */
export const deciding = (
  sources: Sources,
  decide: (state: Commitment, facts: BillingFacts, now: Instant) => readonly CommitmentEvent[],
): Decision => decidingWith(sources, () => Promise.resolve({}), decide);

/** As `deciding`, with what the decision looks at besides, loaded at the same time. */
export const decidingWith =
  <More extends object>(
    { backend, providerId }: Sources,
    more: (state: Commitment) => Promise<More>,
    decide: (state: Commitment, facts: BillingFacts & More, now: Instant) => readonly CommitmentEvent[],
  ): Decision =>
  async (state, now) => {
    const commitment = existing(state);
    const [facts, others] = await Promise.all([
      billingFacts(backend, providerId, commitment.customerId),
      more(commitment),
    ]);
    return decide(commitment, { ...facts, ...others }, now);
  };
