import { type OpenIdAccount } from "#domain/people/events.js";
import { comesInBy, linkAccount, type Person, type ProofOfAccount } from "#domain/people/person.js";
import { type Position } from "#event-store/position.js";
import { type Known } from "#read-models/rows/known.js";
import { type Caller } from "../access/caller.js";
import { personActor } from "./actor.js";
import { callerOf, type PersonPlace, type PersonSource, PersonStreams } from "./person-streams.js";

export interface AccountSource extends PersonSource {
  /** Whose account it is, as projected; null: nobody's. */
  readonly findByAccount: (account: OpenIdAccount) => Promise<Known<Person> | null>;
  /** The one person with the address; null: there is none, or there are several. */
  readonly findOnlyByEmail: (email: string) => Promise<Known<Person> | null>;
  /** Waits, not for ever, until what was recorded up to there is projected. */
  readonly visible: (position: Position, providerId: string) => Promise<unknown>;
}

/** An account at the OpenID provider that somebody has signed in to just now. */
export interface ConfirmedAccount {
  readonly account: OpenIdAccount;
  /** Null: it has none, or the provider does not say that it has verified it. */
  readonly verifiedEmail: string | null;
}

/**
 * How people of customers come in by accounts at the OpenID provider (decision 197). An account is one person's at most;
 * whether it is still that person's is read in the person's stream.
 */
export class LinkedAccounts {
  private readonly streams: PersonStreams;

  constructor(private readonly source: AccountSource) {
    this.streams = new PersonStreams(source);
  }

  /**
   * Who comes in by an account: whose it is, else the one person who was invited by its verified address and has no
   * account yet.
   * @returns null: nobody
   */
  async callerOf({ account, verifiedEmail }: ConfirmedAccount): Promise<Caller | null> {
    const known = await this.source.findByAccount(account);
    if (known !== null) {
      const { providerId, state } = known;
      return whoever(account, providerId, await this.streams.load({ providerId, personId: state.personId }));
    }
    const invited = verifiedEmail === null ? null : await this.source.findOnlyByEmail(verifiedEmail);
    if (verifiedEmail === null || invited === null) return null;
    const { providerId, state } = invited;
    return this.take({ providerId, personId: state.personId }, account, { by: "VERIFIED_EMAIL", email: verifiedEmail });
  }

  /**
   * Makes an account that of a person who has a session.
   * @returns null where it is another person's, or the person was removed meanwhile
   */
  async link(place: PersonPlace, account: OpenIdAccount): Promise<Caller | null> {
    const known = await this.source.findByAccount(account);
    if (known !== null && known.state.personId !== place.personId) return null;
    return this.take(place, account, { by: "SESSION" });
  }

  private async take(place: PersonPlace, account: OpenIdAccount, proof: ProofOfAccount): Promise<Caller | null> {
    const { state, position } = await this.streams.decide(
      place,
      personActor(place.personId),
      "linkAccount",
      (person, now) => linkAccount({ account, proof, now }, person),
    );
    // Whose account it is, is found as projected: so the next sign-in, a moment later, comes in by it.
    await this.source.visible(position, place.providerId);
    return whoever(account, place.providerId, state);
  }
}

/** The person, where the account is its own; a person who was removed has none. */
const whoever = (account: OpenIdAccount, providerId: string, person: Person | null): Caller | null =>
  person && comesInBy(person, account) ? callerOf(providerId, person) : null;
