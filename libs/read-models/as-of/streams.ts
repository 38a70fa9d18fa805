import { type DataSource } from "typeorm";
import { streamName } from "#event-store/streams.js";

/** What an answer about some customers can be made of, whatever its fields ask for. */
export interface Surroundings {
  /** The customers, and all that share a commitment with one of them, directly or through others. */
  readonly customerIds: readonly string[];
  /** Their streams, and those of the catalog. The register's are apart: they belong to everybody. */
  readonly streams: readonly string[];
}

/** Kinds of catalog items that answers about customers lead to. */
export const CATALOG: readonly string[] = [
  ...["subscription", "addonproduct", "volumediscountplan", "mainproduct", "customerclass", "offer"],
  ...["servicepolicy", "tariff"],
];

/**
 * As known now, which is never less than what was known before: nobody gets another customer, or stops having held a
 * commitment.
 */
export const surroundingsOf = async (
  dataSource: Pick<DataSource, "query">,
  providerId: string,
  customerIds: readonly string[],
): Promise<Surroundings> => {
  const rows = await dataSource.query<{ category: string; id: string }[]>(
    `WITH RECURSIVE sharing (id) AS (
       SELECT id FROM unnest($2::uuid[]) AS asked (id)
       UNION
       SELECT other.customer_id FROM sharing s
         JOIN billing_holders held ON held.provider_id = $1 AND held.customer_id = s.id AND held.shared
         JOIN billing_holders other ON other.provider_id = $1 AND other.commitment_id = held.commitment_id
     ), held AS (
       SELECT DISTINCT h.commitment_id AS id FROM billing_holders h JOIN sharing s ON h.customer_id = s.id
        WHERE h.provider_id = $1
     )
     SELECT 'customer' AS category, id FROM sharing
      UNION ALL SELECT 'receivables', id FROM sharing
      UNION ALL SELECT 'lifecycle', id FROM sharing
      UNION ALL SELECT 'commitment', id FROM held
      UNION ALL SELECT 'lifecycle', id FROM held
      UNION ALL SELECT unnest(ARRAY['account', 'usage']), a.id
                  FROM accounts a JOIN sharing s ON a.customer_id = s.id WHERE a.provider_id = $1
      UNION ALL SELECT 'person', p.id FROM people p JOIN sharing s ON p.customer_id = s.id WHERE p.provider_id = $1
      UNION ALL SELECT c.kind, c.id FROM catalog_items c WHERE c.provider_id = $1 AND c.kind = ANY($3)`,
    [providerId, customerIds, CATALOG],
  );
  return {
    customerIds: rows.flatMap(({ category, id }) => (category === "customer" ? [id] : [])),
    streams: rows.map(({ category, id }) => streamName(providerId, category, id)),
  };
};
