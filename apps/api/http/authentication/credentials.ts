import { KeyCallers } from "#application/keys/key-callers.js";
import { keyById, keyBySecretHash } from "#read-models/keys/queries.js";
import { type Backend } from "../../core/backend.js";
import { systemNow } from "../../core/clocks.js";
import { type Authenticator } from "./authenticator.js";
import { Bearer } from "./bearer.js";
import { JwtTokens } from "./bearer-jwt.js";
import { KeySecrets } from "./bearer-key.js";
import { type JwtSettings } from "./jwt-settings.js";
import { LOCAL, NobodyAsked } from "./nobody-asked.js";
import { type StillValid, type TokenOf } from "./sessions.js";
import { StartToken } from "./start-token.js";

/** Which credentials count. Keys that were granted always do, unless nobody is asked. */
export type Credentials =
  /** On a developer's machine only: whoever comes in is `local`. */
  { readonly by: "NOBODY" } | { readonly by: "TOKEN"; readonly startToken?: string; readonly jwt?: JwtSettings };

export interface ByToken {
  /** Lets in by token. */
  readonly authenticator: Authenticator;
  /** Whether the token that a caller came in with still counts, as far as that can be known without it. */
  readonly stillCounts: StillValid;
  readonly tokenOf: TokenOf;
}

/** Lets in by tokens as configured. */
export const bearerOf = (
  credentials: Credentials,
  { dataSource, store, log }: Pick<Backend, "dataSource" | "store" | "log">,
): ByToken => {
  if (credentials.by === "NOBODY") {
    return { authenticator: new NobodyAsked(), stillCounts: () => Promise.resolve(true), tokenOf: tokenOf(NO_TOKEN) };
  }
  const { startToken, jwt } = credentials;
  const keys = new KeyCallers({
    ...{ store, systemNow },
    find: (secretHash) => keyBySecretHash(dataSource, secretHash),
    findById: (keyId) => keyById(dataSource, keyId),
  });
  const authenticator = new Bearer([
    ...(startToken === undefined ? [] : [new StartToken(startToken)]),
    new KeySecrets(keys),
    ...(jwt ? [new JwtTokens(jwt, log)] : []),
  ]);
  return { authenticator, stillCounts: (caller) => keys.stillCounts(caller), tokenOf: tokenOf(startToken ?? null) };
};

/** Of a session that was made while nobody was asked: none once somebody is. */
const NO_TOKEN = "";

/** Whoever starts the process with another token ends the sessions of the one before. */
const tokenOf =
  (startToken: string | null): TokenOf =>
  ({ actor }) =>
    actor === LOCAL.actor ? startToken : null;
