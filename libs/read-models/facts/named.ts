import { type DataSource } from "typeorm";
import { type AddOnProduct } from "#domain/catalog/products.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { type AssignFacts } from "#domain/commitments/assign.js";

/** Ids that a command on commitments names; null: none. */
export interface Named {
  readonly accountId: string;
  readonly offerId?: string | null;
  readonly addOnProductId?: string | null;
  /** The commitment to synchronise with. */
  readonly syncWith?: string | null;
}

/** The states of the named aggregates, and of the account's customer and main product. */
export interface NamedFacts extends Omit<AssignFacts, "closedDays"> {
  readonly addOnProduct: AddOnProduct | null;
}

type Row = Omit<NamedFacts, "subscriptions"> & { readonly subscriptions: readonly Subscription[] | null };

/**
 * Loads the facts of assigning, upgrading and synchronising: of an account and of what the command names, in one round
 * trip.
 */
export const loadNamed = async (
  dataSource: DataSource,
  providerId: string,
  { accountId, offerId = null, addOnProductId = null, syncWith = null }: Named,
): Promise<NamedFacts> => {
  const [row] = await dataSource.query<Row[]>(
    `WITH account AS (SELECT state, customer_id, main_product_id FROM accounts WHERE provider_id = $1 AND id = $2),
          offer AS (SELECT state FROM catalog_items WHERE provider_id = $1 AND kind = 'offer' AND id = $3)
     SELECT (SELECT state FROM account) AS account,
            (SELECT state FROM offer) AS offer,
            (SELECT c.state FROM customers c, account a WHERE c.provider_id = $1 AND c.id = a.customer_id) AS customer,
            (SELECT m.state FROM catalog_items m, account a
              WHERE m.provider_id = $1 AND m.kind = 'mainproduct' AND m.id = a.main_product_id) AS "mainProduct",
            (SELECT state FROM catalog_items
              WHERE provider_id = $1 AND kind = 'addonproduct' AND id = $4) AS "addOnProduct",
            (SELECT state FROM commitments WHERE provider_id = $1 AND id = $5) AS "syncTarget",
            (SELECT jsonb_agg(s.state) FROM catalog_items s
              WHERE s.provider_id = $1 AND s.kind = 'subscription' AND s.id IN (
                    SELECT (row ->> 'subscriptionId')::uuid
                      FROM offer o, jsonb_array_elements(o.state -> 'recurringFees') AS row)) AS subscriptions`,
    [providerId, accountId, offerId, addOnProductId, syncWith],
  );
  if (!row) throw new Error("A statement that always has one row answered none");
  const { subscriptions, ...named } = row;
  return { ...named, subscriptions: new Map(subscriptions?.map((found) => [found.subscriptionId, found])) };
};
