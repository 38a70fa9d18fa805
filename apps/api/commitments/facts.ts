import { type AssignFacts } from "#domain/commitment/assign.js";
import { type CommitmentFacts } from "#domain/commitment/guards.js";
import { type Commitment } from "#domain/commitment/commitment.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { loadBilling } from "#read-models/billing/load.js";
import { type Backend } from "../backend.js";
import { Unavailable } from "../graphql/unavailable.js";

type Row = Omit<AssignFacts, "subscriptions" | "syncTarget"> & {
  readonly subscriptions: readonly Subscription[] | null;
};

/** Everything that assigning an offer looks at, in one round trip. */
export const assignFacts = async (
  backend: Backend,
  providerId: string,
  accountId: string,
  offerId: string,
  syncWith: string | null,
): Promise<AssignFacts> => {
  const syncTarget = syncWith === null ? null : await commitmentState(backend, providerId, syncWith);
  const [row] = await backend.rows<Row>(
    `WITH account AS (SELECT state, customer_id, main_product_id FROM accounts WHERE provider_id = $1 AND id = $2),
          offer AS (SELECT state FROM catalog_items WHERE provider_id = $1 AND kind = 'offer' AND id = $3)
     SELECT (SELECT state FROM account) AS account,
            (SELECT state FROM offer) AS offer,
            (SELECT c.state FROM customers c, account a WHERE c.provider_id = $1 AND c.id = a.customer_id) AS customer,
            (SELECT m.state FROM catalog_items m, account a
              WHERE m.provider_id = $1 AND m.kind = 'mainproduct' AND m.id = a.main_product_id) AS "mainProduct",
            (SELECT jsonb_agg(s.state) FROM catalog_items s
              WHERE s.provider_id = $1 AND s.kind = 'subscription' AND s.id IN (
                    SELECT (row ->> 'subscriptionId')::uuid
                      FROM offer o, jsonb_array_elements(o.state -> 'recurringFees') AS row)) AS subscriptions`,
    [providerId, accountId, offerId],
  );
  if (!row)
    return { account: null, customer: null, offer: null, mainProduct: null, subscriptions: new Map(), syncTarget };
  const { subscriptions, ...facts } = row;
  return { ...facts, syncTarget, subscriptions: new Map(subscriptions?.map((found) => [found.subscriptionId, found])) };
};

/** A commitment as the read models know it; null: there is none. */
export const commitmentState = async (
  backend: Backend,
  providerId: string,
  commitmentId: string,
): Promise<Commitment | null> => {
  const [row] = await backend.rows<{ state: Commitment }>(
    "SELECT state FROM commitments WHERE provider_id = $1 AND id = $2",
    [providerId, commitmentId],
  );
  return row?.state ?? null;
};

/** What a penalty is computed from. @throws Unavailable when the billing feed does not know the customer yet */
export const penaltyFacts = async (
  backend: Backend,
  providerId: string,
  customerId: string,
): Promise<CommitmentFacts> => {
  const billing = await loadBilling(backend.dataSource, providerId, customerId);
  if (billing) return billing;
  throw new Unavailable("The read models do not know the customer yet; try again.");
};
