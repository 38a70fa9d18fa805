import { type LocalDate } from "../calendar.js";
import { type ZendeskEvent, type ZendeskLinkMaker, type ZendeskUntouchedBecause } from "./zendesk-events.js";

/** A customer's organization in Zendesk. */
export interface ZendeskLink {
  readonly organizationId: string;
  /** As it was there when it was linked. */
  readonly organizationName: string;
  readonly by: ZendeskLinkMaker;
  /** The agent who linked it by the app, as the browser said; null: unsaid. */
  readonly claimedAgent: string | null;
  readonly linkedOn: LocalDate;
  /** The domain that we added to the organization; null: none. */
  readonly domain: string | null;
  /** The event that linked it. */
  readonly eventId: string;
}

/** What is known of a customer in Zendesk. */
export interface CustomerZendesk {
  readonly link: ZendeskLink | null;
  /** The organization that has the customer's name and is nobody's; null: none, as far as we know. */
  readonly nameTakenBy: string | null;
  /** The user that kept the contact from being written; null: nothing did. */
  readonly untouched: { readonly userId: string; readonly because: ZendeskUntouchedBecause } | null;
}

const NOTHING: CustomerZendesk = { link: null, nameTakenBy: null, untouched: null };

/** @param before undefined: nothing is known of it there */
export const evolveZendesk = (
  before: CustomerZendesk | undefined,
  event: ZendeskEvent,
  eventId: string,
): CustomerZendesk => {
  const state = before ?? NOTHING;
  switch (event.type) {
    case "CustomerLinkedToZendesk": {
      const { organizationId, by, domain = null, effectiveOn: linkedOn, personal } = event.data;
      const { organizationName, claimedAgent = null } = personal;
      const link = { organizationId, organizationName, by, claimedAgent, linkedOn, domain, eventId };
      return { link, nameTakenBy: null, untouched: null };
    }
    case "CustomerUnlinkedFromZendesk":
      return NOTHING;
    case "ZendeskNameTaken":
      return { ...state, nameTakenBy: event.data.organizationId };
    case "ZendeskDomainAdded":
      return state.link ? { ...state, link: { ...state.link, domain: event.data.domain } } : state;
    case "ZendeskContactUntouched": {
      const { userId, because } = event.data;
      return { ...state, untouched: { userId, because } };
    }
  }
};
