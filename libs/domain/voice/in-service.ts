import { voiceOn } from "../accounts/account.js";
import { type LocalDate } from "../calendar.js";
import { classTermsOn } from "../catalog/customer-class.js";
import { type MainProduct } from "../catalog/products.js";
import { DEFAULT_MAX_SECONDS, type VoiceService } from "../catalog/voice-service.js";
import { type CustomerHistory } from "../commitments/history.js";
import { classIdOn, suspensionOn } from "../customers/customer.js";
import { type EntitlementCatalog, entitlements } from "../entitlements/entitlements.js";
import { DEFAULT_LANGUAGE, type Language } from "../language.js";

/** What products say, by id. */
export interface VoiceCatalog extends EntitlementCatalog {
  readonly mainProducts: ReadonlyMap<string, MainProduct>;
}

/**
 * Whether calls of an account go through: not before it is opened or after it or its customer is closed; not while the
 * customer is suspended; PAUSED where only paused commitments would give calls; NOT_GIVEN where nothing does.
 */
export const voiceStates = ["IN_SERVICE", "CLOSED", "SUSPENDED", "PAUSED", "NOT_GIVEN"] as const;
export type VoiceState = (typeof voiceStates)[number];

/** Where a value comes from. */
export const voiceOrigins = ["ACCOUNT", "PRODUCT", "DEFAULT"] as const;
export type VoiceOrigin = (typeof voiceOrigins)[number];

/** The product that gives calls. */
export interface VoiceProduct {
  readonly kind: "MAIN_PRODUCT" | "ADD_ON_PRODUCT";
  readonly id: string;
}

/** What is in effect for an account on a day, and where each value comes from. */
export interface EffectiveVoice {
  readonly state: VoiceState;
  /** Null: none gives calls. */
  readonly product: VoiceProduct | null;
  readonly service: VoiceService;
  readonly origins: Readonly<Record<keyof VoiceService, VoiceOrigin>>;
}

/**
 * How calls of an account are served on a day (docs/rules.md#voice): by the first add-on product that is served and
 * gives calls, else by the main product; what the account says itself goes before what the product says.
 */
export const effectiveVoice = (
  history: CustomerHistory,
  accountId: string,
  on: LocalDate,
  catalog: VoiceCatalog,
): EffectiveVoice => {
  const { mainProductId, addOns } = entitlements(history, accountId, on, catalog);
  const main = mainProductId === null ? null : (catalog.mainProducts.get(mainProductId) ?? null);
  const withVoice = addOns.flatMap(({ addOnProductId: id, state }) => {
    const voice = catalog.addOnProducts.get(id)?.voice;
    return voice ? [{ kind: "ADD_ON_PRODUCT" as const, id, state, voice }] : [];
  });
  const served = withVoice.find(({ state }) => state !== "PAUSED");
  const ofMain = main?.voice ? { kind: "MAIN_PRODUCT" as const, id: main.mainProductId, voice: main.voice } : undefined;
  const giving = served ?? ofMain ?? withVoice[0];
  const account = history.accounts.get(accountId);
  const own = account ? voiceOn(account, on) : null;
  const state = (): VoiceState => {
    if (mainProductId === null) return "CLOSED";
    if (!giving) return "NOT_GIVEN";
    if (suspensionOn(history.customer, on)) return "SUSPENDED";
    return (served ?? ofMain) ? "IN_SERVICE" : "PAUSED";
  };
  const product = giving ? { kind: giving.kind, id: giving.id } : null;
  return { state: state(), product, ...merged(own, giving?.voice ?? null, languageOn(history, on)) };
};

/** Of the customer's class: what is neither the account's nor its product's. */
const languageOn = ({ customer, classes }: CustomerHistory, on: LocalDate): Language => {
  const classId = classIdOn(customer, on);
  return classTermsOn(classId === null ? null : classes.get(classId), on).language ?? DEFAULT_LANGUAGE;
};

/** An account's own values before its product's, and these before what is usual. */
const merged = (
  own: VoiceService | null,
  ofProduct: VoiceService | null,
  usualLanguage: Language,
): Pick<EffectiveVoice, "service" | "origins"> => {
  const value = <Name extends keyof VoiceService>(name: Name, usual: VoiceService[Name]): VoiceService[Name] =>
    own?.[name] ?? ofProduct?.[name] ?? usual;
  const origin = (name: keyof VoiceService): VoiceOrigin =>
    (own?.[name] ?? null) !== null ? "ACCOUNT" : (ofProduct?.[name] ?? null) !== null ? "PRODUCT" : "DEFAULT";
  return {
    service: {
      servicePolicyId: value("servicePolicyId", null),
      sipContact: value("sipContact", null),
      maxCalls: value("maxCalls", null),
      maxSeconds: value("maxSeconds", DEFAULT_MAX_SECONDS),
      incomingTariffId: value("incomingTariffId", null),
      outgoingTariffId: value("outgoingTariffId", null),
      language: value("language", usualLanguage),
    },
    origins: {
      servicePolicyId: origin("servicePolicyId"),
      sipContact: origin("sipContact"),
      maxCalls: origin("maxCalls"),
      maxSeconds: origin("maxSeconds"),
      incomingTariffId: origin("incomingTariffId"),
      outgoingTariffId: origin("outgoingTariffId"),
      language: origin("language"),
    },
  };
};
