import { type Instant } from "#domain/calendar.js";
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
  /** What the worker's leases are held under; null where there is nobody to hold them against. */
  readonly worker: string | null;
  /** @throws LeadLost when this process no longer leads the work of the provider, or stops */
  assert(): void;
  /** The shards that this worker has now; "all" when it has every one, so that there is nobody to share with. */
  shards(): Shards;
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
  worker: null,
  assert: () => undefined,
  shards: () => "all",
  publish: () => Promise.resolve(),
  withdraw: () => Promise.resolve(),
};
