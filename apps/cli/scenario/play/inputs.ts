import {
  type AddOnProductItem,
  type ContactFields,
  type CustomerItem,
  type CustomerClassItem,
  type Fees,
  type MainProductItem,
  type OfferItem,
  type RecurringFeeItem,
  type ServicePolicyItem,
  type SubscriptionItem,
  type TariffItem,
  type VoiceItem,
  type VolumeDiscountPlanItem,
} from "../items.js";
import { type Ids } from "./ids.js";

/**
 * The API's inputs from the values of a file: names become ids, fees by period a list. Keys that are undefined are not
 * sent.
 */

export const volumeDiscountPlanInput = ({ name, service, quota, unit }: VolumeDiscountPlanItem) => ({
  name,
  service,
  quota,
  unit,
});

export const servicePolicyInput = ({ line: _, rejected: _rejected, ...terms }: ServicePolicyItem) => terms;

export const tariffInput = ({ line: _, rejected: _rejected, rates: _rates, ...terms }: TariffItem) => terms;

export const voiceInput = ({ policy, incomingTariff, outgoingTariff, ...others }: VoiceItem, ids: Ids) => ({
  ...others,
  servicePolicyId: policy === undefined ? undefined : ids.get("servicePolicy", policy),
  incomingTariffId: incomingTariff === undefined ? undefined : ids.get("tariff", incomingTariff),
  outgoingTariffId: outgoingTariff === undefined ? undefined : ids.get("tariff", outgoingTariff),
});

export const addOnProductInput = ({ name, service, quota, volumeDiscountPlan, voice }: AddOnProductItem, ids: Ids) => ({
  name,
  service,
  quota,
  volumeDiscountPlanId: volumeDiscountPlan === null ? null : ids.get("volumeDiscountPlan", volumeDiscountPlan),
  voice: voice && voiceInput(voice, ids),
});

export const feesInput = (fees: Fees) => Object.entries(fees).map(([period, amount]) => ({ period, amount }));

export const subscriptionInput = ({ recurringFees, line: _, rejected: _rejected, ...item }: SubscriptionItem) => ({
  ...item,
  recurringFees: feesInput(recurringFees),
});

export const mainProductInput = ({ name, addOnProducts, voice }: MainProductItem, ids: Ids) => ({
  name,
  voice: voice && voiceInput(voice, ids),
  addOnProductIds: addOnProducts.map((addOn) => ids.get("addOnProduct", addOn)),
});

export const customerClassInput = ({ line: _, rejected: _rejected, ...terms }: CustomerClassItem) => terms;

export const recurringFeesInput = (rows: readonly RecurringFeeItem[], ids: Ids) =>
  rows.map(({ subscription, addOnProduct, discount }) => ({
    planId: ids.get("subscription", subscription),
    addOnProductId: addOnProduct === null ? null : ids.get("addOnProduct", addOnProduct),
    discount,
  }));

export const offerInput = ({ name, currency, discountPeriods, transferFee, ...rows }: OfferItem, ids: Ids) => ({
  name,
  currency,
  discountPeriods,
  transferFee,
  oneTimeFees: rows.oneTimeFees,
  recurringFees: recurringFeesInput(rows.recurringFees, ids),
});

export const customerInput = (item: CustomerItem, ids: Ids) => ({
  contact: { name: item.name, ...contactInput(item.contact) },
  currency: item.currency,
  billingPeriod: item.billingPeriod,
  anniversaryDay: item.anniversaryDay ?? undefined,
  timeZone: item.timeZone,
  customerClassId: item.customerClass === null ? null : ids.get("customerClass", item.customerClass),
});

export const contactInput = ({ email, phone, domain }: ContactFields) => ({ email, phone, companyDomain: domain });
