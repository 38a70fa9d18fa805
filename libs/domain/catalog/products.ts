import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { checkAll, type FieldPath, noSuchItem, reject } from "../rejection.js";
import {
  type AddOnProductDefined,
  type AddOnProductEvent,
  type MainProductDefined,
  type MainProductEvent,
  type VolumeDiscountPlanDefined,
  type VolumeDiscountPlanEvent,
} from "./events.js";
import { requireName } from "../input.js";
import { checkedVoiceService, type GivenVoiceService, type VoiceItems, type VoiceService } from "./voice-service.js";

type Item<Event extends { data: { effectiveOn: LocalDate } }> = Omit<Event["data"], "effectiveOn">;

export type AddOnProduct = Item<AddOnProductDefined>;
export type VolumeDiscountPlan = Item<VolumeDiscountPlanDefined>;
export type MainProduct = Omit<Item<MainProductDefined>, "voice"> & { readonly voice?: VoiceService | null };

export const addOnProductEvolver: Evolver<AddOnProduct | null, AddOnProductEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const { effectiveOn: _, ...item } = event.data;
    return item;
  },
};

export const volumeDiscountPlanEvolver: Evolver<VolumeDiscountPlan | null, VolumeDiscountPlanEvent> = {
  initial: null,
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const { effectiveOn: _, ...item } = event.data;
    return item;
  },
};

export const mainProductEvolver: Evolver<MainProduct | null, MainProductEvent> = {
  initial: null,
  evolve(state, event) {
    switch (event.type) {
      case "MainProductDefined": {
        const { effectiveOn: _, ...item } = event.data;
        return item;
      }
      case "MainProductRevised": {
        const { effectiveOn: _, ...changes } = event.data;
        return state && { ...state, ...changes };
      }
      case "CommandAccepted":
        return state;
    }
  },
};

/**
 * @param facts.planExists whether the volume discount plan that it refers to is in the catalog
 * @throws Rejection VALIDATION_FAILED
 */
export const defineAddOnProduct = (
  { on, voice, ...item }: GivenVoice<AddOnProduct> & { readonly on: LocalDate },
  facts: { readonly planExists: boolean; readonly items: VoiceItems },
): AddOnProductDefined[] => {
  if (item.volumeDiscountPlanId !== null && !facts.planExists) {
    throw noSuchItem("volume discount plan", "volumeDiscountPlanId");
  }
  const named = { ...item, name: requireName(item.name), service: requireName(item.service, "service") };
  return [{ type: "AddOnProductDefined", data: { ...named, ...voiceOf(voice, facts), effectiveOn: on } }];
};

const POSITIVE = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/;

/** @throws Rejection VALIDATION_FAILED */
export const defineVolumeDiscountPlan = ({
  on,
  ...item
}: VolumeDiscountPlan & { readonly on: LocalDate }): VolumeDiscountPlanDefined[] => {
  const positive = (value: string, field: FieldPath) => () => {
    if (POSITIVE.test(value)) return;
    throw reject("VALIDATION_FAILED", `"${value}" is not a decimal text such as "1".`, {
      ...{ field, facts: { case: "NO_NUMBER" } },
    });
  };
  checkAll(
    positive(item.quota, "quota"),
    ...item.thresholds.flatMap(({ from, percent }, index) => [
      positive(from, ["thresholds", index, "from"]),
      positive(percent, ["thresholds", index, "percent"]),
    ]),
    () => requireName(item.name),
    () => requireName(item.service, "service"),
    () => requireName(item.unit, "unit"),
  );
  const named = {
    ...item,
    name: requireName(item.name),
    service: requireName(item.service, "service"),
    unit: requireName(item.unit, "unit"),
  };
  return [{ type: "VolumeDiscountPlanDefined", data: { ...named, effectiveOn: on } }];
};

/** @param facts.unknownAddOns ids that the catalog does not have. @throws Rejection VALIDATION_FAILED */
export const defineMainProduct = (
  { on, voice, ...item }: GivenVoice<MainProduct> & { readonly on: LocalDate },
  facts: { readonly unknownAddOns: readonly string[]; readonly items: VoiceItems },
): MainProductEvent[] => {
  requireKnown(facts.unknownAddOns);
  const named = { ...item, name: requireName(item.name) };
  return [{ type: "MainProductDefined", data: { ...named, ...voiceOf(voice, facts), effectiveOn: on } }];
};

/** What is left out stays. @throws Rejection VALIDATION_FAILED */
export const reviseMainProduct = (
  command: {
    readonly name?: string;
    readonly addOnProductIds?: readonly string[];
    /** Null: it gives no calls any more. */
    readonly voice?: GivenVoiceService | null;
    readonly on: LocalDate;
  },
  state: MainProduct | null,
  facts: { readonly unknownAddOns: readonly string[]; readonly items: VoiceItems },
): MainProductEvent[] => {
  if (!state) {
    throw noSuchItem("main product", "mainProductId");
  }
  requireKnown(facts.unknownAddOns);
  const { on, name = state.name, addOnProductIds = state.addOnProductIds } = command;
  const voice = command.voice === null ? { voice: null } : voiceOf(command.voice, facts);
  return [
    { type: "MainProductRevised", data: { name: requireName(name), addOnProductIds, ...voice, effectiveOn: on } },
  ];
};

/** As it is ordered. */
type GivenVoice<Product> = Omit<Product, "voice"> & { readonly voice?: GivenVoiceService | null };

const voiceOf = (
  given: GivenVoiceService | null | undefined,
  { items }: { readonly items: VoiceItems },
): { readonly voice?: VoiceService } => (given ? { voice: checkedVoiceService(given, ["voice"], items) } : {});

const requireKnown = (unknown: readonly string[]): void => {
  if (unknown.length === 0) return;
  throw reject("VALIDATION_FAILED", `There is no add-on product ${unknown.join(", ")}.`, {
    ...{ field: "addOnProductIds", facts: { case: "NO_SUCH_ITEM" } },
  });
};
