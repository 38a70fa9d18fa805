import { offerCosts } from "#domain/billing/offer-costs.js";
import { dateOf } from "#domain/calendar.js";
import { findCatalogItems } from "#read-models/catalog/queries.js";
import { type OfferCosts } from "../catalog/offer-costs.js";
import { batch } from "../graphql/batch.js";
import { type Plain } from "../graphql/plain.js";
import { type Reader } from "./reader.js";
import { type Loaders } from "./loaders.js";
import { type Scope } from "#read-models/rows/scope.js";

/** Loads offers and plans as the catalog has them, and computes what an offer costs. */
export const offerCostsLoader = ({ backend: { dataSource }, clocks }: Reader, scope: Scope): Loaders["offerCosts"] => {
  const items = <Kind extends "offer" | "subscription">(kind: Kind) =>
    batch(async (ids: readonly string[]) => {
      const found = await findCatalogItems(dataSource, scope, kind, ids);
      return new Map(found.map(({ id, state }) => [id, state]));
    });
  const [offers, plans] = [items("offer"), items("subscription")];
  return async ({ id }, { start, ...taken }) => {
    const offer = await offers(id);
    if (!offer) return null;
    const ids = [...new Set(offer.recurringFees.map(({ subscriptionId }) => subscriptionId))];
    const found = await Promise.all(ids.map(plans));
    const subscriptions = new Map(found.flatMap((plan) => (plan ? [[plan.subscriptionId, plan]] : [])));
    const month = `${dateOf(await clocks.now(scope.providerId), "UTC").slice(0, 7)}-01`;
    const costs = offerCosts(offer, subscriptions, { ...taken, start: start ?? month });
    return costs && shown(costs);
  };
};

const shown = ({
  fee,
  discountedFee,
  leaving,
  ...costs
}: NonNullable<ReturnType<typeof offerCosts>>): Plain<OfferCosts> => ({
  ...costs,
  price: fee,
  discountedPrice: discountedFee,
  priceAfterDiscount: fee,
  leaving: leaving.map(({ on, early, total }, index) => ({ months: index + 1, on, early, penalty: total })),
});
