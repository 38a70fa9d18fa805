import { classTermsOn } from "#domain/catalog/customer-class.js";
import { type FeesByPeriod, type OneTimeFee as OneTimeTerms } from "#domain/catalog/events.js";
import { type FeePeriod } from "#domain/calendar.js";
import { big, format } from "#domain/money.js";
import { type CatalogRow } from "#read-models/catalog/table.js";
import { type Plain } from "../graphql/plain.js";
import {
  type AddOnProduct,
  type CustomerClass,
  type MainProduct,
  type Offer,
  type OneTimeFee,
  type PeriodFee,
  type Plan,
  type VolumeDiscountPlan,
} from "./models.js";

/** How rows of the catalog are shown. */

export const feesShown = (fees: FeesByPeriod): Plain<PeriodFee>[] =>
  (Object.entries(fees) as [FeePeriod, string][]).map(([period, amount]) => ({ period, amount }));

export const oneTimeFeeShown = (row: OneTimeTerms, currency: string): Plain<OneTimeFee> => {
  const { description, service, fee, discount } = row;
  return { description, service, fee, discount, discountedFee: format(big(fee).minus(big(discount)), currency) };
};

export const planShown = ({ id, state }: CatalogRow<"subscription">): Plain<Plan> => ({
  ...state,
  penaltyAmount: state.penaltyAmount ?? null,
  id,
  recurringFees: feesShown(state.recurringFees),
});

export const addOnProductShown = ({ id, state }: CatalogRow<"addonproduct">): Plain<AddOnProduct> => ({ ...state, id });

export const volumeDiscountPlanShown = ({
  id,
  state,
}: CatalogRow<"volumediscountplan">): Plain<VolumeDiscountPlan> => ({ ...state, id });

export const mainProductShown = ({ id, state }: CatalogRow<"mainproduct">): Plain<MainProduct> => ({ ...state, id });

/** A customer class with the terms of its latest revision. */
export const customerClassShown = ({ id, state }: CatalogRow<"customerclass">): Plain<CustomerClass> => {
  const { name, graceDays, rounding } = state.revisions.at(-1) ?? classTermsOn(state, "");
  return { id, name, graceDays, rounding };
};

export const offerShown = ({ id, state }: CatalogRow<"offer">): Plain<Offer> => ({
  ...state,
  id,
  // Deleted offers are never shown (queries/kinds.ts).
  status: state.status === "WITHDRAWN" ? "WITHDRAWN" : "ON_SALE",
  recurringFees: state.recurringFees.map(({ subscriptionId, ...row }) => ({ ...row, planId: subscriptionId })),
  oneTimeFees: state.oneTimeFees.map((fee) => oneTimeFeeShown(fee, state.currency)),
});

export const isDeleted = (row: CatalogRow): boolean => row.status === "DELETED";
