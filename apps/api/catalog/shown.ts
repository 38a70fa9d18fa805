import { DEFAULT_LANGUAGE } from "#domain/language.js";
import {
  classTermsOn,
  collectionTermsOf,
  endWarningDaysOf,
  selfPauseLimitsOf,
} from "#domain/catalog/customer-class.js";
import { type FeesByPeriod, type OneTimeFee as OneTimeTerms } from "#domain/catalog/events.js";
import { type BillingPeriodType } from "#domain/billing-periods.js";
import { DEFAULT_DATE_FORMAT } from "#domain/date-format.js";
import { big, format } from "#domain/money.js";
import { type CatalogRow } from "#read-models/catalog/table.js";
import { type Plain } from "../graphql/plain.js";
import { voiceServiceShown } from "./voice-models.js";
import { dateFormatShown } from "./date-format.js";
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
  (Object.entries(fees) as [BillingPeriodType, string][]).map(([period, amount]) => ({ period, amount }));

export const oneTimeFeeShown = (row: OneTimeTerms, currency: string): Plain<OneTimeFee> => {
  const { description, service, fee, discount } = row;
  return { description, service, fee, discount, discountedFee: format(big(fee).minus(big(discount)), currency) };
};

/** What every item is shown with. */
const recorded = ({ id, createdAt, updatedAt }: CatalogRow) => ({ id, createdAt, updatedAt });

export const planShown = (row: CatalogRow<"subscription">): Plain<Plan> => ({
  ...row.state,
  ...recorded(row),
  penaltyAmount: row.state.penaltyAmount ?? null,
  recurringFees: feesShown(row.state.recurringFees),
});

export const addOnProductShown = (row: CatalogRow<"addonproduct">): Plain<AddOnProduct> => ({
  ...row.state,
  ...recorded(row),
  voice: voiceServiceShown(row.state.voice),
});

export const volumeDiscountPlanShown = (row: CatalogRow<"volumediscountplan">): Plain<VolumeDiscountPlan> => ({
  ...row.state,
  ...recorded(row),
});

export const mainProductShown = (row: CatalogRow<"mainproduct">): Plain<MainProduct> => ({
  ...row.state,
  ...recorded(row),
  voice: voiceServiceShown(row.state.voice),
});

/** A customer class with the terms of its latest revision. */
export const customerClassShown = (row: CatalogRow<"customerclass">): Plain<CustomerClass> => {
  const terms = row.state.revisions.at(-1) ?? classTermsOn(row.state, "");
  const { name, graceDays, rounding, language = DEFAULT_LANGUAGE, dateFormat = DEFAULT_DATE_FORMAT } = terms;
  const { remindAfterDays, ...collection } = collectionTermsOf(terms);
  return {
    ...{ ...recorded(row), name, graceDays, rounding, language, ...selfPauseLimitsOf(terms) },
    ...{ ...collection, remindAfterDays: [...remindAfterDays] },
    ...{ warnBeforeEndDays: endWarningDaysOf(terms), dateFormat: dateFormatShown(dateFormat) },
  };
};

export const offerShown = (row: CatalogRow<"offer">): Plain<Offer> => ({
  ...row.state,
  ...recorded(row),
  // Deleted offers are never shown (queries/kinds.ts).
  status: row.state.status === "WITHDRAWN" ? "WITHDRAWN" : "ON_SALE",
  recurringFees: row.state.recurringFees.map(({ subscriptionId, ...fees }) => ({ ...fees, planId: subscriptionId })),
  oneTimeFees: row.state.oneTimeFees.map((fee) => oneTimeFeeShown(fee, row.state.currency)),
});

export const isDeleted = (row: CatalogRow): boolean => row.status === "DELETED";
