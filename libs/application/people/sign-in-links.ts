import { randomUUID } from "node:crypto";
import { type Person, requestLink, useLink } from "#domain/people/person.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { type KnownPersonWithSecret } from "#read-models/people/queries.js";
import { isUuid } from "#read-models/rows/filters.js";
import { type Known } from "#read-models/rows/known.js";
import { type Caller } from "../access/caller.js";
import { linkHashOf } from "./link-secret.js";
import { personActor } from "./actor.js";
import { newLink } from "./new-link.js";
import { callerOf, personOf, type PersonSource, PersonStreams } from "./person-streams.js";

/** Of whoever asks for a link, which anybody can. */
const ASKING = "anonymous";
const NOBODY = "00000000-0000-0000-0000-000000000000";

export interface LinkSource extends PersonSource {
  /** By one statement, whether there are any or not. */
  readonly findByEmail: (email: string) => Promise<readonly KnownPersonWithSecret[]>;
  /** The person with a link of this hash, as projected; null: there is none. */
  readonly findByLink: (secretHash: string) => Promise<Known<Person> | null>;
  readonly findById: (personId: string) => Promise<Known<Person> | null>;
}

/** How people of customers come in: by links that they get by mail. Whether one counts is read in the person's stream. */
export class SignInLinks {
  private readonly streams: PersonStreams;

  constructor(private readonly source: LinkSource) {
    this.streams = new PersonStreams(source);
  }

  /**
   * Finds out whom an address belongs to, by the same statement whether that is somebody or nobody.
   * @returns issues links to them, by mail; apart, so that an answer does not wait for what depends on the address
   */
  async asked(email: string): Promise<() => Promise<void>> {
    const known = await this.source.findByEmail(email.trim());
    return async () => {
      // Nobody's stream is looked for where the address is nobody's.
      if (known.length === 0) await this.streams.load({ providerId: NOBODY, personId: NOBODY });
      for (const { providerSecret, ...place } of known) {
        const link = newLink(providerSecret, randomUUID());
        await this.streams.decide(place, ASKING, "requestSignInLink", (state, now) =>
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
    const { providerId, state: person } = known;
    const { personId } = person;
    const { events } = await this.streams.decide(
      { providerId, personId },
      personActor(personId),
      "useSignInLink",
      (state, now) => useLink({ secretHash, now }, state),
    );
    return events.length === 0 ? null : callerOf(providerId, person);
  }

  /** Whether the person that a caller is was not removed. Callers that are no people: yes. */
  async stillCounts(caller: Caller): Promise<boolean> {
    const place = personOf(caller);
    if (place === null) return true;
    if (!isUuid(place.personId)) return false;
    const isIn = (person: Person | null | undefined): boolean => person?.removedBecause === null;
    try {
      return isIn(await this.streams.load(place));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return isIn((await this.source.findById(place.personId))?.state);
    }
  }
}
