import { type LocalDate } from "../calendar.js";
import { type DomainEvent } from "../event.js";

/*
 * What connects a customer with an organization in Zendesk (docs/rules.md#zendesk). Ids there are numbers, kept as text.
 */

export const zendeskLinkMakers = ["PROVISIONING", "PERSON", "ZENDESK_APP"] as const;
/** Who linked: we, when we made the organization; a person of the provider; somebody in the app inside Zendesk. */
export type ZendeskLinkMaker = (typeof zendeskLinkMakers)[number];

/** What people said. An agent's name comes from a browser: it is what somebody claims to be, never an actor. */
interface Said {
  readonly reason?: string;
  readonly claimedAgent?: string;
}

/** The customer is an organization of Zendesk from now on, in place of one that it was before. */
export type CustomerLinkedToZendesk = DomainEvent<
  "CustomerLinkedToZendesk",
  {
    readonly organizationId: string;
    readonly by: ZendeskLinkMaker;
    /** The organization that it was before. Absent: none. */
    readonly replaced?: { readonly organizationId: string; readonly domain: string | null };
    /** Whoever was this organization before is not any more, as an administrator confirmed. Absent: nobody may have been. */
    readonly takesOver?: true;
    /** A domain that we gave the organization when we made it. Absent: none. */
    readonly domain?: string;
    readonly effectiveOn: LocalDate;
    /** The organization's name as it was there. */
    readonly personal: Said & { readonly organizationName: string };
  }
>;

/**
 * Why a customer is an organization no longer: somebody ordered it, somebody linked the organization to another customer
 * instead, or another customer had been linked to it first.
 */
export type ZendeskUnlinkReason = "ORDERED" | "REPLACED" | "TAKEN";

/** The customer is no organization of Zendesk any more. */
export type CustomerUnlinkedFromZendesk = DomainEvent<
  "CustomerUnlinkedFromZendesk",
  {
    readonly organizationId: string;
    /** The domain that we added to the organization; null: none. */
    readonly domain: string | null;
    readonly because: ZendeskUnlinkReason;
    readonly effectiveOn: LocalDate;
    readonly personal?: Said;
  }
>;

/** Zendesk has an organization of the customer's name that is nobody's: it is left alone until somebody links it. */
export type ZendeskNameTaken = DomainEvent<
  "ZendeskNameTaken",
  {
    /** The organization of that name. */
    readonly organizationId: string;
    readonly effectiveOn: LocalDate;
  }
>;

/** A domain that is added to the customer's organization; recorded before it is. Only what we added we take away. */
export type ZendeskDomainAdded = DomainEvent<
  "ZendeskDomainAdded",
  {
    readonly organizationId: string;
    /** The one domain of ours from now on; null: none. */
    readonly domain: string | null;
    readonly effectiveOn: LocalDate;
  }
>;

export const zendeskUntouchedBecause = ["NOT_END_USER", "OTHER_ORGANIZATION", "OTHER_USER"] as const;
/**
 * Why a user with the contact's address was left as it is: it is an agent or administrator, or of another organization,
 * or not the user that stands for the contact.
 */
export type ZendeskUntouchedBecause = (typeof zendeskUntouchedBecause)[number];

/** The customer's contact was not written to Zendesk: a person has to look at it. */
export type ZendeskContactUntouched = DomainEvent<
  "ZendeskContactUntouched",
  {
    /** The user that was left alone. */
    readonly userId: string;
    readonly because: ZendeskUntouchedBecause;
    readonly effectiveOn: LocalDate;
  }
>;

export type ZendeskEvent =
  | CustomerLinkedToZendesk
  | CustomerUnlinkedFromZendesk
  | ZendeskNameTaken
  | ZendeskDomainAdded
  | ZendeskContactUntouched;

const RECORD = { version: 1, movesCharges: false, callsForWork: false } as const;

export const zendeskEvents = {
  CustomerLinkedToZendesk: RECORD,
  CustomerUnlinkedFromZendesk: RECORD,
  ZendeskNameTaken: RECORD,
  ZendeskDomainAdded: RECORD,
  ZendeskContactUntouched: RECORD,
} as const;
