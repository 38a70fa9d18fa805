import { type Caller } from "#application/access/caller.js";
import { type Role, roles as all } from "#application/access/roles.js";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { isUuid } from "#read-models/rows/filters.js";
import { type ClaimNames } from "./jwt-settings.js";

/** Claims of a token that was verified. */
export type Claims = Readonly<Record<string, unknown>>;

/** Characters of a subject at most, as OpenID Connect has it. */
const LONGEST_SUBJECT = 255;
/** Actors are shown, and part of a command's identity. */
const SUBJECT = /^[\u0021-\u007e]+$/;

/** Why the claims name nobody, for the log. */
export interface NobodyNamed {
  /** The claim that is at fault. */
  readonly fault: string;
  /** Of who has no role here at all, which an invited person has not. */
  readonly subject?: string;
}

/** Whoever the claims name, by the roles that they give. */
export const callerOfClaims = (claims: Claims, names: ClaimNames): Caller | NobodyNamed => {
  const { sub } = claims;
  if (typeof sub !== "string" || sub.length > LONGEST_SUBJECT || !SUBJECT.test(sub)) return { fault: "sub" };
  const actor = `oidc:${sub}`;
  const roles = rolesOf(claimOf(claims, names.roles));
  if (roles.length === 0) return { fault: names.roles, subject: sub };
  if (roles.includes("operator")) {
    return roles.includes("self-care")
      ? { fault: names.roles }
      : { actor, roles: ["operator"], providerId: null, customerId: null };
  }
  const provider = names.provider === undefined ? DEFAULT_PROVIDER_ID : idOf(claimOf(claims, names.provider));
  if (provider === null) return { fault: names.provider ?? "" };
  if (!roles.includes("self-care")) return { actor, roles, providerId: provider, customerId: null };
  const customerId = idOf(claimOf(claims, names.customer));
  // A self-care user is nothing else: its own customer is all that it may ever see.
  if (roles.length > 1) return { fault: names.roles };
  return customerId === null ? { fault: names.customer } : { actor, roles, providerId: provider, customerId };
};

/** A claim by its name, else by the way with points. */
const claimOf = (claims: Claims, name: string): unknown => {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Claims)[part];
  }
  return found;
};

const rolesOf = (claim: unknown): Role[] => {
  const named: readonly unknown[] = typeof claim === "string" ? claim.split(/\s+/) : Array.isArray(claim) ? claim : [];
  return all.filter((role) => named.includes(role));
};

const idOf = (claim: unknown): string | null =>
  typeof claim === "string" && isUuid(claim) ? claim.toLowerCase() : null;
