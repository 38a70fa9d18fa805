import { quoteEarlyTermination } from "#domain/billing/early-termination-quote.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type AssignFacts } from "#domain/commitments/assign.js";
import { type TerminationFacts } from "#domain/commitments/terminate.js";
import { REFUSE } from "#domain/customers/closed-days.js";
import { type AddOnProduct } from "#domain/catalog/products.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { loadBilling } from "#read-models/billing/load.js";
import { type Backend } from "../backend.js";
import { Unavailable } from "../graphql/unavailable.js";

/** What a command names; null: nothing. */
interface Named {
  readonly accountId: string;
  readonly offerId?: string | null;
  readonly addOnProductId?: string | null;
  /** The commitment to synchronise with. */
  readonly syncWith?: string | null;
}

interface NamedFacts extends AssignFacts {
  readonly addOnProduct: AddOnProduct | null;
}

type Row = Omit<NamedFacts, "subscriptions" | "closedDays"> & {
  readonly subscriptions: readonly Subscription[] | null;
};

/** What assigning, upgrading and synchronising look at, of an account and what a command names, in one round trip. */
export const namedFacts = async (
  backend: Backend,
  providerId: string,
  { accountId, offerId = null, addOnProductId = null, syncWith = null }: Named,
): Promise<NamedFacts> => {
  const [row] = await backend.rows<Row>(
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
  if (!row) throw new Unavailable("The database did not answer what a command looks at; try again.");
  const { subscriptions, ...facts } = row;
  return {
    ...facts,
    subscriptions: new Map(subscriptions?.map((found) => [found.subscriptionId, found])),
    closedDays: REFUSE,
  };
};

/** What commands on a commitment look at, with the billing that quotes come from. */
export interface BillingFacts extends TerminationFacts {
  readonly billing: CustomerBilling;
}

/** The customer's billing, which commands on its commitments look at. @throws Unavailable when the billing feed does not know the customer yet */
export const billingFacts = async (backend: Backend, providerId: string, customerId: string): Promise<BillingFacts> => {
  const billing = await loadBilling(backend.dataSource, providerId, customerId);
  if (billing) return { history: billing.history, closedDays: REFUSE, quote: quoteEarlyTermination(billing), billing };
  throw new Unavailable("The read models do not know the customer yet; try again.");
};
