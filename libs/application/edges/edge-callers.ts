import { timingSafeEqual } from "node:crypto";
import { type Instant } from "#domain/calendar.js";
import { type Edge, edgeEvolver, validHashes } from "#domain/voice/edge.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type Known } from "#read-models/rows/known.js";
import { storeWithin } from "../command/deadline.js";
import { secretHashOf } from "../keys/secret.js";

/** An edge is looked at again after this time: one that is retired is refused within five seconds. */
const KEPT_MS = 4_000;
/** What its stream is given to be read; an edge waits for an answer for a second. */
const STORE_WITHIN_MS = 400;

export interface EdgeSource {
  readonly store: EventStore;
  /** The edge with this id, as projected; null: there is none. */
  readonly find: (edgeId: string) => Promise<Known<Edge> | null>;
  readonly systemNow: () => Instant;
}

/** Compared with what comes from nobody, so that it takes as long. */
const NOBODY = "0".repeat(64);

/**
 * Which edge comes in, with its id and one of its secrets. As with keys, the read model only says where its stream is:
 * what counts is read there, or, where the event store does not answer, as projected (key-callers.ts).
 */
export class EdgeCallers {
  readonly #kept = new Map<string, { readonly since: number; readonly found: Promise<Known<Edge> | null> }>();

  constructor(private readonly source: EdgeSource) {}

  /** @returns null for another secret than those that count, for a retired edge, and for none */
  async callerOf(edgeId: string, secret: string): Promise<Known<Edge> | null> {
    const known = await this.#look(edgeId);
    const valid = known === null ? [NOBODY] : validHashes(known.state, this.source.systemNow());
    const given = Buffer.from(secretHashOf(secret), "hex");
    const matches = valid.filter((hash) => timingSafeEqual(given, Buffer.from(hash, "hex")));
    return matches.length > 0 ? known : null;
  }

  /** Those that ask at the same time share one look. What is not found, or fails, is not kept. */
  #look(edgeId: string): Promise<Known<Edge> | null> {
    const now = performance.now();
    const before = this.#kept.get(edgeId);
    if (before && now - before.since < KEPT_MS) return before.found;
    const found = this.#load(edgeId);
    const kept = { since: now, found };
    this.#kept.set(edgeId, kept);
    const forget = (): void => {
      if (this.#kept.get(edgeId) === kept) this.#kept.delete(edgeId);
    };
    found.then((known) => {
      if (known === null) forget();
    }, forget);
    return found;
  }

  async #load(edgeId: string): Promise<Known<Edge> | null> {
    const projected = await this.source.find(edgeId);
    if (projected === null) return null;
    try {
      const store = storeWithin(this.source.store, STORE_WITHIN_MS);
      const stream = streamName(projected.providerId, "edge", projected.state.edgeId);
      const { state } = await loadAggregate(store, stream, edgeEvolver);
      return { ...projected, state: state ?? projected.state };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return projected;
    }
  }
}
