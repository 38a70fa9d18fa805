import { type LocalDate } from "../calendar.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Reasoned,
} from "../event.js";

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
export type AliasAdded = DomainEvent<
  "AliasAdded",
  { readonly identifierHash: string; readonly effectiveOn: LocalDate; readonly personal: { readonly alias: string } }
>;
export type AliasRemoved = DomainEvent<
  "AliasRemoved",
  { readonly identifierHash: string; readonly effectiveOn: LocalDate; readonly personal: { readonly alias: string } }
>;
/** `effectiveOn` is the last charged day. A processor terminates the commitments that are left on the account. */
export type AccountClosed = DomainEvent<"AccountClosed", Reasoned & { readonly effectiveOn: LocalDate }>;

export type AccountEvent =
  AccountOpened | MainProductChanged | AliasAdded | AliasRemoved | AccountClosed | CommandAccepted;

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
    AliasRemoved: { version: 1, movesCharges: false, callsForWork: false },
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
