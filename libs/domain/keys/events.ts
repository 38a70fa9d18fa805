import { type Instant, type LocalDate } from "../calendar.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";

/** What a key may be granted. Part of stored events: names never change. `self-care` is for people only. */
export const keyRoles = ["operator", "admin", "csr", "finance", "support", "partner", "zendesk-app"] as const;
export type KeyRole = (typeof keyRoles)[number];

/**
 * A program may come in with a secret from now on. A key with the role `operator` is of the installation, and its stream
 * one of the default provider; every other key is of the provider that its stream belongs to. Who granted it is in the
 * metadata. `effectiveOn` is the day of recording.
 */
export type KeyGranted = DomainEvent<
  "KeyGranted",
  {
    readonly keyId: string;
    /** SHA-256 (hex) of the secret, of 256 random bits. The secret itself is nowhere. */
    readonly secretHash: string;
    /** At least one; `operator` stands alone. */
    readonly roles: readonly KeyRole[];
    /** By the system's time: from this instant on it is refused. Null: until it is revoked. */
    readonly expiresAt: Instant | null;
    readonly effectiveOn: LocalDate;
    /** Free text of a person: what tells the key from others, and why it was granted. */
    readonly personal: { readonly label: string; readonly reason: string };
  }
>;
/** The key is refused from now on, for good. Who revoked it is in the metadata. */
export type KeyRevoked = DomainEvent<
  "KeyRevoked",
  { readonly effectiveOn: LocalDate; readonly personal: { readonly reason: string } }
>;

export type KeyEvent = KeyGranted | KeyRevoked | CommandAccepted;

export const keyEvents: CategoryEvents<"key", KeyEvent> = {
  category: "key",
  types: {
    KeyGranted: { version: 1, movesCharges: false, callsForWork: false },
    KeyRevoked: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};
