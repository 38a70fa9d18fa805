import { type KeyCallers } from "#application/keys/key-callers.js";
import { SECRET_PREFIX } from "#application/keys/secret.js";
import { type Caller } from "#application/access/caller.js";
import { type TokenKind } from "./bearer.js";

/** Secrets of API keys. */
export class KeySecrets implements TokenKind {
  constructor(private readonly keys: KeyCallers) {}

  callerOf(token: string): Promise<Caller | null> {
    return token.startsWith(SECRET_PREFIX) ? this.keys.callerOf(token) : Promise.resolve(null);
  }
}
