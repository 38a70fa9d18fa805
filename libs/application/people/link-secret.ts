import { createHash, createHmac, hkdfSync } from "node:crypto";

/** What secrets of sign-in links begin with, so that people and scanners of leaked secrets know them. */
export const LINK_PREFIX = "tnl_";

/**
 * The secret of a link: `tnl_` and 256 bits in base64url, made from the provider's secret and the link's id. So it is
 * stored nowhere, and the mail that brings it can be made again as it was.
 * @param providerSecret the provider's (table `provider_secrets`)
 */
export const linkSecret = (providerSecret: Uint8Array, linkId: string): string => {
  // A key of its own: identifiers of accounts, which people choose, are hashed with the provider's secret itself.
  const key = new Uint8Array(hkdfSync("sha256", providerSecret, "", "tenure sign-in links", 32));
  return `${LINK_PREFIX}${createHmac("sha256", key).update(linkId, "utf8").digest("base64url")}`;
};

/** Not salted and not slow: nobody guesses 256 bits. */
export const linkHashOf = (secret: string): string => createHash("sha256").update(secret, "utf8").digest("hex");
