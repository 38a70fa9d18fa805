import { type Customer } from "#domain/customers/customer.js";
import { recordNameTaken, recordProvisioned } from "#domain/customers/link-zendesk.js";
import { type ZendeskLink } from "#domain/customers/zendesk.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type Answer } from "../deliveries/target.js";
import { ZendeskFailure } from "./failure.js";
import {
  domainFor,
  domainsOf,
  isNameTaken,
  marksOf,
  namesOf,
  organizationNamed,
  organizationOfCustomer,
  organizationWithId,
  updateOrganization,
} from "./organizations.js";
import { type Organization } from "./records.js";
import { ask, customerOf, record, type Work } from "./work.js";

const DELIVERED: Answer = { outcome: "DELIVERED" };

/** Brings the customer's organization to what the customer is now; makes it where the customer is new. */
export const upsertOrganization = async (work: Work): Promise<Answer> => {
  const customer = await customerOf(work);
  if (customer.zendesk === undefined) return provision(work, customer);
  const { link, nameTakenBy } = customer.zendesk;
  if (link) return update(work, customer, link);
  return {
    outcome: "DISCARDED",
    reason: nameTakenBy === null ? "The customer is not linked." : clashWith(nameTakenBy),
  };
};

const clashWith = (organizationId: string): string =>
  `The customer is not linked: its name is that of the organization ${organizationId}, which is nobody's.`;

/**
 * Makes the organization of a new customer, or finds the one that an earlier try made, and links the two. An
 * organization that has the name and is nobody's is left alone: whether it is the customer's is for a person to say.
 */
const provision = async (work: Work, customer: Customer): Promise<Answer> => {
  const domain = await domainFor(work, customer);
  const found = await organizationOfCustomer(work);
  const made = found ?? (await create(work, customer, domain));
  if ("holder" in made) {
    const organizationId = String(made.holder.id);
    await record(work, "recordZendeskNameTaken", (state, now) => recordNameTaken(organizationId, state, now));
    return { outcome: "DISCARDED", reason: clashWith(organizationId) };
  }
  await faultPoint("zendesk.before-link");
  const given = made.domain_names.find((each) => each.toLowerCase() === domain) === undefined ? null : domain;
  const provisioned = { organizationId: String(made.id), organizationName: made.name, domain: given };
  const linked = await record(work, "recordZendeskLink", (state, now) => recordProvisioned(provisioned, state, now));
  await faultPoint("zendesk.after-link");
  const link = linked.zendesk?.link;
  // The customer may have changed since an earlier try made the organization.
  return found && link ? update(work, linked, link) : DELIVERED;
};

/** The organization that was made, or the one that has the customer's name and is nobody's. */
const create = async (
  work: Work,
  customer: Customer,
  domain: string | null,
): Promise<Organization | { readonly holder: Organization }> => {
  const [name = "", ...others] = await namesOf(work, customer);
  const createAs = async (tried: string): Promise<Organization> => {
    const organization = { name: tried, ...marksOf(work, customer), domain_names: domain === null ? [] : [domain] };
    const request = { method: "POST", path: "/organizations/create_or_update", body: { organization } } as const;
    return (await ask<{ organization: Organization }>(work, request)).organization;
  };
  try {
    return await createAs(name);
  } catch (error) {
    if (!isNameTaken(error)) throw error;
    const holder = await organizationNamed(work, name);
    if (!holder) {
      const unfound = `Zendesk says that the name ${name} is taken, and does not find whose it is.`;
      throw new ZendeskFailure({ outcome: "FAILED", error: unfound }, error.status);
    }
    return isNobodys(holder) ? { holder } : firstThatIsFree(others, createAs, error);
  }
};

const isNobodys = ({ external_id }: Organization): boolean => external_id === null || external_id === "";

/** @param taken what was answered to the name before */
const firstThatIsFree = async <Result>(
  [name, ...others]: readonly string[],
  use: (name: string) => Promise<Result>,
  taken: ZendeskFailure,
): Promise<Result> => {
  if (name === undefined) throw taken;
  try {
    return await use(name);
  } catch (error) {
    if (!isNameTaken(error)) throw error;
    return firstThatIsFree(others, use, error);
  }
};

/** Of one that was linked by hand the name stays. */
const update = async (work: Work, customer: Customer, link: ZendeskLink): Promise<Answer> => {
  const { organizationId } = link;
  const organization = await organizationWithId(work, organizationId);
  if (!organization) {
    const error = `Zendesk has no organization ${organizationId} any more: unlink the customer.`;
    return { outcome: "REFUSED", error };
  }
  const { external_id: externalId, name } = organization;
  if (!isNobodys(organization) && externalId !== customer.customerId) {
    const error = `The organization ${organizationId} has the external id ${externalId ?? ""} in Zendesk, which is not the customer's.`;
    return { outcome: "REFUSED", error };
  }
  const domains = await domainsOf(work, customer, link, organization);
  const changes = { ...marksOf(work, customer), ...(domains && { domain_names: domains }) };
  const names = link.by === "PROVISIONING" ? await namesOf(work, customer) : [];
  if (names.length === 0 || names.includes(name)) {
    await updateOrganization(work, organizationId, changes);
    return DELIVERED;
  }
  const rename = (tried: string) => updateOrganization(work, organizationId, { ...changes, name: tried });
  const taken = new ZendeskFailure({ outcome: "REFUSED", error: "Every name of the customer is taken." }, null);
  await firstThatIsFree(names, rename, taken);
  return DELIVERED;
};
