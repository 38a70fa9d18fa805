import { type Instant, type LocalDate } from "../calendar.js";
import { type CategoryEvents, COMMAND_ACCEPTED, type CommandAccepted, type DomainEvent } from "../event.js";

/** An account at an OpenID provider: its subject, which is unique there. */
export interface OpenIdAccount {
  readonly issuer: string;
  readonly subject: string;
}

/**
 * A person of a customer may see and do for it what `self-care` may. Links by mail let the person in. `effectiveOn` is
 * the day of recording in UTC, as of all events of people.
 */
export type PersonInvited = DomainEvent<
  "PersonInvited",
  {
    readonly personId: string;
    readonly customerId: string;
    readonly effectiveOn: LocalDate;
    readonly personal: { readonly name: string; readonly email: string };
  }
>;
/** A link goes to the person by mail, because of the invitation or because somebody asked for one with the address. */
export type PersonLinkIssued = DomainEvent<
  "PersonLinkIssued",
  {
    readonly linkId: string;
    readonly customerId: string;
    /** SHA-256 (hex) of the link's secret. The secret itself is in the mail only. */
    readonly secretHash: string;
    /** By the system's time: it lets in once, before it expires. */
    readonly issuedAt: Instant;
    readonly expiresAt: Instant;
    readonly effectiveOn: LocalDate;
  }
>;
/** The person came in by the link, which counts no more. */
export type PersonLinkUsed = DomainEvent<
  "PersonLinkUsed",
  { readonly linkId: string; readonly effectiveOn: LocalDate }
>;
/**
 * The person comes in by this account at the OpenID provider from now on, in place of another one: it showed that the
 * account is its own, by a session of its own or because the provider has verified the address of the invitation.
 */
export type PersonAccountLinked = DomainEvent<
  "PersonAccountLinked",
  {
    readonly by: "SESSION" | "VERIFIED_EMAIL";
    readonly effectiveOn: LocalDate;
    readonly personal: OpenIdAccount;
  }
>;
/** The person is let in no more, for good: neither by links nor by its account nor by sessions. */
export type PersonRemoved = DomainEvent<
  "PersonRemoved",
  { readonly effectiveOn: LocalDate; readonly personal: { readonly reason: string } }
>;

export type PersonEvent =
  PersonInvited | PersonLinkIssued | PersonLinkUsed | PersonAccountLinked | PersonRemoved | CommandAccepted;

export const personEvents: CategoryEvents<"person", PersonEvent> = {
  category: "person",
  types: {
    PersonInvited: { version: 1, movesCharges: false, callsForWork: false },
    PersonLinkIssued: { version: 1, movesCharges: false, callsForWork: false },
    PersonLinkUsed: { version: 1, movesCharges: false, callsForWork: false },
    PersonAccountLinked: { version: 1, movesCharges: false, callsForWork: false },
    PersonRemoved: { version: 1, movesCharges: false, callsForWork: false },
    ...COMMAND_ACCEPTED,
  },
};
