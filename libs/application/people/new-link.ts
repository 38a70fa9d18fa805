import { type NewLink } from "#domain/people/person.js";
import { linkHashOf, linkSecret } from "./link-secret.js";

/** A link as events know it. */
export const newLink = (providerSecret: Uint8Array, linkId: string): NewLink => ({
  linkId,
  secretHash: linkHashOf(linkSecret(providerSecret, linkId)),
});
