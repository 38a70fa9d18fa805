import { setImmediate } from "node:timers/promises";
import { type AddOnProduct, type VolumeDiscountPlan } from "#domain/catalog/products.js";
import { earlyTerminationQuotes } from "#domain/billing/early-termination-quote.js";
import { todayOf } from "#domain/customers/customer.js";
import { addOnProductsOf, type EntitlementCatalog, entitlements } from "#domain/entitlements/entitlements.js";
import { type Billing, loadBillings } from "#read-models/billing/load.js";
import { batch } from "../graphql/batch.js";
import { type Loaders } from "./loaders.js";
import { Unavailable } from "#application/command/unavailable.js";
import { type Reader } from "./kinds.js";

/**
 * Loaders of what is computed from the billing feed on demand; the customers of a request are loaded together, once.
 */
export const billingLoaders = (
  { backend, clocks }: Reader,
  providerId: string,
  load: Pick<Loaders, "addOnProduct" | "volumeDiscountPlan">,
): Pick<Loaders, "entitlements" | "leavingCosts"> => {
  const billings = batch<string, Billing>((ids) => loadBillings(backend.dataSource, providerId, ids));
  const billingOf = async (customerId: string): Promise<Billing> => {
    const billing = await billings(customerId);
    if (!billing) throw new Unavailable("The read models do not know the customer yet; try again.");
    // Each computation runs in its own turn of the event loop, so that many do not delay other requests.
    await setImmediate();
    return billing;
  };
  return {
    entitlements: async ({ id, customerId }, on) => {
      const { history } = await billingOf(customerId);
      const day = on ?? todayOf(history.customer, await clocks.now(providerId));
      const catalog = await catalogOf(addOnProductsOf(history, id), load);
      const { addOns, ...shown } = entitlements(history, id, day, catalog);
      return {
        ...shown,
        addOns: addOns.map(({ volumeDiscountPlan, ...given }) => ({
          ...given,
          volumeDiscountPlanId: volumeDiscountPlan?.volumeDiscountPlanId ?? null,
        })),
      };
    },
    leavingCosts: async ({ id, customerId }, months) => {
      const billing = await billingOf(customerId);
      const commitment = billing.history.commitments.find(({ commitmentId }) => commitmentId === id);
      return commitment
        ? earlyTerminationQuotes(
            commitment,
            billing,
            todayOf(billing.history.customer, await clocks.now(providerId)),
            months,
          )
        : [];
    },
  };
};

const catalogOf = async (
  addOnProductIds: ReadonlySet<string>,
  load: Pick<Loaders, "addOnProduct" | "volumeDiscountPlan">,
): Promise<EntitlementCatalog> => {
  const products = await found(addOnProductIds, load.addOnProduct);
  const planIds = new Set(products.flatMap(({ volumeDiscountPlanId }) => volumeDiscountPlanId ?? []));
  const plans = await found(planIds, load.volumeDiscountPlan);
  return {
    addOnProducts: new Map(
      products.map(({ id, ...item }): [string, AddOnProduct] => [id, { ...item, addOnProductId: id }]),
    ),
    volumeDiscountPlans: new Map(
      plans.map(({ id, ...item }): [string, VolumeDiscountPlan] => [id, { ...item, volumeDiscountPlanId: id }]),
    ),
  };
};

const found = async <Model>(ids: ReadonlySet<string>, load: (id: string) => Promise<Model | null>): Promise<Model[]> =>
  (await Promise.all([...ids].map(load))).filter((item): item is Awaited<Model> & {} => item !== null);
