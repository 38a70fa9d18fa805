import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { type Caller } from "#application/access/caller.js";
import { type Log } from "../../core/log.js";
import { httpRefusal, Refused } from "../../graphql/refusals.js";
import { type TokenKind } from "./bearer.js";
import { callerOfClaims } from "./claims.js";
import { type JwtSettings } from "./jwt-settings.js";

/** By pairs of keys only: with a shared secret, whoever can check tokens can make them. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
/** How far the clocks of two servers may be apart. */
const TOLERANCE_S = 30;
const ANSWER_WITHIN_MS = 5_000;
/** A token with a key that is not known has the keys fetched again, but not more often than this. */
const COOLDOWN_MS = 10_000;

/** JWTs of the one OpenID provider that is configured; its keys are fetched when they are first needed. */
export class JwtTokens implements TokenKind {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly settings: JwtSettings,
    private readonly log: Log,
    private readonly cooldownMs = COOLDOWN_MS,
  ) {}

  async callerOf(token: string): Promise<Caller | null> {
    const { issuer, audience, claims } = this.settings;
    const said = saidBy(token);
    if (said === null) return null;
    // Nobody makes us fetch keys with what is no token of this provider.
    if (!ALGORITHMS.includes(said.alg)) return this.refuse("ERR_JOSE_ALG_NOT_ALLOWED");
    if (said.issuer !== issuer) return this.refuse("ERR_JWT_CLAIM_VALIDATION_FAILED", "iss");
    try {
      const { payload } = await jwtVerify(token, (header, jws) => this.key(header, jws), {
        ...{ issuer, audience, algorithms: ALGORITHMS, clockTolerance: TOLERANCE_S },
        requiredClaims: ["exp", "sub"],
      });
      const caller = callerOfClaims(payload, claims);
      if (!("fault" in caller)) return caller;
      return this.refuse("CLAIM", caller.fault);
    } catch (error) {
      if (error instanceof Refused) throw error;
      const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : undefined;
      return this.refuse(error instanceof errors.JOSEError ? error.code : "ERR_TOKEN", claim);
    }
  }

  /** @throws JWKSNoMatchingKey; Refused UNAVAILABLE where the keys cannot be had */
  private async key(...[header, jws]: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
    try {
      this.keys ??= this.jwks();
      return await (
        await this.keys
      )(header, jws);
    } catch (error) {
      const isOfToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported].some(
        (kind) => error instanceof kind,
      );
      if (isOfToken) throw error;
      this.log("keys of the OpenID provider cannot be had", { reason: error instanceof Error ? error.message : "" });
      throw new Refused(
        httpRefusal("UNAVAILABLE", "The OpenID provider does not answer; send the same request again."),
      );
    }
  }

  private async jwks(): Promise<JWTVerifyGetKey> {
    try {
      const { issuer, jwksUrl = await discoveredKeys(issuer) } = this.settings;
      const options = { timeoutDuration: ANSWER_WITHIN_MS, cooldownDuration: this.cooldownMs };
      return createRemoteJWKSet(new URL(jwksUrl), options);
    } catch (error) {
      this.keys = undefined;
      throw error;
    }
  }

  /** Says in the log what is wrong with it, and nothing of what it says. */
  private refuse(reason: string, claim?: string): null {
    this.log("token refused", { reason, ...(claim !== undefined && { claim }) });
    return null;
  }
}

/** What a JWT says of itself, which nothing proves yet; null: it is none. */
const saidBy = (token: string): { readonly alg: string; readonly issuer: string | undefined } | null => {
  try {
    return { alg: decodeProtectedHeader(token).alg ?? "", issuer: decodeJwt(token).iss };
  } catch {
    return null;
  }
};

/** OpenID Connect Discovery 1.0, section 4. */
const discoveredKeys = async (issuer: string): Promise<string> => {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  if (!response.ok) throw new Error(`The discovery document was answered with status ${response.status}`);
  const { issuer: own, jwks_uri: keys } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (own !== issuer) throw new Error("The discovery document is of another issuer");
  if (typeof keys !== "string" || !URL.canParse(keys)) throw new Error("The discovery document names no keys");
  return keys;
};
