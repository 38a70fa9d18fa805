import { describe, expect, it } from "vitest";
import { type AccountEvent } from "../accounts/events.js";
import { type AddOnProduct, type MainProduct } from "../catalog/products.js";
import { NO_VOICE_SERVICE, type VoiceService } from "../catalog/voice-service.js";
import { commitmentEvolver } from "../commitments/commitment.js";
import { type CommitmentEvent } from "../commitments/events.js";
import { type CustomerEvent } from "../customers/events.js";
import {
  account,
  accountClosed,
  accountOpened,
  customer,
  customerCreated,
  suspended,
} from "../spec-support/examples.js";
import { stateOf } from "../spec-support/given.js";
import { assigned, history, internet, terms } from "../spec-support/history.js";
import { effectiveVoice } from "./in-service.js";

const ofMain = { ...NO_VOICE_SERVICE, maxCalls: 1, incomingTariffId: "tariff-main" };
const ofAddOn = { ...NO_VOICE_SERVICE, maxCalls: 2 };
const paused: CommitmentEvent = {
  type: "PauseScheduled",
  data: {
    ...{ pauseId: "pause-1", from: "2020-08-01", until: "2020-08-20", now: false, orderedOn: "2020-07-15" },
    ...{ discountEndFloors: [], discountEndBefore: null, discountEndAfter: null, effectiveOn: "2020-08-01" },
  },
};
const configured = (effectiveOn: string, changes: Partial<VoiceService>): AccountEvent => ({
  type: "AccountVoiceConfigured",
  data: { voice: { ...NO_VOICE_SERVICE, ...changes }, effectiveOn },
});

interface Given {
  readonly main?: VoiceService | null;
  readonly addOn?: VoiceService | null;
  readonly commitment?: readonly CommitmentEvent[];
  readonly customer?: readonly CustomerEvent[];
  readonly account?: readonly AccountEvent[];
}

/** On 2020-08-10, by an account with a main product and a commitment that gives an add-on product. */
const voice = ({ main = null, addOn = null, ...events }: Given, on = "2020-08-10") => {
  const recurring = [internet({ addOnProductId: "add-on-1" })];
  const start = assigned({ terms: terms({ recurring }), effectiveOn: "2020-07-01", discountEnd: "2022-07-01" });
  const commitment = stateOf(commitmentEvolver, [start, ...(events.commitment ?? [])]);
  if (!commitment) throw new Error("an assigned commitment has a state");
  const past = history([commitment], {
    owner: customer(customerCreated(), ...(events.customer ?? [])),
    accounts: [account(accountOpened(), ...(events.account ?? []))],
  });
  const product: MainProduct = { mainProductId: "main-1", name: "Line", addOnProductIds: ["add-on-1"], voice: main };
  const calls: AddOnProduct = {
    ...{ addOnProductId: "add-on-1", name: "Calls", service: "Phone", quota: null, volumeDiscountPlanId: null },
    ...(addOn && { voice: addOn }),
  };
  return effectiveVoice(past, "account-1", on, {
    mainProducts: new Map([["main-1", product]]),
    addOnProducts: new Map([["add-on-1", calls]]),
    volumeDiscountPlans: new Map(),
  });
};
const inShort = (...given: Parameters<typeof voice>) => {
  const { state, product, service } = voice(...given);
  return [state, product?.kind ?? null, service.maxCalls];
};

describe("whether calls of an account go through", () => {
  it("goes by the add-on product that is served, else by the main product", () => {
    expect(inShort({ main: ofMain, addOn: ofAddOn })).toEqual(["IN_SERVICE", "ADD_ON_PRODUCT", 2]);
    expect(inShort({ main: ofMain })).toEqual(["IN_SERVICE", "MAIN_PRODUCT", 1]);
    expect(inShort({ main: ofMain, addOn: ofAddOn }, "2020-06-30")).toEqual(["IN_SERVICE", "MAIN_PRODUCT", 1]);
    expect(inShort({})).toEqual(["NOT_GIVEN", null, null]);
  });

  it("is silenced by a pause that nothing else serves", () => {
    expect(inShort({ addOn: ofAddOn, commitment: [paused] })).toEqual(["PAUSED", "ADD_ON_PRODUCT", 2]);
    expect(inShort({ addOn: ofAddOn, commitment: [paused] }, "2020-08-21")).toEqual([
      "IN_SERVICE",
      "ADD_ON_PRODUCT",
      2,
    ]);
    expect(inShort({ main: ofMain, addOn: ofAddOn, commitment: [paused] })).toEqual(["IN_SERVICE", "MAIN_PRODUCT", 1]);
  });

  it("ends with a suspension and with the account", () => {
    expect(inShort({ main: ofMain, customer: [suspended("2020-08-10")] })).toEqual(["SUSPENDED", "MAIN_PRODUCT", 1]);
    expect(inShort({ main: ofMain, customer: [suspended("2020-08-11")] })).toEqual(["IN_SERVICE", "MAIN_PRODUCT", 1]);
    expect(inShort({ main: ofMain, account: [accountClosed("2020-08-09")] })).toEqual(["CLOSED", null, null]);
    expect(inShort({ main: ofMain, account: [accountClosed("2020-08-10")] })).toEqual([
      "IN_SERVICE",
      "MAIN_PRODUCT",
      1,
    ]);
  });
});

describe("what is in effect", () => {
  it("is the account's own from its day on, then the product's, then what is usual", () => {
    const own = [configured("2020-08-01", { maxCalls: 9 }), configured("2020-08-10", { language: "IT" })];
    const given = { main: ofMain, account: own };
    expect(voice(given, "2020-08-09").service.maxCalls).toBe(9);
    expect(voice(given)).toEqual({
      state: "IN_SERVICE",
      product: { kind: "MAIN_PRODUCT", id: "main-1" },
      service: { ...ofMain, maxSeconds: 14_400, language: "IT" },
      origins: {
        servicePolicyId: "DEFAULT",
        sipContact: "DEFAULT",
        maxCalls: "PRODUCT",
        maxSeconds: "DEFAULT",
        incomingTariffId: "PRODUCT",
        outgoingTariffId: "DEFAULT",
        language: "ACCOUNT",
      },
    });
  });
});
