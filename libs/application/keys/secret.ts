import { createHash, randomBytes } from "node:crypto";

/** What secrets of keys begin with, so that people and scanners of leaked secrets know them. */
export const SECRET_PREFIX = "tnr_";

export interface NewSecret {
  /** `tnr_` and 256 random bits in base64url. */
  readonly secret: string;
  readonly secretHash: string;
}

/** Not salted and not slow: nobody guesses 256 random bits. */
export const secretHashOf = (secret: string): string => createHash("sha256").update(secret, "utf8").digest("hex");

export const newSecret = (): NewSecret => {
  const secret = `${SECRET_PREFIX}${randomBytes(32).toString("base64url")}`;
  return { secret, secretHash: secretHashOf(secret) };
};
