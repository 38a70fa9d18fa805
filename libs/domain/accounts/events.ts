import { type LocalDate } from "../calendar.js";
import { type VoiceService } from "../catalog/voice-service.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Reasoned,
} from "../event.js";
import { type AliasRole } from "./alias-role.js";

/** A service line of a customer. The identifier itself (a phone number, …) is personal; its keyed hash is not. */
export type AccountOpened = DomainEvent<
  "AccountOpened",
  {
    readonly accountId: string;
    readonly customerId: string;
    readonly mainProductId: string;
    readonly identifierHash: string;
    /** First day on which commitments can start. */
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly identifier: string };
  }
>;
export type MainProductChanged = DomainEvent<
  "MainProductChanged",
  { readonly mainProductId: string; readonly effectiveOn: LocalDate }
>;
/** What is absent is so by default: no realm, `UNIVERSAL`, true. Earlier events have none of the three. */
export type AliasAdded = DomainEvent<
  "AliasAdded",
  {
    /** Of the alias; in a realm, of both. */
    readonly identifierHash: string;
    readonly effectiveOn: LocalDate;
    /** The domain name that it counts in. */
    readonly realm?: string;
    readonly role?: AliasRole;
    /** Whether it identifies a caller; else it can only be called. */
    readonly allowAuthentication?: boolean;
    readonly personal: { readonly alias: string };
  }
>;
/** Both as they are from now on; an alias's text and realm never change. */
export type AliasChanged = DomainEvent<
  "AliasChanged",
  {
    readonly identifierHash: string;
    readonly effectiveOn: LocalDate;
    readonly role: AliasRole;
    readonly allowAuthentication: boolean;
    readonly personal: { readonly alias: string };
  }
>;
export type AliasRemoved = DomainEvent<
  "AliasRemoved",
  { readonly identifierHash: string; readonly effectiveOn: LocalDate; readonly personal: { readonly alias: string } }
>;
/** What calls of the account need to know, the whole of it; what is null is its product's. */
export type AccountVoiceConfigured = DomainEvent<
  "AccountVoiceConfigured",
  { readonly voice: VoiceService; readonly effectiveOn: LocalDate }
>;
/** `effectiveOn` is the last charged day. A processor terminates the commitments that are left on the account. */
export type AccountClosed = DomainEvent<"AccountClosed", Reasoned & { readonly effectiveOn: LocalDate }>;

export type AccountEvent =
  | AccountOpened
  | MainProductChanged
  | AliasAdded
  | AliasChanged
  | AliasRemoved
  | AccountVoiceConfigured
  | AccountClosed
  | CommandAccepted;

/** An identifier is held for an account of the provider, the owner. Recorded before the account's own event. */
export type IdentifierReserved = DomainEvent<
  "IdentifierReserved",
  { readonly ownerId: string; readonly effectiveOn: LocalDate }
>;
/** The identifier can be reserved again. */
export type IdentifierReleased = DomainEvent<
  "IdentifierReleased",
  { readonly ownerId: string; readonly effectiveOn: LocalDate }
>;

export type IdentifierEvent = IdentifierReserved | IdentifierReleased;

export const accountEvents: CategoryEvents<"account", AccountEvent> = {
  category: "account",
  types: {
    AccountOpened: { version: 1, movesCharges: false, callsForWork: false },
    MainProductChanged: { version: 1, movesCharges: false, callsForWork: false },
    AliasAdded: { version: 1, movesCharges: false, callsForWork: false },
    AliasChanged: { version: 1, movesCharges: false, callsForWork: false },
    AliasRemoved: { version: 1, movesCharges: false, callsForWork: false },
    AccountVoiceConfigured: { version: 1, movesCharges: false, callsForWork: false },
    AccountClosed: { version: 1, movesCharges: true, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};

export const identifierEvents: CategoryEvents<"identifier", IdentifierEvent> = {
  category: "identifier",
  types: {
    IdentifierReserved: { version: 1, movesCharges: false, callsForWork: false },
    IdentifierReleased: { version: 1, movesCharges: false, callsForWork: false },
  },
};
