import { type Instant } from "#domain/calendar.js";
import { type Term } from "#read-models/billing/leases.js";
import { type Shards } from "#read-models/billing/shards.js";

/** Phases of a moment's work, for all customers one after the other. */
export type Phase = "SIGNALS" | "CLOSES" | "STEPS";

/** A phase of a moment of one provider that workers share. */
export interface SharedWork {
  readonly phase: Phase;
  /** Work due by this instant. */
  readonly moment: Instant;
  /** The clock's time: `recordedAt` of the events. */
  readonly now: Instant;
}

/**
 * The lead of one provider's work, held by one process: it decides which moment is worked on, and other workers do the
 * customers of their shards.
 */
export interface Lead {
  /** Term of the lead; null with a single worker. */
  readonly term: Term | null;
  /** @throws LeadLost when this term is over, or the process stops */
  readonly assert: () => void;
  /** The shards that this worker has now; "all": every shard, so that work is not shared. */
  readonly shards: () => Shards;
  /** Publishes work for the other workers' shards, until {@link withdraw}. */
  publish(work: SharedWork): Promise<void>;
  withdraw(): Promise<void>;
}

/**
 * Another worker has taken the lead of the provider's work, or this one stops; unfinished work is left to the next
 * lead.
 */
export class LeadLost extends Error {
  override readonly name = "LeadLost";
}

/** Lead of a single process, for specs and benchmarks. */
export const alone: Lead = {
  term: null,
  assert: () => undefined,
  shards: () => "all",
  publish: () => Promise.resolve(),
  withdraw: () => Promise.resolve(),
};
