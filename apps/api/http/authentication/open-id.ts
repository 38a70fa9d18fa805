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
import { type OpenIdConfiguration } from "#configuration/openid.js";
import { type Log } from "../../core/log.js";
import { callerOfClaims } from "./claims.js";
import { type ClaimNames } from "./jwt-settings.js";

/** From the way to the provider until the way back. */
export const SIGN_IN_MS = 10 * 60_000;
const ANSWER_WITHIN_S = 5;

export interface OpenIdOptions {
  readonly configuration: OpenIdConfiguration;
  readonly claims: ClaimNames;
  readonly dataSource: DataSource;
  readonly now: () => Date;
  readonly log: Log;
}

interface Row {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
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
   * @returns where to lead the browser, and the id that it is to come back with
   * @throws ProviderUnavailable
   */
  async begin(callback: string): Promise<{ readonly id: string; readonly location: string }> {
    const provider = await this.provider();
    const { dataSource, now } = this.options;
    const id = randomBytes(32).toString("base64url");
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    await dataSource.query("DELETE FROM sign_ins WHERE began_at <= $1", [this.deadline()]);
    await dataSource.query(
      "INSERT INTO sign_ins (id_hash, state, nonce, verifier, began_at) VALUES ($1, $2, $3, $4, $5)",
      [hashOf(id), state, nonce, verifier, now()],
    );
    const location = buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: "openid",
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
  async finish(id: string, url: URL): Promise<Caller | null> {
    const [[row]] = await this.options.dataSource.query<[Row[], number]>(
      "DELETE FROM sign_ins WHERE id_hash = $1 AND began_at > $2 RETURNING state, nonce, verifier",
      [hashOf(id), this.deadline()],
    );
    if (!row) return this.refuse("no such sign-in under way");
    const provider = await this.provider();
    try {
      const tokens = await authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: row.verifier,
        expectedState: row.state,
        expectedNonce: row.nonce,
        idTokenExpected: true,
      });
      const caller = callerOfClaims(tokens.claims() ?? {}, this.options.claims);
      return "fault" in caller ? this.refuse(`claim ${caller.fault}`) : caller;
    } catch (error) {
      return this.refuse(error instanceof Error ? error.message : String(error));
    }
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

const hashOf = (id: string): Buffer => createHash("sha256").update(id).digest();
