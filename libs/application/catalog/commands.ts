import { type BillingPeriodType } from "#domain/billing-periods.js";
import { dateOf, type Instant, type LocalDate } from "#domain/calendar.js";
import { customerClassEvolver, defineCustomerClass, reviseCustomerClass } from "#domain/catalog/customer-class.js";
import {
  type CollectionTerms,
  type FeesByPeriod,
  type PenaltyStrategy,
  type SelfPauseLimits,
} from "#domain/catalog/events.js";
import {
  addOnProductEvolver,
  defineAddOnProduct,
  defineMainProduct,
  defineVolumeDiscountPlan,
  mainProductEvolver,
  reviseMainProduct,
  volumeDiscountPlanEvolver,
} from "#domain/catalog/products.js";
import { defineSubscription, reviseSubscription, subscriptionEvolver } from "#domain/catalog/subscription.js";
import { type GivenVoiceService, itemsOf } from "#domain/catalog/voice-service.js";
import { type Language } from "#domain/language.js";
import { type GivenDateFormat } from "#domain/date-format.js";
import { type RoundingMode } from "#domain/money.js";
import { reject } from "#domain/rejection.js";
import { commandsOn } from "../command/definition.js";

/* Inputs of the commands on catalog items other than offers. A field left out keeps its value, or takes its default. */

/** Fee of one whole billing period. */
export interface PeriodFee {
  readonly period: BillingPeriodType;
  readonly amount: string;
}
interface PlanTerms {
  readonly minimumPeriods?: number | null;
  readonly penalty?: PenaltyStrategy;
  readonly penaltyAmount?: string | null;
  readonly prorateFirst?: boolean;
  readonly prorateLast?: boolean;
}
export interface DefinePlan extends PlanTerms {
  readonly name: string;
  readonly currency: string;
  readonly recurringFees: readonly PeriodFee[];
}
export interface RevisePlan extends PlanTerms {
  readonly planId: string;
  readonly name?: string;
  readonly recurringFees?: readonly PeriodFee[];
}
export interface DefineAddOnProduct {
  readonly name: string;
  readonly service: string;
  readonly quota?: string | null;
  readonly volumeDiscountPlanId?: string | null;
  readonly voice?: GivenVoiceService | null;
}
export interface DefineVolumeDiscountPlan {
  readonly name: string;
  readonly service: string;
  readonly quota: string;
  readonly unit: string;
  readonly thresholds?: readonly { readonly from: string; readonly percent: string }[];
}
export interface DefineMainProduct {
  readonly name: string;
  readonly addOnProductIds?: readonly string[];
  readonly voice?: GivenVoiceService | null;
}
export interface ReviseMainProduct {
  readonly mainProductId: string;
  readonly name?: string;
  readonly addOnProductIds?: readonly string[];
  readonly voice?: GivenVoiceService | null;
}
export interface DefineCustomerClass extends Partial<SelfPauseLimits>, Partial<CollectionTerms> {
  readonly name: string;
  readonly graceDays?: number;
  readonly warnBeforeEndDays?: number;
  readonly rounding?: RoundingMode;
  readonly language?: Language;
  readonly dateFormat?: GivenDateFormat;
}
export interface ReviseCustomerClass extends Partial<SelfPauseLimits>, Partial<CollectionTerms> {
  readonly customerClassId: string;
  readonly name?: string;
  readonly graceDays?: number;
  readonly warnBeforeEndDays?: number;
  readonly rounding?: RoundingMode;
  readonly language?: Language;
  readonly dateFormat?: GivenDateFormat;
}

/** The catalog's day: the UTC day, since no customer's time zone applies. */
export const catalogDay = (now: Instant): LocalDate => dateOf(now, "UTC");

/** A plan is stored as a subscription (docs/glossary.md). */
const onPlan = commandsOn("subscription", subscriptionEvolver);
const onAddOnProduct = commandsOn("addonproduct", addOnProductEvolver);
const onVolumeDiscountPlan = commandsOn("volumediscountplan", volumeDiscountPlanEvolver);
const onMainProduct = commandsOn("mainproduct", mainProductEvolver);
const onCustomerClass = commandsOn("customerclass", customerClassEvolver);

export const catalogCommands = {
  definePlan: onPlan({
    target: (_input: DefinePlan, { newId }) => newId("subscription"),
    decide: ({ recurringFees, penaltyAmount, ...terms }, { id, now }) =>
      defineSubscription({
        minimumPeriods: null,
        penalty: "SUM_OF_DISCOUNTS",
        prorateFirst: true,
        prorateLast: true,
        ...terms,
        ...(penaltyAmount != null && { penaltyAmount }),
        subscriptionId: id,
        recurringFees: feesOf(recurringFees),
        on: catalogDay(now),
      }),
  }),
  revisePlan: onPlan({
    check: ({ recurringFees = [] }: RevisePlan) => feesOf(recurringFees),
    target: ({ planId }: RevisePlan) => planId,
    decide: ({ planId: _, recurringFees, penaltyAmount, ...changes }, { state, now }) => {
      const fees = {
        ...(recurringFees && { recurringFees: feesOf(recurringFees) }),
        ...(penaltyAmount != null && { penaltyAmount }),
      };
      return reviseSubscription({ ...changes, ...fees, on: catalogDay(now) }, state);
    },
  }),
  defineAddOnProduct: onAddOnProduct({
    target: (_input: DefineAddOnProduct, { newId }) => newId("addonproduct"),
    facts: async ({ volumeDiscountPlanId = null, voice }, { facts, providerId }) => ({
      items: await facts.voiceItems(providerId, itemsOf(voice)),
      planExists:
        volumeDiscountPlanId !== null &&
        (await facts.unknownItems(providerId, "volumediscountplan", [volumeDiscountPlanId])).length === 0,
    }),
    decide: ({ name, service, quota = null, volumeDiscountPlanId = null, voice = null }, { id, now, facts }) =>
      defineAddOnProduct(
        { addOnProductId: id, name, service, quota, volumeDiscountPlanId, voice, on: catalogDay(now) },
        facts,
      ),
  }),
  defineVolumeDiscountPlan: onVolumeDiscountPlan({
    target: (_input: DefineVolumeDiscountPlan, { newId }) => newId("volumediscountplan"),
    decide: ({ name, service, quota, unit, thresholds = [] }, { id, now }) =>
      defineVolumeDiscountPlan({
        volumeDiscountPlanId: id,
        name,
        service,
        quota,
        unit,
        thresholds,
        on: catalogDay(now),
      }),
  }),
  defineMainProduct: onMainProduct({
    target: (_input: DefineMainProduct, { newId }) => newId("mainproduct"),
    facts: async ({ addOnProductIds = [], voice }, { facts, providerId }) => ({
      items: await facts.voiceItems(providerId, itemsOf(voice)),
      unknownAddOns: await facts.unknownItems(providerId, "addonproduct", addOnProductIds),
    }),
    decide: ({ name, addOnProductIds = [], voice = null }, { id, now, facts }) =>
      defineMainProduct({ mainProductId: id, name, addOnProductIds, voice, on: catalogDay(now) }, facts),
  }),
  reviseMainProduct: onMainProduct({
    target: ({ mainProductId }: ReviseMainProduct) => mainProductId,
    facts: async ({ addOnProductIds = [], voice }, { facts, providerId }) => ({
      items: await facts.voiceItems(providerId, itemsOf(voice)),
      unknownAddOns: await facts.unknownItems(providerId, "addonproduct", addOnProductIds),
    }),
    decide: ({ mainProductId: _, ...changes }, { state, now, facts }) =>
      reviseMainProduct({ ...changes, on: catalogDay(now) }, state, facts),
  }),
  defineCustomerClass: onCustomerClass({
    target: (_input: DefineCustomerClass, { newId }) => newId("customerclass"),
    decide: ({ graceDays = 14, rounding = "HALF_UP", ...terms }, { id, now }) =>
      defineCustomerClass({ ...terms, customerClassId: id, graceDays, rounding, on: catalogDay(now) }),
  }),
  reviseCustomerClass: onCustomerClass({
    target: ({ customerClassId }: ReviseCustomerClass) => customerClassId,
    decide: ({ customerClassId: _, ...changes }, { state, now }) =>
      reviseCustomerClass({ ...changes, on: catalogDay(now) }, state),
  }),
};

/** @throws Rejection VALIDATION_FAILED when a billing period type is given twice */
const feesOf = (fees: readonly PeriodFee[]): FeesByPeriod => {
  const second = fees.findIndex(({ period }, index) => fees.findIndex((fee) => fee.period === period) < index);
  if (second === -1) return Object.fromEntries(fees.map(({ period, amount }) => [period, amount]));
  const field = ["recurringFees", second, "period"];
  const facts = { case: "FEE_TWICE" } as const;
  throw reject("VALIDATION_FAILED", "recurringFees has a type of billing period twice.", { field, facts });
};
