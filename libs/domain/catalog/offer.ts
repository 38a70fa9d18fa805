import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { big, minorUnits, parseAmount, ZERO } from "../money.js";
import { checkAll, type FieldPath, noSuchItem, reject } from "../rejection.js";
import { type OfferEvent, type OfferTerms } from "./events.js";
import { requireCount, requireName } from "../input.js";
import { type Subscription } from "./subscription.js";

export interface Offer extends OfferTerms {
  readonly offerId: string;
  /** 1 as defined, one more with each revision. */
  readonly revision: number;
  readonly status: "ON_SALE" | "WITHDRAWN" | "DELETED";
}

export const offerEvolver: Evolver<Offer | null, OfferEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "OfferDefined": {
        const { effectiveOn: _, ...offer } = event.data;
        return { ...offer, revision: 1, status: "ON_SALE" };
      }
      case "OfferRevised": {
        const { effectiveOn: _, ...terms } = event.data;
        return state && { ...state, ...terms, revision: state.revision + 1 };
      }
      case "OfferWithdrawn":
        return state && { ...state, status: "WITHDRAWN" };
      case "OfferPutBackOnSale":
        return state && { ...state, status: "ON_SALE" };
      case "OfferDeleted":
        return state && { ...state, status: "DELETED" };
      case "CommandAccepted":
        return state;
    }
  },
};

/** What an offer refers to, by id: what is absent does not exist in the catalog. */
export interface OfferFacts {
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  readonly addOnProducts: ReadonlySet<string>;
}

/**
 * Puts an offer on sale. Refused in the order of docs/rules.md#catalog-checks: unknown names, CURRENCY_MISMATCH,
 * PENALTY_STRATEGY_MIXED, DISCOUNT_WITHOUT_PERIOD, and DISCOUNT_EXCEEDS_FEE for one-time fee rows and for recurring ones
 * whose discount is larger than every fee of the subscription. Whether it is larger than the fee that will be charged is
 * known when the offer is assigned: the customer's billing period type decides.
 */
export const defineOffer = (
  { on, offerId, ...terms }: OfferTerms & { readonly offerId: string; readonly on: LocalDate },
  facts: OfferFacts,
): OfferEvent[] => [{ type: "OfferDefined", data: { offerId, ...checked(terms, facts), effectiveOn: on } }];

/**
 * Changes an offer; refused as for defining one. What is left out stays, the currency cannot change. Assigned
 * commitments keep their terms.
 */
export const reviseOffer = (
  { on, ...changes }: Partial<Omit<OfferTerms, "currency">> & { readonly on: LocalDate },
  state: Offer | null,
  facts: OfferFacts,
): OfferEvent[] => {
  const { offerId: _, revision: _revision, status: _status, ...before } = existing(state);
  return [{ type: "OfferRevised", data: { ...checked({ ...before, ...changes }, facts), effectiveOn: on } }];
};

/** Withdraws an offer from sale; withdrawing it again changes nothing. */
export const withdrawOffer = ({ on }: { readonly on: LocalDate }, state: Offer | null): OfferEvent[] =>
  existing(state).status === "WITHDRAWN" ? [] : [{ type: "OfferWithdrawn", data: { effectiveOn: on } }];

/** Sells an offer again that was withdrawn; one that is on sale stays so. @throws Rejection VALIDATION_FAILED when there is none */
export const putOfferBackOnSale = ({ on }: { readonly on: LocalDate }, state: Offer | null): OfferEvent[] =>
  existing(state).status === "ON_SALE" ? [] : [{ type: "OfferPutBackOnSale", data: { effectiveOn: on } }];

/** @throws Rejection CONFLICT when it was ever assigned: it can only be withdrawn from sale */
export const deleteOffer = (
  { on }: { readonly on: LocalDate },
  state: Offer | null,
  facts: { readonly everAssigned: boolean },
): OfferEvent[] => {
  existing(state);
  if (facts.everAssigned) {
    throw reject("CONFLICT", "An offer that was ever assigned cannot be deleted; withdraw it from sale.", {
      field: "offerId",
      facts: { case: "OFFER_ASSIGNED" },
    });
  }
  return [{ type: "OfferDeleted", data: { effectiveOn: on } }];
};

const existing = (state: Offer | null): Offer => {
  if (state && state.status !== "DELETED") return state;
  throw noSuchItem("offer", "offerId");
};

const checked = (terms: OfferTerms, facts: OfferFacts): OfferTerms => {
  minorUnits(terms.currency);
  const amount = (text: string, field?: FieldPath) => parseAmount(text, terms.currency, field);
  checkAll(
    () => requireName(terms.name),
    () => amount(terms.transferFee, "transferFee"),
    ...terms.oneTimeFees.flatMap(({ description, fee, discount }, index) => [
      () => requireName(description, ["oneTimeFees", index, "description"]),
      () => amount(fee, ["oneTimeFees", index, "fee"]),
      () => amount(discount, ["oneTimeFees", index, "discount"]),
    ]),
    ...terms.recurringFees.map(
      ({ discount }, index) =>
        () =>
          amount(discount, ["recurringFees", index, "discount"]),
    ),
    () => {
      if (terms.discountPeriods !== null) requireCount(terms.discountPeriods, "discountPeriods");
    },
  );
  const offer: OfferTerms = {
    ...terms,
    name: requireName(terms.name),
    transferFee: amount(terms.transferFee),
    oneTimeFees: terms.oneTimeFees.map((row) => ({
      ...row,
      description: requireName(row.description),
      fee: amount(row.fee),
      discount: amount(row.discount),
    })),
    recurringFees: terms.recurringFees.map((row) => ({ ...row, discount: amount(row.discount) })),
  };
  if (offer.oneTimeFees.length + offer.recurringFees.length === 0) {
    throw reject("VALIDATION_FAILED", "An offer needs at least one fee, one-time or recurring.", {
      field: "recurringFees",
      facts: { case: "OFFER_WITHOUT_FEES" },
    });
  }
  checkAll(
    ...offer.recurringFees.flatMap(({ subscriptionId, addOnProductId }, index) => [
      () => {
        if (addOnProductId === null || facts.addOnProducts.has(addOnProductId)) return;
        const field = ["recurringFees", index, "addOnProductId"];
        throw reject("VALIDATION_FAILED", `There is no add-on product ${addOnProductId}.`, {
          field,
          facts: { case: "NO_SUCH_ITEM" },
        });
      },
      () => {
        if (facts.subscriptions.has(subscriptionId)) return;
        const field = ["recurringFees", index, "planId"];
        throw reject("VALIDATION_FAILED", `There is no plan ${subscriptionId}.`, {
          field,
          facts: { case: "NO_SUCH_ITEM" },
        });
      },
    ]),
  );
  const subscriptions = offer.recurringFees.flatMap(
    ({ subscriptionId }) => facts.subscriptions.get(subscriptionId) ?? [],
  );
  checkCatalogRules(offer, subscriptions);
  return offer;
};

const checkCatalogRules = (offer: OfferTerms, subscriptions: readonly Subscription[]): void => {
  const foreign = subscriptions.find(({ currency }) => currency !== offer.currency);
  if (foreign) {
    throw reject(
      "CURRENCY_MISMATCH",
      `The plan ${foreign.name} is in ${foreign.currency}, the offer in ${offer.currency}.`,
      {
        field: "currency",
        facts: {
          case: "OFFER_IN_OTHER_CURRENCY",
          name: foreign.name,
          currency: foreign.currency,
          other: offer.currency,
        },
      },
    );
  }
  if (new Set(subscriptions.map(({ penalty }) => penalty)).size > 1) {
    throw reject("PENALTY_STRATEGY_MIXED", "All plans of an offer share one penalty strategy.", {
      field: "recurringFees",
    });
  }
  const rows = [...offer.oneTimeFees, ...offer.recurringFees];
  if (offer.discountPeriods === null && rows.some(({ discount }) => big(discount).gt(ZERO))) {
    throw reject("DISCOUNT_WITHOUT_PERIOD", "An offer without a discount period cannot have discounts.", {
      field: "discountPeriods",
    });
  }
  checkAll(
    ...offer.oneTimeFees.map(({ description, fee, discount }, index) => () => {
      if (big(discount).lte(big(fee))) return;
      const field = ["oneTimeFees", index, "discount"];
      throw reject("DISCOUNT_EXCEEDS_FEE", `The discount of ${description} is larger than its fee.`, {
        field,
        facts: { case: "DISCOUNT_ABOVE_FEE", row: description },
      });
    }),
    ...offer.recurringFees.map(({ discount }, index) => () => {
      const subscription = subscriptions[index];
      if (!subscription || Object.values(subscription.recurringFees).some((fee) => big(discount).lte(big(fee)))) return;
      const message = `The discount of ${discount} is larger than every fee of the plan ${subscription.name}.`;
      throw reject("DISCOUNT_EXCEEDS_FEE", message, {
        field: ["recurringFees", index, "discount"],
        facts: { case: "DISCOUNT_ABOVE_EVERY_FEE", name: subscription.name },
      });
    }),
  );
};
