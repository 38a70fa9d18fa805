import { type Instant } from "#domain/calendar.js";
import { type Key, keyEvolver, statusOf } from "#domain/keys/key.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { isUuid } from "#read-models/rows/filters.js";
import { type Known } from "#read-models/rows/known.js";
import { type Caller } from "../access/caller.js";
import { storeWithin } from "../command/deadline.js";
import { secretHashOf } from "./secret.js";

/** A key is looked at again after this time: it is refused within five seconds of its revocation. */
const KEPT_MS = 4_000;
/** What its stream is given to be read. */
const STORE_WITHIN_MS = 1_000;
/** Keys in memory at most; the one that was looked up first makes room. */
const MOST = 10_000;

export interface KeySource {
  readonly store: EventStore;
  /** The key with this hash, as projected; null: there is none. */
  readonly find: (secretHash: string) => Promise<Known<Key> | null>;
  readonly findById: (keyId: string) => Promise<Known<Key> | null>;
  readonly systemNow: () => Instant;
}

/** What actors of keys begin with. */
const ACTOR = "key:";

interface Kept {
  readonly since: number;
  readonly found: Promise<Known<Key> | null>;
}

/**
 * Who comes in with the secret of an API key. The read model only says which stream a secret belongs to: whether the key
 * still counts is read in its stream, so that no projection that is behind or stands still lets a revoked key in. Where
 * the event store does not answer, in which nothing can be revoked either, the key counts as projected. Secrets are
 * found by their hash, so the time that it takes tells nothing of them.
 */
export class KeyCallers {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly source: KeySource) {}

  /** @returns null for what is the secret of no key, of one that was revoked, or of one that has expired */
  async callerOf(secret: string): Promise<Caller | null> {
    const known = await this.look(secretHashOf(secret));
    if (known === null || !this.isActive(known.state)) return null;
    const { keyId, roles } = known.state;
    const providerId = roles.includes("operator") ? null : known.providerId;
    return { actor: `${ACTOR}${keyId}`, roles, providerId, customerId: null };
  }

  /** Whether the key that a caller came in with still counts. Callers without one: yes. */
  async stillCounts({ actor }: Caller): Promise<boolean> {
    if (!actor.startsWith(ACTOR)) return true;
    const keyId = actor.slice(ACTOR.length);
    const projected = isUuid(keyId) ? await this.source.findById(keyId) : null;
    return projected !== null && this.isActive(await this.recorded(projected));
  }

  private isActive(key: Key): boolean {
    return statusOf(key, this.source.systemNow()) === "ACTIVE";
  }

  /** Those who ask for the same key at the same time share one look. What is not found, or fails, is not kept. */
  private look(secretHash: string): Promise<Known<Key> | null> {
    const now = performance.now();
    const before = this.kept.get(secretHash);
    if (before && now - before.since < KEPT_MS) return before.found;
    const found = this.load(secretHash);
    const kept: Kept = { since: now, found };
    const forget = (): void => {
      if (this.kept.get(secretHash) === kept) this.kept.delete(secretHash);
    };
    this.kept.delete(secretHash);
    this.kept.set(secretHash, kept);
    found.then((known) => {
      if (known === null) forget();
    }, forget);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
    return found;
  }

  private async load(secretHash: string): Promise<Known<Key> | null> {
    const projected = await this.source.find(secretHash);
    if (projected === null) return null;
    return { ...projected, state: await this.recorded(projected) };
  }

  private async recorded({ providerId, state: key }: Known<Key>): Promise<Key> {
    try {
      const store = storeWithin(this.source.store, STORE_WITHIN_MS);
      const { state } = await loadAggregate(store, streamName(providerId, "key", key.keyId), keyEvolver);
      return state ?? key;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return key;
    }
  }
}
