import { type CatalogKind } from "../catalog/table.js";
import { isUuid } from "../rows/filters.js";
import { type Queryable } from "../runner/checkpoints.js";

const catalog = (kind: CatalogKind): string =>
  `SELECT id, name FROM catalog_items WHERE provider_id = $1 AND kind = '${kind}' AND id = ANY($2::uuid[])`;

/** SQL by kind: names of the provider's things by their ids, as they are called now. */
const NAMES = {
  CUSTOMER: "SELECT id, name FROM customers WHERE provider_id = $1 AND id = ANY($2::uuid[])",
  ACCOUNT: "SELECT id, identifier AS name FROM accounts WHERE provider_id = $1 AND id = ANY($2::uuid[])",
  COMMITMENT: `SELECT c.id, c.offer_name || ' (' || a.identifier || ')' AS name FROM commitments c
                 JOIN accounts a ON a.provider_id = c.provider_id AND a.id = c.account_id
                WHERE c.provider_id = $1 AND c.id = ANY($2::uuid[])`,
  DOCUMENT: `SELECT id, number AS name FROM invoices
              WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND number IS NOT NULL
             UNION ALL
             SELECT id, number FROM credit_notes
              WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND number IS NOT NULL`,
  PLAN: catalog("subscription"),
  OFFER: catalog("offer"),
  ADD_ON_PRODUCT: catalog("addonproduct"),
  VOLUME_DISCOUNT_PLAN: catalog("volumediscountplan"),
  MAIN_PRODUCT: catalog("mainproduct"),
  CUSTOMER_CLASS: catalog("customerclass"),
  SERVICE_POLICY: catalog("servicepolicy"),
  TARIFF: catalog("tariff"),
  EDGE: catalog("edge"),
  PERSON: `SELECT id, state ->> 'name' AS name FROM people WHERE provider_id = $1 AND id = ANY($2::uuid[])`,
  // Keys of operators are of the installation.
  KEY: `SELECT id, state ->> 'label' AS name FROM api_keys
         WHERE (provider_id = $1 OR 'operator' = ANY(roles)) AND id = ANY($2::uuid[])`,
} as const;

export type NamedThing = keyof typeof NAMES;

/** Names by kind and id. What has none, or is not known, is left out. */
export const namesOf = async (
  db: Queryable,
  providerId: string,
  wanted: ReadonlyMap<NamedThing, ReadonlySet<string>>,
): Promise<ReadonlyMap<string, string>> => {
  const asked = [...wanted].flatMap(([kind, ids]) => {
    const known = [...ids].filter(isUuid);
    return known.length === 0 ? [] : [{ kind, known }];
  });
  if (asked.length === 0) return new Map();
  // By kind, so that those that come together often come in one statement whose plan is kept.
  asked.sort((one, other) => (one.kind < other.kind ? -1 : 1));
  const parts = asked.map(({ kind }, place) => {
    const sql = NAMES[kind].replaceAll("$2", `$${place + 2}`);
    return `SELECT '${kind}' AS kind, n.id, n.name FROM (${sql}) n`;
  });
  const rows = await db.query<{ kind: NamedThing; id: string; name: string }[]>(parts.join(" UNION ALL "), [
    providerId,
    ...asked.map(({ known }) => known),
  ]);
  return new Map(rows.map(({ kind, id, name }) => [nameKey(kind, id), name]));
};

export const nameKey = (kind: NamedThing, id: string): string => `${kind} ${id}`;
