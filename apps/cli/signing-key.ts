import { existsSync } from "node:fs";
import { join } from "node:path";
import { KeyUnusable, type Signing, signingOf } from "#application/audit/signing.js";

/** Name of the key in the data folder of an embedded installation, which makes it at its first start. */
export const OWN_SIGNING_KEY = "signing-key.pem";

/**
 * The key that a command signs with: the one that TENURE_SIGNING_KEY_FILE names, else the data folder's own.
 * @throws KeyUnusable
 */
export const signingFor = (dataDir: string, environment: NodeJS.ProcessEnv): Signing => {
  const given = environment["TENURE_SIGNING_KEY_FILE"]?.trim();
  if (given) return signingOf(given);
  const own = join(dataDir, OWN_SIGNING_KEY);
  if (existsSync(own)) return signingOf(own);
  throw new KeyUnusable(
    `There is no signing key: set TENURE_SIGNING_KEY_FILE, or name the data folder of an embedded installation with --data.`,
  );
};

/** The same; null where the installation has none: what it makes is not signed. @throws KeyUnusable for one that cannot be used */
export const signingIfAny = (dataDir: string, environment: NodeJS.ProcessEnv): Signing | null =>
  environment["TENURE_SIGNING_KEY_FILE"]?.trim() || existsSync(join(dataDir, OWN_SIGNING_KEY))
    ? signingFor(dataDir, environment)
    : null;
