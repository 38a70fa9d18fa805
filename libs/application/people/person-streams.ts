import { randomUUID } from "node:crypto";
import { type Instant } from "#domain/calendar.js";
import { type PersonEvent } from "#domain/people/events.js";
import { type Person, personEvolver } from "#domain/people/person.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type Caller } from "../access/caller.js";
import { storeWithin } from "../command/deadline.js";
import { decideAndAppend, type Decided } from "../command/decide-and-append.js";
import { identify } from "../command/idempotency.js";
import { personActor, personOfActor } from "./actor.js";

/** What a person's stream is given to be read or written. */
const STORE_WITHIN_MS = 5_000;

export interface PersonSource {
  readonly store: EventStore;
  readonly systemNow: () => Instant;
}

/** Which stream is a person's. */
export interface PersonPlace {
  readonly providerId: string;
  readonly personId: string;
}

/** What people do to come in, which is no command: their streams say who counts, whatever is projected. */
export class PersonStreams {
  constructor(private readonly source: PersonSource) {}

  /**
   * Decides and records one thing, at the exact revision of the stream.
   * @param name what it is, for its identity
   */
  decide(
    { providerId, personId }: PersonPlace,
    actor: string,
    name: string,
    decide: (state: Person | null, now: Instant) => readonly PersonEvent[],
  ): Promise<Decided<Person | null, PersonEvent>> {
    const recordedAt = this.source.systemNow();
    return decideAndAppend<Person | null, PersonEvent>(this.store(), {
      stream: streamName(providerId, "person", personId),
      evolver: personEvolver,
      envelope: {
        ...identify(providerId, actor, randomUUID(), name, { personId }),
        provider: providerId,
        ...{ actor, recordedAt, origin: "api" },
      },
      decide: (state) => decide(state, recordedAt),
    });
  }

  async load({ providerId, personId }: PersonPlace): Promise<Person | null> {
    return (await loadAggregate(this.store(), streamName(providerId, "person", personId), personEvolver)).state;
  }

  private store(): EventStore {
    return storeWithin(this.source.store, STORE_WITHIN_MS);
  }
}

/** A person as whom somebody has come in. */
export const callerOf = (providerId: string, { personId, customerId }: Person): Caller => ({
  ...{ actor: personActor(personId), roles: ["self-care"], providerId, customerId },
});

/** The person that a caller is; null: none. */
export const personOf = ({ actor, providerId }: Caller): PersonPlace | null => {
  const personId = personOfActor(actor);
  return personId === null || providerId === null ? null : { providerId, personId };
};
