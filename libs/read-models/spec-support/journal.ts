import { v5 } from "uuid";
import { type DomainEvent } from "#domain/event.js";
import { type EventTypes } from "#event-store/codec.js";
import { type RecordedEvent } from "#event-store/event.js";
import { eventTypes } from "#event-store/catalogue.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { streamName } from "#event-store/streams.js";

export const PROVIDER = "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";
export const OTHER_PROVIDER = "11111111-6f0c-4d27-9c0e-1b1c5f1d2a90";

/** The uuid v5 of a name. */
export const id = (name: string): string => v5(name, PROVIDER);

export interface Recording {
  readonly provider?: string;
  readonly actor?: string;
  /** Name of the command; default: one per call. */
  readonly command?: string;
  readonly at?: string;
}

/** A log in memory into which specs write any events. */
export class Journal {
  readonly store: InMemoryEventStore;
  readonly events: RecordedEvent[] = [];
  #commands = 0;

  /** @param types event types that the store reads with; a spec may change them */
  constructor(types: EventTypes = eventTypes) {
    this.store = new InMemoryEventStore(types);
  }

  record(
    category: string,
    streamId: string,
    events: readonly DomainEvent[],
    recording: Recording = {},
  ): RecordedEvent[] {
    const { provider = PROVIDER, actor = "local", at = "2020-07-01T12:00:00.000Z" } = recording;
    const command = id(recording.command ?? `command ${++this.#commands}`);
    const recorded = events.map((event) => {
      const eventId = id(`event ${this.events.length + 1}`);
      const metadata = {
        provider,
        correlationId: command,
        causationId: command,
        actor,
        commandId: command,
        recordedAt: at,
        commandHash: `hash of ${command}`,
        schemaVersion: 1,
        contentHash: `hash of ${eventId}`,
      };
      const stored = this.store.write(streamName(provider, category, streamId), { ...event, id: eventId, metadata });
      const decoded = stored as RecordedEvent;
      this.events.push(decoded);
      return decoded;
    });
    return recorded;
  }
}
