import { type DataSource } from "typeorm";
import { catalogKinds } from "./catalog/projection.js";
import { type CatalogKind } from "./catalog/table.js";
import { isUuid } from "./rows/filters.js";
import { isIn, type Scope } from "./rows/scope.js";

/** Kinds of what has an id of its own and is shown to people. */
export type NodeKind =
  CatalogKind | "provider" | "customer" | "account" | "commitment" | "invoice" | "creditnote" | "payment" | "refund";

const OWN = isIn("customer_id", 4);

/**
 * Which kind each id is of, among what the scope has: one statement, of which each part looks at a primary key. No two
 * kinds share an id (libs/event-store/ids.ts). Unknown ids and those of other providers and customers are left out.
 */
export const kindsOf = async (
  dataSource: Pick<DataSource, "query">,
  { providerId, customerId }: Scope,
  ids: readonly string[],
): Promise<Map<string, NodeKind>> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return new Map();
  const rows = await dataSource.query<{ id: string; kind: NodeKind }[]>(
    `SELECT id, 'customer' AS kind FROM customers
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${isIn("id", 4)}
     UNION ALL SELECT id, 'account' FROM accounts
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${OWN}
     UNION ALL SELECT id, 'commitment' FROM commitments
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${OWN}
     UNION ALL SELECT id, 'invoice' FROM invoices
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${OWN} AND number IS NOT NULL
     UNION ALL SELECT id, 'creditnote' FROM credit_notes
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${OWN} AND number IS NOT NULL
     UNION ALL SELECT id, 'payment' FROM payments
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${OWN}
     UNION ALL SELECT id, 'refund' FROM refunds
                WHERE provider_id = $1 AND id = ANY($2::uuid[]) AND ${OWN}
     UNION ALL SELECT id, kind FROM catalog_items
                WHERE provider_id = $1 AND kind = ANY($3) AND id = ANY($2::uuid[])
     UNION ALL SELECT provider_id, 'provider' FROM providers
                WHERE provider_id = $1 AND provider_id = ANY($2::uuid[])`,
    [providerId, known, catalogKinds, customerId],
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
};
