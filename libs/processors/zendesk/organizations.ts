import { type Customer } from "#domain/customers/customer.js";
import { type ZendeskLink } from "#domain/customers/zendesk.js";
import { recordDomain } from "#domain/customers/link-zendesk.js";
import { firstAccountIdOf } from "#read-models/accounts/queries.js";
import { isDomainOfAnother } from "#read-models/customers/zendesk-links.js";
import { companyDomainOf } from "./domains.js";
import { ZendeskFailure } from "./failure.js";
import { type Organization } from "./records.js";
import { ask, record, type Work } from "./work.js";

/** The organization; null: there is none with this id. */
export const organizationWithId = async (
  { client, signal }: Pick<Work, "client" | "signal">,
  id: string,
): Promise<Organization | null> => {
  const found = await client.find<{ organization: Organization }>({ path: `/organizations/${id}`, signal });
  return found?.organization ?? null;
};

/** The organization that has the customer's id; null: none has. */
export const organizationOfCustomer = async (work: Work): Promise<Organization | null> => {
  const { customerId } = work.delivery;
  const { organizations } = await ask<{ organizations: readonly Organization[] }>(work, {
    path: "/organizations/search",
    query: { external_id: customerId },
  });
  return organizations.find(({ external_id }) => external_id === customerId) ?? null;
};

/** The organization of a name, whatever its case; null: there is none. */
export const organizationNamed = async (work: Work, name: string): Promise<Organization | null> => {
  const { organizations } = await ask<{ organizations: readonly Organization[] }>(work, {
    path: "/organizations/search",
    query: { name },
  });
  return organizations.find((each) => each.name.toLowerCase() === name.toLowerCase()) ?? null;
};

export const updateOrganization = async (work: Work, id: string, organization: object): Promise<Organization> => {
  const body = { organization };
  return (await ask<{ organization: Organization }>(work, { method: "PUT", path: `/organizations/${id}`, body }))
    .organization;
};

/**
 * The names that the customer's organization may have, in the order in which they are tried: its name, and where that is
 * another's, with the id of its first account, or with its own id.
 */
export const namesOf = async ({ sending, delivery }: Work, customer: Customer): Promise<readonly string[]> => {
  const { name } = customer.contact;
  const accountId = await firstAccountIdOf(sending.dataSource, delivery.provider, customer.customerId);
  return [name, ...(accountId === null ? [] : [`${name} (${accountId})`]), `${name} (${customer.customerId})`];
};

/** Whether Zendesk refuses a name because another organization has it. */
export const isNameTaken = (error: unknown): error is ZendeskFailure =>
  error instanceof ZendeskFailure && error.status === 422 && "name" in error.details;

/** What makes the organization the customer's in Zendesk. */
export const marksOf = ({ origin }: Work, { customerId, contact }: Customer) => ({
  external_id: customerId,
  organization_fields: {
    tenure_customer_url: `${origin}/customers/${customerId}`,
    tenure_customer: contact.name,
  },
});

/** The domain that the customer's organization is to have; null: none, or one that is another customer's. */
export const domainFor = async (
  { sending, delivery: { provider } }: Work,
  { customerId, contact }: Customer,
): Promise<string | null> => {
  const domain = companyDomainOf(contact.companyDomain);
  if (domain === null) return null;
  return (await isDomainOfAnother(sending.dataSource, provider, customerId, domain)) ? null : domain;
};

/**
 * The domains of the customer's organization: those that are there, with the customer's own, without one that we added
 * before. What we add is recorded before it is added, so that we know it for ours whatever happens in between.
 * @returns undefined where nothing changes
 */
export const domainsOf = async (
  work: Work,
  customer: Customer,
  link: ZendeskLink,
  organization: Organization,
): Promise<readonly string[] | undefined> => {
  const wanted = await domainFor(work, customer);
  const there = organization.domain_names.map((domain) => domain.toLowerCase());
  const others = link.domain === wanted ? there : there.filter((domain) => domain !== link.domain);
  const isTheirs = wanted !== null && wanted !== link.domain && others.includes(wanted);
  const added = isTheirs ? null : wanted;
  if (added !== link.domain) {
    const { organizationId } = link;
    await record(
      work,
      "recordZendeskDomain",
      (state, now) => recordDomain({ organizationId, domain: added }, state, now),
      added ?? "",
    );
  }
  const domains = added === null || others.includes(added) ? others : [...others, added];
  const isSame = domains.length === there.length && domains.every((domain) => there.includes(domain));
  return isSame ? undefined : domains;
};
