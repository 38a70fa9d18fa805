import { setImmediate } from "node:timers/promises";
import { type AddOnProduct, type MainProduct, type VolumeDiscountPlan } from "#domain/catalog/products.js";
import { todayOf } from "#domain/customers/customer.js";
import { addOnProductsOf, type EntitlementCatalog, entitlements } from "#domain/entitlements/entitlements.js";
import { discountLedger } from "#domain/billing/discount-ledger.js";
import { effectiveVoice } from "#domain/voice/in-service.js";
import { type Billing } from "#read-models/billing/load.js";
import { withRunningUsage } from "#read-models/billing/running-usage.js";
import { accountVoiceShown } from "../accounts/voice-models.js";
import { customerBillings } from "./customer-billings.js";
import { leavingCostsOf, unbilledOf } from "./foreseen-lines.js";
import { type Loaders } from "./loaders.js";
import { Unavailable } from "#application/command/unavailable.js";
import { type Reader } from "./reader.js";
import { type TimelineLoaders, timelineLoaders } from "./timeline-loaders.js";
import { type Scope } from "#read-models/rows/scope.js";

/**
 * Loaders of what is computed from the billing feed on demand; the customers of a request are loaded together, once.
 */
export const billingLoaders = (
  { backend, clocks }: Reader,
  scope: Scope,
  load: Pick<Loaders, "addOnProduct" | "volumeDiscountPlan" | "mainProduct">,
): Pick<
  Loaders,
  "entitlements" | "accountVoice" | "leavingCosts" | "unbilled" | "discountLedger" | keyof TimelineLoaders
> => {
  const billings = customerBillings({ backend }, scope);
  const billingOf = (customerId: string): Promise<Billing> => loaded(billings.alone(customerId));
  const foreseeing = async (customerId: string) => ({
    ...{ dataSource: backend.dataSource, scope },
    billing: await billingOf(customerId),
    now: await clocks.now(scope.providerId),
  });
  return {
    ...timelineLoaders({ backend, clocks }, scope, {
      withIssued: (customerId) => loaded(billings.withIssued(customerId)),
      asked: billings.asked,
    }),
    entitlements: async ({ id, customerId }, on) => {
      const { history } = await billingOf(customerId);
      const day = on ?? todayOf(history.customer, await clocks.now(scope.providerId));
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
    accountVoice: async ({ id, customerId, mainProductId }, on) => {
      const { history } = await billingOf(customerId);
      const day = on ?? todayOf(history.customer, await clocks.now(scope.providerId));
      const account = history.accounts.get(id);
      const mainIds = new Set([mainProductId, ...(account?.mainProducts.map((one) => one.mainProductId) ?? [])]);
      const mains = await found(mainIds, load.mainProduct);
      const catalog = {
        ...(await catalogOf(addOnProductsOf(history, id), load)),
        mainProducts: new Map(
          mains.map(({ id: main, ...item }): [string, MainProduct] => [main, { ...item, mainProductId: main }]),
        ),
      };
      return accountVoiceShown(day, effectiveVoice(history, id, day, catalog));
    },
    unbilled: async ({ id }) => {
      const from = await foreseeing(id);
      return unbilledOf({ ...from, billing: await withRunningUsage(backend.dataSource, from.billing) });
    },
    discountLedger: async ({ id, customerId }) => {
      const { billing, issued } = await loaded(billings.withIssued(customerId));
      const commitment = billing.history.commitments.find(({ commitmentId }) => commitmentId === id);
      if (!commitment) throw new Unavailable(BEHIND);
      return discountLedger(
        commitment,
        billing,
        issued,
        todayOf(billing.history.customer, await clocks.now(scope.providerId)),
      );
    },
    leavingCosts: async ({ id, customerId }, months) => {
      const from = await foreseeing(customerId);
      const commitment = from.billing.history.commitments.find(({ commitmentId }) => commitmentId === id);
      return commitment ? leavingCostsOf(from, commitment, months) : [];
    },
  };
};

const BEHIND = "The read models do not know it yet; try again.";

/** Each computation runs in its own turn of the event loop, so that many do not delay other requests. */
const loaded = async <Value>(loading: Promise<Value | undefined>): Promise<Value> => {
  const value = await loading;
  if (value === undefined) throw new Unavailable(BEHIND);
  await setImmediate();
  return value;
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
      products.map(({ id, voice, ...item }): [string, AddOnProduct] => [
        id,
        { ...item, ...(voice && { voice }), addOnProductId: id },
      ]),
    ),
    volumeDiscountPlans: new Map(
      plans.map(({ id, ...item }): [string, VolumeDiscountPlan] => [id, { ...item, volumeDiscountPlanId: id }]),
    ),
  };
};

const found = async <Model>(ids: ReadonlySet<string>, load: (id: string) => Promise<Model | null>): Promise<Model[]> =>
  (await Promise.all([...ids].map(load))).filter((item): item is Awaited<Model> & {} => item !== null);
