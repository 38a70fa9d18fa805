import {
  type CustomerClass,
  classTermsOn,
  collectionTermsOf,
  endWarningDaysOf,
  selfPauseLimitsOf,
} from "#domain/catalog/customer-class.js";
import { type Offer } from "#domain/catalog/offer.js";
import { type AddOnProduct, type MainProduct, type VolumeDiscountPlan } from "#domain/catalog/products.js";
import { type ServicePolicy } from "#domain/catalog/service-policy.js";
import { type Subscription } from "#domain/catalog/subscription.js";
import { DEFAULT_DATE_FORMAT } from "#domain/date-format.js";
import { DEFAULT_LANGUAGE } from "#domain/language.js";
import { type Tariff } from "#domain/voice/tariff.js";
import { feesText } from "./commitments.js";
import { each, type FactsOf } from "./fact.js";
import { voiceFacts } from "./voice.js";

export const planFacts: FactsOf<Subscription> = (plan, _, say) => {
  const { name, currency, recurringFees, minimumPeriods, penalty, penaltyAmount, prorateFirst, prorateLast } = plan;
  return [
    { field: "name", value: name },
    { field: "currency", value: currency },
    { field: "fee", value: feesText(recurringFees, currency, say) },
    { field: "minimumPeriods", value: minimumPeriods === null ? null : say.words.periods(minimumPeriods) },
    { field: "penalty", value: say.words.penalties[penalty] },
    { field: "penaltyAmount", value: penaltyAmount === undefined ? null : say.money(penaltyAmount, currency) },
    { field: "prorateFirst", value: say.yesNo(prorateFirst) },
    { field: "prorateLast", value: say.yesNo(prorateLast) },
  ];
};

export const addOnProductFacts: FactsOf<AddOnProduct> = (
  { name, service, quota, volumeDiscountPlanId, voice },
  _,
  say,
) => [
  { field: "name", value: name },
  { field: "service", value: service },
  { field: "quota", value: quota },
  {
    field: "volumeDiscountPlan",
    value: volumeDiscountPlanId === null ? null : say.name("VOLUME_DISCOUNT_PLAN", volumeDiscountPlanId),
  },
  ...voiceFacts(voice, say),
];

export const volumeDiscountPlanFacts: FactsOf<VolumeDiscountPlan> = (
  { name, service, quota, unit, thresholds },
  _,
  say,
) => [
  { field: "name", value: name },
  { field: "service", value: service },
  { field: "quota", value: `${quota} ${unit}` },
  ...each(
    thresholds,
    "threshold",
    ({ from }) => from,
    ({ from, percent }) => `${from} ${unit}: ${say.percent(percent)}`,
  ),
];

export const mainProductFacts: FactsOf<MainProduct> = ({ name, addOnProductIds, voice }, _, say) => [
  { field: "name", value: name },
  ...each(addOnProductIds, "addOnProduct", String, (id) => say.name("ADD_ON_PRODUCT", id)),
  ...voiceFacts(voice, say),
];

export const customerClassFacts: FactsOf<CustomerClass> = (customerClass, on, say) => {
  const terms = classTermsOn(customerClass, on);
  const { days } = say.words;
  const pauses = selfPauseLimitsOf(terms);
  const { suspendAfterDays, terminateAfterDays, remindAfterDays, warnBeforeSuspensionDays } = collectionTermsOf(terms);
  const afterDays = (count: number | null) => (count === null ? null : days(count));
  return [
    { field: "name", value: terms.name },
    { field: "graceDays", value: days(terms.graceDays) },
    { field: "rounding", value: say.words.roundings[terms.rounding] },
    { field: "language", value: say.words.languages[terms.language ?? DEFAULT_LANGUAGE] },
    { field: "dateFormat", value: say.words.dateFormats[(terms.dateFormat ?? DEFAULT_DATE_FORMAT).name] },
    { field: "selfPauseDaysPerYear", value: days(pauses.selfPauseDaysPerYear) },
    { field: "selfPauseLongestDays", value: days(pauses.selfPauseLongestDays) },
    { field: "selfPauseNoticeDays", value: days(pauses.selfPauseNoticeDays) },
    { field: "suspendAfterDays", value: afterDays(suspendAfterDays) },
    { field: "terminateAfterDays", value: afterDays(terminateAfterDays) },
    { field: "remindAfterDays", value: remindAfterDays.length === 0 ? null : say.words.and(remindAfterDays.map(days)) },
    { field: "warnBeforeSuspensionDays", value: days(warnBeforeSuspensionDays) },
    { field: "warnBeforeEndDays", value: days(endWarningDaysOf(terms)) },
  ];
};

export const offerFacts: FactsOf<Offer> = (offer, _, say) => {
  const { currency, discountPeriods } = offer;
  return [
    { field: "name", value: offer.name },
    { field: "description", value: offer.description },
    { field: "currency", value: currency },
    { field: "discountPeriods", value: discountPeriods === null ? null : say.words.periods(discountPeriods) },
    { field: "transferFee", value: say.money(offer.transferFee, currency) },
    { field: "status", value: say.words.offerStatus[offer.status] },
    ...each(
      offer.recurringFees,
      "recurringFee",
      ({ subscriptionId, addOnProductId }) => `${subscriptionId} ${addOnProductId ?? ""}`,
      ({ subscriptionId, addOnProductId, discount }) => {
        const addOn = addOnProductId === null ? [] : [say.name("ADD_ON_PRODUCT", addOnProductId)];
        const what = say.words.and([say.name("PLAN", subscriptionId), ...addOn]);
        return say.words.discounted(what, say.money(discount, currency));
      },
    ),
    ...each(
      offer.oneTimeFees,
      "oneTimeFee",
      ({ description, service }) => `${description} ${service}`,
      ({ description, fee, discount }) =>
        `${description}: ${say.words.oneTimeFee(say.money(fee, currency), say.money(discount, currency))}`,
    ),
  ];
};

export const servicePolicyFacts: FactsOf<ServicePolicy> = (policy, _, say) => {
  const { name, description, redirectAction, trustedNetworks } = policy;
  return [
    { field: "name", value: name },
    { field: "description", value: description },
    { field: "redirectAction", value: redirectAction && say.words.redirectActions[redirectAction] },
    ...each(trustedNetworks ?? [], "trustedNetwork", String, String),
  ];
};

export const tariffFacts: FactsOf<Tariff> = ({ name, description, currency, matchBy, duration }, _, say) => [
  { field: "name", value: name },
  { field: "description", value: description },
  { field: "currency", value: currency },
  { field: "matchBy", value: say.words.rateKeys[matchBy] },
  { field: "duration", value: say.words.durationRoundings[duration] },
];
