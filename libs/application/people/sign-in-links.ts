import { randomUUID } from "node:crypto";
import { type Instant } from "#domain/calendar.js";
import { type PersonEvent } from "#domain/people/events.js";
import { type Person, personEvolver, requestLink, useLink } from "#domain/people/person.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type KnownPerson, type KnownPersonWithSecret } from "#read-models/people/queries.js";
import { type Caller } from "../access/caller.js";
import { storeWithin } from "../command/deadline.js";
import { decideAndAppend } from "../command/decide-and-append.js";
import { identify } from "../command/idempotency.js";
import { linkHashOf } from "./link-secret.js";
import { personActor, personOfActor } from "./actor.js";
import { newLink } from "./new-link.js";

/** What a person's stream is given to be read or written. */
const STORE_WITHIN_MS = 5_000;
/** Of whoever asks for a link, which anybody can. */
const ASKING = "anonymous";
const NOBODY = "00000000-0000-0000-0000-000000000000";

export interface PersonSource {
  readonly store: EventStore;
  /** By one statement, whether there are any or not. */
  readonly findByEmail: (email: string) => Promise<readonly KnownPersonWithSecret[]>;
  /** The person with a link of this hash, as projected; null: there is none. */
  readonly findByLink: (secretHash: string) => Promise<KnownPerson | null>;
  readonly findById: (personId: string) => Promise<KnownPerson | null>;
  readonly systemNow: () => Instant;
}

/** How people of customers come in: by links that they get by mail. Whether one counts is read in the person's stream. */
export class SignInLinks {
  constructor(private readonly source: PersonSource) {}

  /**
   * Finds out whom an address belongs to, by the same statement whether that is somebody or nobody.
   * @returns issues links to them, by mail; apart, so that an answer does not wait for what depends on the address
   */
  async asked(email: string): Promise<() => Promise<void>> {
    const known = await this.source.findByEmail(email.trim());
    return async () => {
      // Nobody's stream is looked for where the address is nobody's.
      if (known.length === 0) await loadAggregate(this.store(), streamName(NOBODY, "person", NOBODY), personEvolver);
      for (const { providerId, personId, providerSecret } of known) {
        const link = newLink(providerSecret, randomUUID());
        await this.decide(providerId, personId, ASKING, "requestSignInLink", (state, now) =>
          requestLink({ link, now }, state),
        );
      }
    };
  }

  /**
   * Who comes in by a link, which then counts no more: of several that try at once, one is let in.
   * @returns null where the link is none, was used, has expired, or its person was removed
   */
  async exchange(secret: string): Promise<Caller | null> {
    const secretHash = linkHashOf(secret);
    const known = await this.source.findByLink(secretHash);
    if (known === null) return null;
    const { providerId, person } = known;
    const actor = personActor(person.personId);
    const used = await this.decide(providerId, person.personId, actor, "useSignInLink", (state, now) =>
      useLink({ secretHash, now }, state),
    );
    if (used === 0) return null;
    return { actor, roles: ["self-care"], providerId, customerId: person.customerId };
  }

  /** Whether the person that a caller is was not removed. Callers that are no people: yes. */
  async stillCounts({ actor, providerId }: Caller): Promise<boolean> {
    const personId = personOfActor(actor);
    if (personId === null || providerId === null) return true;
    const isIn = (person: Person | null | undefined): boolean => person?.removedBecause === null;
    try {
      const { state } = await loadAggregate(this.store(), streamName(providerId, "person", personId), personEvolver);
      return isIn(state);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return isIn((await this.source.findById(personId))?.person);
    }
  }

  /** @returns how many events were recorded */
  private async decide(
    providerId: string,
    personId: string,
    actor: string,
    name: string,
    decide: (state: Person | null, now: Instant) => readonly PersonEvent[],
  ): Promise<number> {
    const recordedAt = this.source.systemNow();
    const { events } = await decideAndAppend<Person | null, PersonEvent>(this.store(), {
      stream: streamName(providerId, "person", personId),
      evolver: personEvolver,
      envelope: {
        ...identify(providerId, actor, randomUUID(), name, { personId }),
        provider: providerId,
        ...{ actor, recordedAt, origin: "api" },
      },
      decide: (state) => decide(state, recordedAt),
    });
    return events.length;
  }

  private store(): EventStore {
    return storeWithin(this.source.store, STORE_WITHIN_MS);
  }
}
