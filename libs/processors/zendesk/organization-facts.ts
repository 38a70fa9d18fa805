import { Unavailable } from "#application/command/unavailable.js";
import { type OrganizationFacts, type ZendeskOrganization } from "#domain/customers/link-zendesk.js";
import { reject } from "#domain/rejection.js";
import { type Database } from "#read-models/data-source.js";
import { zendeskLinksOf } from "#read-models/customers/zendesk-links.js";
import { type Target } from "../deliveries/target.js";
import { type ZendeskClient } from "./client.js";
import { zendeskClientOf } from "./clients.js";
import { ZendeskFailure } from "./failure.js";
import { organizationWithId } from "./organizations.js";
import { type Organization } from "./records.js";

/** What reading in Zendesk takes in this process. */
export interface Reading {
  readonly dataSource: Database;
  readonly targets: readonly Target[];
}

/** Milliseconds for which a person waits for Zendesk. */
const ANSWERED_WITHIN_MS = 10_000;
/** Organizations that a search finds at most. */
const MOST = 25;

/**
 * The client of the provider's Zendesk.
 * @throws Rejection CONFLICT where Zendesk is not enabled
 */
const requireClient = ({ targets }: Reading, provider: string): ZendeskClient => {
  const client = zendeskClientOf(targets, provider);
  if (client) return client;
  throw reject("CONFLICT", "Zendesk is not enabled for this provider.");
};

/** @throws Unavailable where Zendesk does not answer as it should */
const reading = async <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
  try {
    return await work(AbortSignal.timeout(ANSWERED_WITHIN_MS));
  } catch (error) {
    if (error instanceof ZendeskFailure) throw new Unavailable(error.message);
    throw error;
  }
};

const organizationOf = ({ id, name, external_id: externalId }: Organization): ZendeskOrganization => ({
  ...{ id: String(id), name, externalId: externalId === "" ? null : externalId },
});

/**
 * An organization as it is in Zendesk, and whose it is.
 * @throws Rejection CONFLICT, Unavailable
 */
export const organizationFacts = async (
  from: Reading,
  provider: string,
  organizationId: string,
): Promise<OrganizationFacts> => {
  const client = requireClient(from, provider);
  const [found, links] = await Promise.all([
    reading((signal) => organizationWithId({ client, signal }, organizationId)),
    zendeskLinksOf(from.dataSource, provider, organizationId),
  ]);
  return { organization: found && organizationOf(found), linkedTo: links.map(({ customerId }) => customerId) };
};

/** An organization that a search found, with the customer that it is linked to. */
export interface FoundOrganization extends ZendeskOrganization {
  readonly customerId: string | null;
}

/**
 * The organizations whose names begin with a text, or are that text, whatever its case.
 * @throws Rejection CONFLICT, Unavailable
 */
export const searchOrganizations = async (
  from: Reading,
  provider: string,
  { name, isExact }: { readonly name: string; readonly isExact: boolean },
): Promise<readonly FoundOrganization[]> => {
  const client = requireClient(from, provider);
  const path = isExact ? "/organizations/search" : "/organizations/autocomplete";
  const { organizations } = await reading(async (signal) => {
    const query = { name, per_page: MOST };
    return (await client.request<{ organizations: readonly Organization[] }>({ path, query, signal })).body;
  });
  return Promise.all(
    organizations.slice(0, MOST).map(async (organization) => {
      const [link] = await zendeskLinksOf(from.dataSource, provider, String(organization.id));
      return { ...organizationOf(organization), customerId: link?.customerId ?? null };
    }),
  );
};
