import { existsSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KeyUnusable, type Signing, signingOf, signingWith } from "#application/audit/signing.js";

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

/** The data folder's own key (PEM), for its backup; null: it has none. */
export const ownSigningKey = (dataDir: string): string | null => {
  const own = join(dataDir, OWN_SIGNING_KEY);
  return existsSync(own) ? readFileSync(own, "utf8") : null;
};

/**
 * Puts the key of a backup into the data folder. The one that the folder has made for itself meanwhile is kept beside it,
 * under its key id: something may be signed with it.
 * @returns whether there was another
 * @throws KeyUnusable
 */
export const restoreOwnSigningKey = async (dataDir: string, key: string): Promise<boolean> => {
  const { keyId } = signingWith(key);
  const own = join(dataDir, OWN_SIGNING_KEY);
  const before = ownSigningKey(dataDir);
  const beforeId = before === null ? null : signingWith(before).keyId;
  if (beforeId === keyId) return false;
  const draft = `${own}.draft`;
  await writeFile(draft, key, { mode: 0o600, flush: true });
  if (beforeId !== null) await rename(own, join(dataDir, `signing-key.${beforeId.slice(0, 16)}.pem`));
  await rename(draft, own);
  return beforeId !== null;
};

/** The same; null where the installation has none: what it makes is not signed. @throws KeyUnusable for one that cannot be used */
export const signingIfAny = (dataDir: string, environment: NodeJS.ProcessEnv): Signing | null =>
  environment["TENURE_SIGNING_KEY_FILE"]?.trim() || existsSync(join(dataDir, OWN_SIGNING_KEY))
    ? signingFor(dataDir, environment)
    : null;
