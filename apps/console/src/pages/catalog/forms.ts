import { type VariablesOf } from "gql.tada";
import { textOf } from "../../command/filled.js";
import { type BillingPeriod } from "../../frame/billing-choices.js";
import { type VoiceForm, voiceForm, voiceInput } from "../../voice/form.js";
import { type ShownVoiceService } from "../../voice/service.js";
import { type definePlan, type defineOffer, type defineVolumeDiscountPlan } from "./documents.js";
import { type ShownMainProduct, type ShownOffer, type ShownPlan } from "./query.js";

/* What forms hold while they are filled in, and what they ask for. Null: nothing is typed, or nothing that counts. */

type InputOf<Command extends { readonly preview: unknown }> =
  VariablesOf<Command["preview"]> extends {
    readonly input: infer Input;
  }
    ? Input
    : never;

/** A row of a list in a form keeps its key while others come and go. */
interface Row {
  readonly key: string;
}

export interface RecurringRow extends Row {
  /** Empty: none is chosen. */
  readonly planId: string;
  /** Empty: none. */
  readonly addOnProductId: string;
  readonly discount: string | null;
}
export interface OneTimeRow extends Row {
  readonly description: string;
  readonly service: string;
  readonly fee: string | null;
  readonly discount: string | null;
}
export interface OfferForm {
  readonly name: string;
  readonly description: string;
  readonly currency: string;
  readonly discountPeriods: number | null;
  readonly transferFee: string | null;
  readonly recurring: readonly RecurringRow[];
  readonly oneTime: readonly OneTimeRow[];
}

const newKey = (): string => crypto.randomUUID();

export const newRecurring = (): RecurringRow => ({ key: newKey(), planId: "", addOnProductId: "", discount: null });
export const newOneTime = (): OneTimeRow => ({
  ...{ key: newKey(), description: "", service: "", fee: null, discount: null },
});
export const newOffer = (): OfferForm => ({
  ...{ name: "", description: "", currency: "", discountPeriods: null, transferFee: null },
  ...{ recurring: [newRecurring()], oneTime: [] },
});

/** An offer as it is, to be revised. */
export const offerForm = (offer: ShownOffer): OfferForm => ({
  ...{ name: offer.name, description: offer.description ?? "", currency: offer.currency },
  ...{ discountPeriods: offer.discountPeriods, transferFee: offer.transferFee },
  recurring: offer.recurringFees.map(({ plan, addOnProduct, discount }) => ({
    ...{ key: newKey(), planId: plan?.id ?? "", addOnProductId: addOnProduct?.id ?? "", discount },
  })),
  oneTime: offer.oneTimeFees.map(({ description, service, fee, discount }) => ({
    ...{ key: newKey(), description, service, fee, discount },
  })),
});

/** What both commands take; null: the form is not complete. */
export const offerTerms = (form: OfferForm) => {
  const { name, description, discountPeriods, transferFee, recurring, oneTime } = form;
  const isComplete =
    name.trim() !== "" &&
    recurring.length + oneTime.length > 0 &&
    recurring.every(({ planId }) => planId !== "") &&
    oneTime.every((row) => row.description.trim() !== "" && row.service.trim() !== "" && row.fee !== null);
  if (!isComplete) return null;
  return {
    ...{ name: name.trim(), description: textOf(description), discountPeriods, transferFee: transferFee ?? "0" },
    recurringFees: recurring.map(({ planId, addOnProductId, discount }) => ({
      ...{ planId, addOnProductId: textOf(addOnProductId), discount: discount ?? "0" },
    })),
    oneTimeFees: oneTime.map((row) => ({
      ...{ description: row.description.trim(), service: row.service.trim() },
      ...{ fee: row.fee ?? "0", discount: row.discount ?? "0" },
    })),
  };
};

export const currencyOf = (typed: string): string => typed.trim().toUpperCase();

export const defineOfferInput = (form: OfferForm): InputOf<typeof defineOffer> | null => {
  const [terms, currency] = [offerTerms(form), currencyOf(form.currency)];
  return terms && currency !== "" ? { ...terms, currency } : null;
};

export interface FeeRow extends Row {
  readonly period: BillingPeriod;
  readonly amount: string | null;
}
export interface PlanForm {
  readonly name: string;
  readonly currency: string;
  readonly fees: readonly FeeRow[];
  readonly minimumPeriods: number | null;
  readonly penalty: ShownPlan["penalty"];
  readonly penaltyAmount: string | null;
  readonly prorateFirst: boolean;
  readonly prorateLast: boolean;
}

export const newFee = (period: BillingPeriod): FeeRow => ({ key: newKey(), period, amount: null });
export const newPlan = (): PlanForm => ({
  ...{ name: "", currency: "", fees: [newFee("MONTHLY")], minimumPeriods: null },
  ...{ penalty: "SUM_OF_DISCOUNTS", penaltyAmount: null, prorateFirst: true, prorateLast: true },
});

/** A plan as it is, to be revised. */
export const planForm = ({ name, currency, recurringFees, minimumPeriods, ...plan }: ShownPlan): PlanForm => ({
  ...{ name, currency, minimumPeriods, penalty: plan.penalty, penaltyAmount: plan.penaltyAmount },
  ...{ prorateFirst: plan.prorateFirst, prorateLast: plan.prorateLast },
  fees: recurringFees.map((fee) => ({ key: newKey(), ...fee })),
});

/** What both commands take; null: the form is not complete. */
export const planTerms = (form: PlanForm) => {
  const { name, fees, minimumPeriods, penalty, penaltyAmount, prorateFirst, prorateLast } = form;
  const recurringFees = fees.flatMap(({ period, amount }) => (amount === null ? [] : [{ period, amount }]));
  const isFixed = penalty === "FIXED";
  if (name.trim() === "" || recurringFees.length < Math.max(fees.length, 1)) return null;
  if (isFixed && penaltyAmount === null) return null;
  return {
    ...{ name: name.trim(), recurringFees, minimumPeriods, penalty, prorateFirst, prorateLast },
    ...(isFixed && { penaltyAmount }),
  };
};

export const definePlanInput = (form: PlanForm): InputOf<typeof definePlan> | null => {
  const [terms, currency] = [planTerms(form), currencyOf(form.currency)];
  return terms && currency !== "" ? { ...terms, currency } : null;
};

export interface ThresholdRow extends Row {
  readonly from: string;
  readonly percent: string;
}
export interface VolumeDiscountPlanForm {
  readonly name: string;
  readonly service: string;
  readonly quota: string;
  readonly unit: string;
  readonly thresholds: readonly ThresholdRow[];
}

export const newThreshold = (): ThresholdRow => ({ key: newKey(), from: "", percent: "" });
export const NEW_VOLUME_DISCOUNT_PLAN: VolumeDiscountPlanForm = {
  name: "",
  service: "",
  quota: "",
  unit: "",
  thresholds: [],
};

/** Decimal text, whichever mark is typed. */
const decimal = (typed: string): string => typed.trim().replace(",", ".");

export const volumeDiscountPlanInput = (
  form: VolumeDiscountPlanForm,
): InputOf<typeof defineVolumeDiscountPlan> | null => {
  const { name, service, quota, unit, thresholds } = form;
  const typed = [name, service, quota, unit, ...thresholds.flatMap(({ from, percent }) => [from, percent])];
  if (typed.some((text) => text.trim() === "")) return null;
  return {
    ...{ name: name.trim(), service: service.trim(), quota: decimal(quota), unit: unit.trim() },
    thresholds: thresholds.map(({ from, percent }) => ({ from: decimal(from), percent: decimal(percent) })),
  };
};

/** What a product says of calls. */
export interface ProductVoice {
  readonly givesCalls: boolean;
  /** Kept while it gives none, so that nothing is lost by a box that is clicked twice. */
  readonly settings: VoiceForm;
}

/** Null: it gives no calls. */
export const productVoice = (voice: ShownVoiceService | null): ProductVoice => ({
  givesCalls: voice !== null,
  settings: voiceForm(voice ?? {}),
});

/** What it asks for, of a new product; nothing where that gives no calls. */
export const definedVoice = ({ givesCalls, settings }: ProductVoice) =>
  givesCalls ? { voice: voiceInput(settings) } : {};

export interface MainProductForm {
  readonly name: string;
  /** Ids, in the order in which they were chosen. */
  readonly addOnProductIds: readonly string[];
  readonly voice: ProductVoice;
}

/** A main product as it is, to be revised. */
export const mainProductForm = ({ name, addOnProducts, voice }: ShownMainProduct): MainProductForm => ({
  ...{ name, addOnProductIds: addOnProducts.map(({ id }) => id), voice: productVoice(voice) },
});

/** Null: the form is not complete. */
export const mainProductTerms = ({ name, addOnProductIds, voice: { givesCalls, settings } }: MainProductForm) =>
  name.trim() === ""
    ? null
    : {
        ...{ name: name.trim(), addOnProductIds: [...addOnProductIds] },
        voice: givesCalls ? voiceInput(settings) : null,
      };

/** The rows with one of them changed. */
export const changed = <Each extends Row>(rows: readonly Each[], key: string, changes: Partial<Each>): Each[] =>
  rows.map((row) => (row.key === key ? { ...row, ...changes } : row));

/** The rows without one of them. */
export const without = <Each extends Row>(rows: readonly Each[], key: string): Each[] =>
  rows.filter((row) => row.key !== key);
