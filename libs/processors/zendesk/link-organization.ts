import { recordLinkLost } from "#domain/customers/link-zendesk.js";
import { type CustomerLinkedToZendesk } from "#domain/customers/zendesk-events.js";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions } from "#event-store/position.js";
import { zendeskLinksOf } from "#read-models/customers/zendesk-links.js";
import { type Answer } from "../deliveries/target.js";
import { domainsOf, marksOf, organizationOfCustomer, organizationWithId, updateOrganization } from "./organizations.js";
import { type Organization } from "./records.js";
import { customerOf, record, type Work } from "./work.js";

const DELIVERED: Answer = { outcome: "DELIVERED" };

/** Takes the customer's marks off an organization. */
const UNMARKED = { external_id: null, organization_fields: { tenure_customer_url: null, tenure_customer: null } };

/**
 * Marks the organization that somebody linked as the customer's. Of several customers that were linked to one
 * organization at the same time the first in the log has it; the links of the others are void, and so are those that an
 * administrator replaced.
 */
export const linkOrganization = async (work: Work, event: RecordedEvent<CustomerLinkedToZendesk>): Promise<Answer> => {
  const { organizationId, takesOver = false } = event.data;
  const customer = await customerOf(work);
  const link = customer.zendesk?.link;
  if (link?.eventId !== event.id) return { outcome: "DISCARDED", reason: "The customer was linked otherwise since." };
  if (await isAnothers(work, event)) return lose(work, event.id);
  const organization = await organizationWithId(work, organizationId);
  if (!organization) {
    const error = `Zendesk has no organization ${organizationId} any more: unlink the customer.`;
    return { outcome: "REFUSED", error };
  }
  const { external_id: externalId } = organization;
  const isForeign = externalId !== null && externalId !== "" && externalId !== customer.customerId;
  if (isForeign && !takesOver) return lose(work, event.id);
  const marked = await organizationOfCustomer(work);
  if (marked && marked.id !== organization.id) await updateOrganization(work, String(marked.id), UNMARKED);
  const domains = await domainsOf(work, customer, link, organization);
  const changes = { ...marksOf(work, customer), ...(domains && { domain_names: domains }) };
  await updateOrganization(work, organizationId, changes);
  return DELIVERED;
};

/** Whether a customer that was linked before has the organization; those that the link takes it from are unlinked. */
const isAnothers = async (work: Work, event: RecordedEvent<CustomerLinkedToZendesk>): Promise<boolean> => {
  const { delivery, sending } = work;
  const { organizationId, takesOver = false } = event.data;
  const links = await zendeskLinksOf(sending.dataSource, delivery.provider, organizationId);
  const before = links.filter(({ customerId, commit, prepare }) => {
    const position = { commit: BigInt(commit), prepare: BigInt(prepare) };
    return customerId !== delivery.customerId && comparePositions(position, event.position) < 0;
  });
  if (!takesOver) return before.length > 0;
  for (const { customerId, eventId } of before) {
    const replaced = { eventId, because: "REPLACED" } as const;
    const name = "recordZendeskLinkReplaced";
    await record(work, name, (state, now) => recordLinkLost(replaced, state, now), "", customerId);
  }
  return false;
};

const lose = async (work: Work, eventId: string): Promise<Answer> => {
  const lost = { eventId, because: "TAKEN" } as const;
  await record(work, "recordZendeskLinkLost", (state, now) => recordLinkLost(lost, state, now));
  return { outcome: "DISCARDED", reason: "The organization is another's already: the customer was unlinked again." };
};

/** An organization that a customer was. */
interface LeftOrganization {
  readonly organizationId: string;
  /** That we gave it; null: none. */
  readonly domain: string | null;
}

/** Takes the customer's marks, and the domain that we added, off an organization that it is no longer. */
export const unlinkOrganization = async (work: Work, { organizationId, domain }: LeftOrganization): Promise<Answer> => {
  const customer = await customerOf(work);
  if (customer.zendesk?.link?.organizationId === organizationId) {
    return { outcome: "DISCARDED", reason: "The customer was linked to the organization again." };
  }
  const organization = await organizationWithId(work, organizationId);
  if (!organization) return { outcome: "DISCARDED", reason: "Zendesk has no such organization any more." };
  const changes = {
    ...(organization.external_id === customer.customerId && UNMARKED),
    ...withoutDomain(organization, domain),
  };
  if (Object.keys(changes).length > 0) await updateOrganization(work, organizationId, changes);
  return DELIVERED;
};

const withoutDomain = ({ domain_names: domains }: Organization, domain: string | null) => {
  const rest = domains.filter((each) => each.toLowerCase() !== domain);
  return rest.length === domains.length ? {} : { domain_names: rest };
};
