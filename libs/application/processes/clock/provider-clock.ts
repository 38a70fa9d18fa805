import { type Instant } from "#domain/calendar.js";
import { type ProviderEvent } from "#domain/providers/events.js";
import { type Provider, providerEvolver } from "#domain/providers/provider.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { foldChained, loadAggregate } from "#event-store/fold.js";
import { type Position } from "#event-store/position.js";
import { chainEvents } from "#event-store/chain-events.js";
import { streamName } from "#event-store/streams.js";
import { workerCommand } from "../context.js";

/** A provider's stream as read once, with this process's appends since: a walk has thousands of steps. */
interface Known {
  readonly state: Provider | null;
  readonly revision: bigint;
  readonly hash: string;
  /** Position of the last event. */
  readonly position: Position;
}

/** Appends the steps of a walk to its provider's stream, each at the exact known revision. */
export class ProviderClock {
  #known: Known | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly provider: string,
  ) {}

  /**
   * @param key key of the step: a repetition has the same command id
   * @returns state and position after the step; those of the stream's last event where the step changes nothing
   */
  async step(
    key: string,
    at: Instant,
    decide: (state: Provider | null) => readonly ProviderEvent[],
  ): Promise<{ readonly state: Provider | null; readonly position: Position }> {
    for (;;) {
      const known = (this.#known ??= await this.#read());
      const events = decide(known.state);
      if (events.length === 0) return known;
      try {
        return (this.#known = await this.#append(known, key, at, events));
      } catch (error) {
        this.#known = undefined;
        // Another command on the provider, such as new settings, was appended meanwhile: decide the step again.
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
  }

  get #stream(): string {
    return streamName(this.provider, "provider", this.provider);
  }

  async #read(): Promise<Known> {
    const { state, revision, position, events } = await loadAggregate(this.store, this.#stream, providerEvolver);
    return { state, revision, position, hash: events.at(-1)?.metadata.contentHash ?? NO_HASH };
  }

  async #append(known: Known, key: string, at: Instant, events: readonly ProviderEvent[]): Promise<Known> {
    const envelope = workerCommand(this.provider, "walk", key, at);
    const chained = chainEvents({
      stream: this.#stream,
      previousHash: known.hash,
      ...envelope,
      correlationId: envelope.commandId,
      causationId: envelope.commandId,
      events,
    });
    const appended = await this.store.append(this.#stream, known.revision < 0n ? "no_stream" : known.revision, chained);
    const state = foldChained(providerEvolver, known.state, events, chained);
    return { ...appended, state, hash: chained.at(-1)?.metadata.contentHash ?? known.hash };
  }
}
