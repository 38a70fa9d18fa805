import { dateOf, type Instant } from "../calendar.js";
import { type Evolver } from "../event.js";
import { checkAll, reject } from "../rejection.js";
import { type KeyEvent, type KeyGranted, type KeyRevoked, type KeyRole } from "./events.js";

/** An API key, without its secret. */
export interface Key {
  readonly keyId: string;
  readonly secretHash: string;
  readonly roles: readonly KeyRole[];
  readonly expiresAt: Instant | null;
  readonly label: string;
  readonly reason: string;
  /** Why it was revoked; null: it was not. */
  readonly revokedBecause: string | null;
}

export const keyEvolver: Evolver<Key | null, KeyEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "KeyGranted": {
        const { keyId, secretHash, roles, expiresAt, personal } = event.data;
        return { keyId, secretHash, roles, expiresAt, ...personal, revokedBecause: null };
      }
      case "KeyRevoked":
        return state && { ...state, revokedBecause: event.data.personal.reason };
      case "CommandAccepted":
        return state;
    }
  },
};

export type KeyStatus = "ACTIVE" | "EXPIRED" | "REVOKED";

/** @param now the system's time: credentials know no test clock */
export const statusOf = ({ revokedBecause, expiresAt }: Key, now: Instant): KeyStatus => {
  if (revokedBecause !== null) return "REVOKED";
  return expiresAt !== null && expiresAt <= now ? "EXPIRED" : "ACTIVE";
};

/** What is given of a key that is to be granted. */
export interface GivenKey {
  readonly label: string;
  readonly roles: readonly KeyRole[];
  readonly expiresAt?: Instant | null;
  readonly reason: string;
}

/** What holds for a key whoever grants it. @throws Rejection VALIDATION_FAILED */
export const requireKey = ({ label, roles, reason }: GivenKey): void => {
  checkAll(
    () => requireText(label, "label"),
    () => {
      if (roles.length === 0) throw reject("VALIDATION_FAILED", "A key has at least one role.", { field: "roles" });
      if (new Set(roles).size < roles.length)
        throw reject("VALIDATION_FAILED", "roles names one twice.", { field: "roles" });
      if (roles.includes("operator") && roles.length > 1) {
        const why = "operator stands alone: it has all rights already.";
        throw reject("VALIDATION_FAILED", why, { field: "roles" });
      }
    },
    () => requireText(reason, "reason"),
  );
};

/** @throws Rejection VALIDATION_FAILED */
export const requireText = (text: string, field: string): string => {
  if (text.trim() === "") throw reject("VALIDATION_FAILED", `${field} must not be empty.`, { field });
  return text.trim();
};

export interface GrantKey extends GivenKey {
  readonly keyId: string;
  readonly secretHash: string;
  /** Roles of whoever grants it. */
  readonly by: readonly string[];
  /** Whether the stream is one of the default provider. */
  readonly ofDefaultProvider: boolean;
  /** The system's time. */
  readonly now: Instant;
}

/**
 * Nobody grants more than he may do himself: an operator everything, an administrator all but `operator`.
 * @throws Rejection VALIDATION_FAILED, INVALID_DATE, FORBIDDEN
 */
export const grantKey = ({ by, ofDefaultProvider, now, ...key }: GrantKey): KeyGranted[] => {
  requireKey(key);
  const { keyId, secretHash, roles, expiresAt = null } = key;
  const isOfInstallation = roles.includes("operator");
  if (!by.includes("operator") && (isOfInstallation || !by.includes("admin"))) {
    throw reject("FORBIDDEN", "A key cannot be granted rights that whoever grants it does not have.");
  }
  if (isOfInstallation && !ofDefaultProvider) {
    const why = "A key of an operator is of the installation: grant it without naming a provider.";
    throw reject("VALIDATION_FAILED", why, { field: "roles" });
  }
  if (expiresAt !== null && expiresAt <= now) {
    throw reject("INVALID_DATE", "The key would have expired already.", { field: "expiresAt" });
  }
  const personal = { label: requireText(key.label, "label"), reason: requireText(key.reason, "reason") };
  const data = { keyId, secretHash, roles, expiresAt, effectiveOn: dateOf(now, "UTC"), personal };
  return [{ type: "KeyGranted", data }];
};

export interface RevokeKey {
  readonly reason: string;
  /** Roles of whoever revokes it. */
  readonly by: readonly string[];
  /** The system's time. */
  readonly now: Instant;
}

/**
 * Nothing where it was revoked already. A key of an operator is none to whoever is no operator.
 * @throws Rejection KEY_NOT_FOUND, VALIDATION_FAILED
 */
export const revokeKey = ({ reason, by, now }: RevokeKey, state: Key | null): KeyRevoked[] => {
  const because = requireText(reason, "reason");
  if (state === null || (state.roles.includes("operator") && !by.includes("operator"))) {
    throw reject("KEY_NOT_FOUND", "There is no such key.", { field: "keyId" });
  }
  if (state.revokedBecause !== null) return [];
  return [{ type: "KeyRevoked", data: { effectiveOn: dateOf(now, "UTC"), personal: { reason: because } } }];
};
