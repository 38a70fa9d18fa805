import { type ZendeskLinkMaker, type ZendeskUntouchedBecause } from "#domain/customers/zendesk-events.js";
import { enumOf } from "../graphql/enums.js";

/** What `Customer.zendesk` says. */
export type ZendeskStatus = "LINKED" | "NOT_LINKED" | "NAME_TAKEN";

export const ZendeskStatusEnum = enumOf<ZendeskStatus>("ZendeskStatus", "What a customer is in Zendesk.", {
  LINKED: "It is an organization.",
  NOT_LINKED: "It is none, or not yet.",
  NAME_TAKEN: "It is none: an organization that is nobody's has its name, and may be linked by hand.",
});

export const ZendeskLinkMakerEnum = enumOf<ZendeskLinkMaker>("ZendeskLinkMaker", "Who linked a customer.", {
  PROVISIONING: "The product itself, when it made the organization.",
  PERSON: "A person of the provider.",
  ZENDESK_APP: "Somebody in the app inside Zendesk.",
});

export const ZendeskUntouchedBecauseEnum = enumOf<ZendeskUntouchedBecause>(
  "ZendeskUntouchedBecause",
  "Why a user of Zendesk was left as it is.",
  {
    NOT_END_USER: "It is an agent or administrator.",
    OTHER_ORGANIZATION: "It belongs to another organization.",
    OTHER_USER: "It is not the user that stands for the customer's contact.",
  },
);
