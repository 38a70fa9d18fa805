import { type DataSource, type EntityManager } from "typeorm";
import { type Customer } from "#domain/customers/customer.js";
import { type Folded } from "../runner/fold-streams.js";

/** A customer that an organization of Zendesk is linked to. */
export interface ZendeskLinkRow {
  readonly customerId: string;
  /** The event that linked it, and its place in the log. */
  readonly eventId: string;
  readonly commit: string;
  readonly prepare: string;
}

type Reading = Pick<DataSource, "query">;

/** Keeps the links of a batch's customers as they are after it. Part of the projection of customers. */
export const writeZendeskLinks = async (manager: EntityManager, folded: readonly Folded<Customer>[]): Promise<void> => {
  const known = folded.filter(({ state }) => state.zendesk !== undefined);
  if (known.length === 0) return;
  const unlinked = known.filter(({ state }) => !state.zendesk?.link);
  const linked = known.flatMap(({ provider, id, state, events }) => {
    const link = state.zendesk?.link;
    if (!link) return [];
    const position = events.findLast(({ type }) => type === "CustomerLinkedToZendesk")?.position;
    return [
      {
        ...{ provider_id: provider, customer_id: id, organization_id: link.organizationId, domain: link.domain },
        event_id: link.eventId,
        ...{ commit: position?.commit.toString(), prepare: position?.prepare.toString() },
      },
    ];
  });
  await manager.query(
    "DELETE FROM zendesk_links WHERE (provider_id, customer_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))",
    [unlinked.map(({ provider }) => provider), unlinked.map(({ id }) => id)],
  );
  // One that was linked in an earlier batch keeps its place.
  await manager.query(
    `INSERT INTO zendesk_links (provider_id, customer_id, organization_id, domain, event_id, commit, prepare)
     SELECT r.provider_id, r.customer_id, r.organization_id, r.domain, r.event_id,
            coalesce(r.commit, l.commit), coalesce(r.prepare, l.prepare)
       FROM jsonb_populate_recordset(NULL::zendesk_links, $1::jsonb) r
       LEFT JOIN zendesk_links l ON l.provider_id = r.provider_id AND l.customer_id = r.customer_id
     ON CONFLICT (provider_id, customer_id) DO UPDATE
       SET organization_id = EXCLUDED.organization_id, domain = EXCLUDED.domain, event_id = EXCLUDED.event_id,
           commit = EXCLUDED.commit, prepare = EXCLUDED.prepare`,
    [JSON.stringify(linked)],
  );
};

/** The customers of an organization, in the order in which they were linked: the first has it. */
export const zendeskLinksOf = async (
  dataSource: Reading,
  providerId: string,
  organizationId: string,
): Promise<ZendeskLinkRow[]> =>
  dataSource.query<ZendeskLinkRow[]>(
    `SELECT customer_id AS "customerId", event_id AS "eventId", commit::text, prepare::text FROM zendesk_links
      WHERE provider_id = $1 AND organization_id = $2 ORDER BY commit, prepare`,
    [providerId, organizationId],
  );

/**
 * Whether a domain is another customer's: one that we gave to the organization of another, or that another customer
 * names which was created before and is not closed.
 * @param domain in lower case
 */
export const isDomainOfAnother = async (
  dataSource: Reading,
  providerId: string,
  customerId: string,
  domain: string,
): Promise<boolean> => {
  const [row] = await dataSource.query<{ found: boolean }[]>(
    `SELECT EXISTS (SELECT FROM zendesk_links WHERE provider_id = $1 AND domain = $3 AND customer_id <> $2)
         OR EXISTS (SELECT FROM customers other JOIN customers own ON own.provider_id = $1 AND own.id = $2
                     WHERE other.provider_id = $1 AND lower(other.company_domain) = $3 AND other.closed_on IS NULL
                       AND (other.created_commit, other.id) < (own.created_commit, own.id)) AS found`,
    [providerId, customerId, domain],
  );
  return row?.found ?? false;
};
