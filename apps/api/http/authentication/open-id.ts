import { createHash, randomBytes } from "node:crypto";
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { type DataSource } from "typeorm";
import { type Caller } from "#application/access/caller.js";
import { type ConfirmedAccount, type LinkedAccounts } from "#application/people/linked-accounts.js";
import { type PersonPlace } from "#application/people/person-streams.js";
import { type OpenIdConfiguration } from "#configuration/openid.js";
import { type Log } from "../../core/log.js";
import { callerOfClaims, type Claims } from "./claims.js";
import { type ClaimNames } from "./jwt-settings.js";
import { sessionHashOf } from "./sessions.js";

/** From the way to the provider until the way back. */
export const SIGN_IN_MS = 10 * 60_000;
const ANSWER_WITHIN_S = 5;

export interface OpenIdOptions {
  readonly configuration: OpenIdConfiguration;
  readonly claims: ClaimNames;
  /** Of people of customers, who have no roles there. */
  readonly accounts: LinkedAccounts;
  readonly dataSource: DataSource;
  readonly now: () => Date;
  readonly log: Log;
}

interface Row {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly session_hash: Buffer | null;
  readonly person_provider_id: string | null;
  readonly person_id: string | null;
}

/** Who has signed in, and the hash of the id of the session that the browser had at the start. */
export interface SignedIn {
  readonly caller: Caller;
  readonly before: Buffer | null;
}

/** The provider's own pages cannot be had now. */
export class ProviderUnavailable extends Error {
  override readonly name = "ProviderUnavailable";
}

/**
 * Signs people in at an OpenID provider: the code flow with PKCE (RFC 7636). What is remembered between the way there
 * and the way back is a row that is used once.
 */
export class OpenId {
  private configured: Promise<Configuration> | undefined;

  constructor(private readonly options: OpenIdOptions) {}

  /**
   * Begins a sign-in.
   * @param callback address of ours that the provider leads back to
   * @param before the browser's session, which ends with the sign-in; undefined: it has none
   * @param person whose account it is to become; null: it is to say who comes in
   * @returns where to lead the browser, and the id that it is to come back with
   * @throws ProviderUnavailable
   */
  async begin(
    callback: string,
    before: string | undefined,
    person: PersonPlace | null,
  ): Promise<{ readonly id: string; readonly location: string }> {
    const provider = await this.provider();
    const { dataSource, now } = this.options;
    const id = randomBytes(32).toString("base64url");
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    await dataSource.query("DELETE FROM sign_ins WHERE began_at <= $1", [this.deadline()]);
    await dataSource.query(
      `INSERT INTO sign_ins (id_hash, state, nonce, verifier, session_hash, person_provider_id, person_id, began_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[hashOf(id), state, nonce, verifier, before === undefined ? null : sessionHashOf(before)],
        ...[person?.providerId, person?.personId, now()],
      ],
    );
    const location = buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: "openid email",
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
    });
    return { id, location: location.href };
  }

  /**
   * Ends a sign-in, which is over then, however it went.
   * @param url as the provider led back to
   * @returns who signed in; null: nobody whom the provider confirms, or who has a role here
   * @throws ProviderUnavailable
   */
  async finish(id: string, url: URL): Promise<SignedIn | null> {
    const [[row]] = await this.options.dataSource.query<[Row[], number]>(
      `DELETE FROM sign_ins WHERE id_hash = $1 AND began_at > $2
       RETURNING state, nonce, verifier, session_hash, person_provider_id, person_id`,
      [hashOf(id), this.deadline()],
    );
    if (!row) return this.refuse("no such sign-in under way");
    const provider = await this.provider();
    let claims: Claims;
    try {
      const tokens = await authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: row.verifier,
        expectedState: row.state,
        expectedNonce: row.nonce,
        idTokenExpected: true,
      });
      claims = tokens.claims() ?? {};
    } catch (error) {
      return this.refuse(error instanceof Error ? error.message : String(error));
    }
    const caller = await this.callerOf(claims, personIn(row));
    return caller && { caller, before: row.session_hash };
  }

  /** @param person whose account it is to become */
  private async callerOf(claims: Claims, person: PersonPlace | null): Promise<Caller | null> {
    const { claims: names, accounts } = this.options;
    const named = callerOfClaims(claims, names);
    if (!("fault" in named)) return person ? this.refuse("an account with roles is no person's of a customer") : named;
    const { fault, subject } = named;
    if (subject === undefined) return this.refuse(`claim ${fault}`);
    const confirmed = confirmedBy(claims, subject);
    const caller = await (person ? accounts.link(person, confirmed.account) : accounts.callerOf(confirmed));
    return caller ?? this.refuse(person ? "the account is not to be had" : `claim ${fault}, and nobody's account`);
  }

  /** Says in the log why, and nothing of what was sent. */
  private refuse(reason: string): null {
    this.options.log("sign-in refused", { reason });
    return null;
  }

  private deadline(): Date {
    return new Date(this.options.now().getTime() - SIGN_IN_MS);
  }

  /** Asked for when first needed, and again where it did not answer. */
  private async provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.options.configuration;
    const isOnThisMachine = issuer.startsWith("http:");
    try {
      this.configured ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: ANSWER_WITHIN_S,
        // The signature is checked as well, and not only that the token came from the provider's address.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated as a warning: it is for providers on this machine only
        execute: [enableNonRepudiationChecks, ...(isOnThisMachine ? [allowInsecureRequests] : [])],
      });
      return await this.configured;
    } catch (error) {
      this.configured = undefined;
      this.options.log("the OpenID provider does not answer", { reason: error instanceof Error ? error.message : "" });
      throw new ProviderUnavailable("The OpenID provider does not answer", { cause: error });
    }
  }
}

const personIn = ({ person_provider_id: providerId, person_id: personId }: Row): PersonPlace | null =>
  providerId === null || personId === null ? null : { providerId, personId };

/** OpenID Connect Core 1.0, sections 2 and 5.1. An address that the provider did not verify may be anybody's. */
const confirmedBy = ({ iss, email, email_verified: isVerified }: Claims, subject: string): ConfirmedAccount => ({
  account: { issuer: String(iss), subject },
  verifiedEmail: typeof email === "string" && isVerified === true ? email : null,
});

const hashOf = (id: string): Buffer => createHash("sha256").update(id).digest();
