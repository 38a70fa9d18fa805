import { type Instant } from "#domain/calendar.js";
import { type Term } from "#read-models/billing/leases.js";
import { type Shards } from "#read-models/billing/shards.js";

/** What all customers with something due at a moment go through, one phase after the other. */
export type Phase = "SIGNALS" | "CLOSES";

/** A phase of a moment of one provider, on which several workers work. */
export interface SharedWork {
  readonly phase: Phase;
  /** What is due by it. */
  readonly moment: Instant;
  /** The clock's time, which the events carry. */
  readonly now: Instant;
}

/**
 * The part of the process that leads the work of one provider: it decides which moment is worked on, and other workers
 * help with the customers of their shards.
 */
export interface Lead {
  /** Null where there is nobody to lead. */
  readonly term: Term | null;
  /** @throws LeadLost when this term is over, or the process stops */
  readonly assert: () => void;
  /** The shards that this worker has now; "all" when it has every one, so that there is nobody to share with. */
  readonly shards: () => Shards;
  /** Lets the other workers work on their shards, until {@link withdraw}. */
  publish(work: SharedWork): Promise<void>;
  withdraw(): Promise<void>;
}

/** The work of the provider has passed to another worker, or this one stops: what is under way is left to it. */
export class LeadLost extends Error {
  override readonly name = "LeadLost";
}

/** For specs and benchmarks: one process that does everything. */
export const alone: Lead = {
  term: null,
  assert: () => undefined,
  shards: () => "all",
  publish: () => Promise.resolve(),
  withdraw: () => Promise.resolve(),
};
