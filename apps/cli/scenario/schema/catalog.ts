import { type BillingPeriodType, billingPeriodTypes } from "#domain/billing-periods.js";
import { penaltyStrategies } from "#domain/catalog/events.js";
import { roundingModes } from "#domain/money.js";
import { servicePolicy, tariff, voice } from "./voice.js";
import { flag, listOf, mapping, money, nameOf, rejectionCode, text, whole, word } from "./values.js";

export const volumeDiscountPlan = mapping({
  name: text,
  service: text,
  quota: money,
  unit: text,
  rejected: rejectionCode.optional(),
});

export const addOnProduct = mapping({
  name: text,
  service: text,
  quota: text.nullable().optional(),
  volumeDiscountPlan: nameOf("volumeDiscountPlan").nullable().optional(),
  voice: voice.optional().describe("What it gives calls by"),
  rejected: rejectionCode.optional(),
})
  .meta({ not: { required: ["quota", "volumeDiscountPlan"] } })
  .transform(({ quota, volumeDiscountPlan, ...item }, context) => {
    if (quota !== undefined && volumeDiscountPlan !== undefined) {
      const message = `{it} has either "quota" or "volumeDiscountPlan"`;
      context.addIssue({ code: "custom", path: [], message });
    }
    return { ...item, quota: quota ?? null, volumeDiscountPlan: volumeDiscountPlan ?? null };
  });

/** Amounts by billing period type; only those given. */
export const fees = mapping(
  Object.fromEntries(billingPeriodTypes.map((period) => [period, money.exactOptional()])) as Record<
    BillingPeriodType,
    ReturnType<typeof money.exactOptional>
  >,
);

export const subscription = mapping({
  name: text,
  currency: text,
  recurringFees: fees,
  minimumPeriods: whole.nullable().default(null),
  penalty: word(penaltyStrategies).default("SUM_OF_DISCOUNTS"),
  penaltyAmount: money.nullable().default(null),
  prorateFirst: flag.default(true),
  prorateLast: flag.default(true),
  rejected: rejectionCode.optional(),
});

export const mainProduct = mapping({
  name: text,
  addOnProducts: listOf(nameOf("addOnProduct")).default([]),
  voice: voice.optional().describe("What it gives calls by"),
  rejected: rejectionCode.optional(),
});

const days = whole.nullable();
const reminders = listOf(whole);
const rounding = word(roundingModes);

/** What the terms of a class mean. */
const TERMS = {
  graceDays: "From the invoice's date to its due date",
  suspendAfterDays: "From the due date to the suspension for non-payment; null: never",
  terminateAfterDays: "From the due date to the termination; null: never",
  remindAfterDays: "Days after the due date on which customers are reminded",
  warnBeforeSuspensionDays: "Before the suspension, on which customers are warned of it",
  warnBeforeEndDays: "Before the discount end date, on which the holder is told of it",
  selfPauseDaysPerYear: "Days that a customer may pause in a calendar year by itself",
  selfPauseLongestDays: "Days that one such pause may have",
  selfPauseNoticeDays: "Days from its order to its first day, at least",
} as const;

export const customerClass = mapping({
  name: text,
  graceDays: whole.default(14).describe(TERMS.graceDays),
  suspendAfterDays: days.default(null).describe(TERMS.suspendAfterDays),
  terminateAfterDays: days.default(null).describe(TERMS.terminateAfterDays),
  remindAfterDays: reminders.default([]).describe(TERMS.remindAfterDays),
  warnBeforeSuspensionDays: whole.default(3).describe(TERMS.warnBeforeSuspensionDays),
  warnBeforeEndDays: whole.default(30).describe(TERMS.warnBeforeEndDays),
  rounding: rounding.default("HALF_UP"),
  selfPauseDaysPerYear: whole.default(0).describe(TERMS.selfPauseDaysPerYear),
  selfPauseLongestDays: whole.default(0).describe(TERMS.selfPauseLongestDays),
  selfPauseNoticeDays: whole.default(0).describe(TERMS.selfPauseNoticeDays),
  rejected: rejectionCode.optional(),
});

/** The terms that a revision of a class gives anew; those left out stay. */
export const revisedTerms = {
  graceDays: whole.exactOptional().describe(TERMS.graceDays),
  suspendAfterDays: days.exactOptional().describe(TERMS.suspendAfterDays),
  terminateAfterDays: days.exactOptional().describe(TERMS.terminateAfterDays),
  remindAfterDays: reminders.exactOptional().describe(TERMS.remindAfterDays),
  warnBeforeSuspensionDays: whole.exactOptional().describe(TERMS.warnBeforeSuspensionDays),
  warnBeforeEndDays: whole.exactOptional().describe(TERMS.warnBeforeEndDays),
  rounding: rounding.exactOptional(),
  selfPauseDaysPerYear: whole.exactOptional().describe(TERMS.selfPauseDaysPerYear),
  selfPauseLongestDays: whole.exactOptional().describe(TERMS.selfPauseLongestDays),
  selfPauseNoticeDays: whole.exactOptional().describe(TERMS.selfPauseNoticeDays),
};

export const recurringFee = mapping({
  subscription: nameOf("subscription"),
  addOnProduct: nameOf("addOnProduct").nullable().default(null),
  discount: money.default("0"),
});

export const oneTimeFee = mapping({ description: text, service: text, fee: money, discount: money.default("0") });

export const offer = mapping({
  name: text,
  currency: text,
  discountPeriods: whole
    .nullable()
    .default(null)
    .describe("How many billing periods have the discount; null: no discount period"),
  transferFee: money.default("0"),
  oneTimeFees: listOf(oneTimeFee).default([]),
  recurringFees: listOf(recurringFee).default([]),
  rejected: rejectionCode.optional(),
});

export const catalog = mapping({
  servicePolicies: listOf(servicePolicy).default([]),
  tariffs: listOf(tariff).default([]),
  volumeDiscountPlans: listOf(volumeDiscountPlan).default([]),
  subscriptions: listOf(subscription).default([]),
  addOnProducts: listOf(addOnProduct).default([]),
  mainProducts: listOf(mainProduct).default([]),
  customerClasses: listOf(customerClass).default([]),
  commitments: listOf(offer).default([]).describe("The offers"),
});
