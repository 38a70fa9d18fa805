import { type Instant } from "../calendar.js";
import { requireName } from "../input.js";
import { requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { type Customer, todayOf } from "./customer.js";
import { known, open } from "./decide.js";
import { type CustomerEvent } from "./events.js";
import { type ZendeskLink } from "./zendesk.js";
import { type ZendeskUnlinkReason, type ZendeskUntouchedBecause } from "./zendesk-events.js";

/** An organization as it was read in Zendesk. */
export interface ZendeskOrganization {
  readonly id: string;
  readonly name: string;
  /** The id that another system, or we, know it by; null: none does. */
  readonly externalId: string | null;
}

export interface OrganizationFacts {
  /** null: Zendesk has no such organization. */
  readonly organization: ZendeskOrganization | null;
  /** The customers that it is linked to, as projected. */
  readonly linkedTo: readonly string[];
}

/** What whoever links or unlinks is and says. */
interface Asking {
  /** Whether it is the app inside Zendesk that asks. */
  readonly byApp: boolean;
  readonly reason: string | null;
  /** The agent's name as the browser says it; null: unsaid. */
  readonly claimedAgent: string | null;
  readonly now: Instant;
}

export interface LinkOrganization extends Asking {
  readonly organizationId: string;
  /** An administrator confirms that what stands in the way is replaced. */
  readonly replace: boolean;
}

/** @throws Rejection VALIDATION_FAILED (organizationId) */
export const requireOrganizationId = (organizationId: string): void => {
  if (/^[1-9]\d{0,19}$/.test(organizationId)) return;
  throw reject("VALIDATION_FAILED", "organizationId must be the number of an organization.", {
    field: "organizationId",
  });
};

/**
 * Links the customer to an organization: one organization, one customer (docs/rules.md#zendesk). Nothing where it is
 * linked to it already.
 * @throws Rejection CUSTOMER_NOT_FOUND, CUSTOMER_CLOSED, FORBIDDEN, ORGANIZATION_NOT_FOUND, ALREADY_LINKED,
 * VALIDATION_FAILED (claimedAgent; reason, where something is replaced)
 */
export const linkOrganization = (
  command: LinkOrganization,
  state: Customer | null,
  { organization, linkedTo }: OrganizationFacts,
): CustomerEvent[] => {
  const { organizationId, replace, byApp } = command;
  const said = saidBy(command);
  const customer = open(state);
  if (replace && byApp) {
    throw reject("FORBIDDEN", "What is linked is replaced by administrators only.", { field: "replace" });
  }
  const own = customer.zendesk?.link ?? null;
  if (own?.organizationId === organizationId) return [];
  if (!organization) {
    throw reject("ORGANIZATION_NOT_FOUND", `Zendesk has no organization ${organizationId}.`, {
      field: "organizationId",
    });
  }
  const obstacle = obstacleTo(customer, own, organization, linkedTo);
  if (obstacle !== null && !replace) {
    throw reject("ALREADY_LINKED", obstacle.sentence, { field: obstacle.field, facts: obstacle.facts });
  }
  if (obstacle !== null) requireReason(command.reason, "What is linked is replaced");
  return [
    {
      type: "CustomerLinkedToZendesk",
      data: {
        organizationId,
        by: byApp ? "ZENDESK_APP" : "PERSON",
        ...(own && { replaced: { organizationId: own.organizationId, domain: own.domain } }),
        ...(obstacle?.field === "organizationId" && { takesOver: true as const }),
        effectiveOn: todayOf(customer, command.now),
        personal: { organizationName: organization.name, ...said },
      },
    },
  ];
};

/** What keeps the two from being linked; of several the organization's first, since it decides what is taken over. */
const obstacleTo = (
  { customerId }: Customer,
  own: ZendeskLink | null,
  { id, name, externalId }: ZendeskOrganization,
  linkedTo: readonly string[],
): {
  readonly field: "organizationId" | "customerId";
  readonly sentence: string;
  readonly facts: Facts;
} | null => {
  const [other] = linkedTo.filter((each) => each !== customerId);
  if (other !== undefined) {
    const sentence = `The organization ${name} is linked to the customer ${other}.`;
    return { field: "organizationId", sentence, facts: { case: "ORGANIZATION_LINKED", name } };
  }
  if (externalId !== null && externalId !== customerId) {
    const sentence = `The organization ${name} (${id}) belongs to another system: its external id is ${externalId}.`;
    return { field: "organizationId", sentence, facts: { case: "ORGANIZATION_OF_OTHER_SYSTEM", name, externalId } };
  }
  if (!own) return null;
  const { organizationName } = own;
  const sentence = `The customer is linked to the organization ${organizationName}.`;
  return { field: "customerId", sentence, facts: { case: "LINKED_TO_ORGANIZATION", name: organizationName } };
};

/**
 * Ends the link, with a reason; the app inside Zendesk may leave it out.
 * @throws Rejection CUSTOMER_NOT_FOUND, NOT_LINKED, VALIDATION_FAILED (reason, claimedAgent)
 */
export const unlinkOrganization = (command: Asking, state: Customer | null): CustomerEvent[] => {
  if (!command.byApp) requireReason(command.reason, "A customer is unlinked");
  const said = saidBy(command);
  const customer = known(state);
  const link = customer.zendesk?.link;
  if (!link) {
    throw reject("NOT_LINKED", "The customer is linked to no organization of Zendesk.", { field: "customerId" });
  }
  return [unlinked(customer, link, "ORDERED", command.now, said)];
};

const saidBy = ({ reason, claimedAgent }: Asking) => ({
  ...(reason !== null && { reason }),
  ...(claimedAgent !== null && { claimedAgent: requireName(claimedAgent, "claimedAgent") }),
});

const unlinked = (
  customer: Customer,
  { organizationId, domain }: ZendeskLink,
  because: ZendeskUnlinkReason,
  now: Instant,
  said: { readonly reason?: string; readonly claimedAgent?: string } = {},
): CustomerEvent => ({
  type: "CustomerUnlinkedFromZendesk",
  data: {
    ...{ organizationId, domain, because, effectiveOn: todayOf(customer, now) },
    ...(Object.keys(said).length > 0 && { personal: said }),
  },
});

/*
 * What the worker records once it has dealt with Zendesk. Each decides nothing where the customer's stream has moved on
 * meanwhile, so that it may come twice and late.
 */

/** We made the organization: it is the customer's, unless somebody linked another one meanwhile. */
export const recordProvisioned = (
  made: { readonly organizationId: string; readonly organizationName: string; readonly domain: string | null },
  customer: Customer,
  now: Instant,
): CustomerEvent[] => {
  if (customer.zendesk) return [];
  const { organizationId, organizationName, domain } = made;
  return [
    {
      type: "CustomerLinkedToZendesk",
      data: {
        ...{ organizationId, by: "PROVISIONING", ...(domain !== null && { domain }) },
        ...{ effectiveOn: todayOf(customer, now), personal: { organizationName } },
      },
    },
  ];
};

/** The customer's name is that of an organization which is nobody's. */
export const recordNameTaken = (organizationId: string, customer: Customer, now: Instant): CustomerEvent[] =>
  customer.zendesk ? [] : [{ type: "ZendeskNameTaken", data: { organizationId, effectiveOn: todayOf(customer, now) } }];

/** The one domain that we give the organization is this one; null: none. */
export const recordDomain = (
  { organizationId, domain }: { readonly organizationId: string; readonly domain: string | null },
  customer: Customer,
  now: Instant,
): CustomerEvent[] => {
  const link = customer.zendesk?.link;
  if (link?.organizationId !== organizationId || link.domain === domain) return [];
  return [{ type: "ZendeskDomainAdded", data: { organizationId, domain, effectiveOn: todayOf(customer, now) } }];
};

/** The organization is another customer's: the link that this event made is void. */
export const recordLinkLost = (
  { eventId, because }: { readonly eventId: string; readonly because: "REPLACED" | "TAKEN" },
  customer: Customer,
  now: Instant,
): CustomerEvent[] => {
  const link = customer.zendesk?.link;
  return link?.eventId === eventId ? [unlinked(customer, link, because, now)] : [];
};

/** A user that has the contact's address was left as it is. */
export const recordUntouched = (
  untouched: { readonly userId: string; readonly because: ZendeskUntouchedBecause },
  customer: Customer,
  now: Instant,
): CustomerEvent[] => {
  const before = customer.zendesk?.untouched;
  if (before?.userId === untouched.userId && before.because === untouched.because) return [];
  return [{ type: "ZendeskContactUntouched", data: { ...untouched, effectiveOn: todayOf(customer, now) } }];
};
