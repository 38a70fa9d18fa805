import { describe, expect, it } from "vitest";
import { Rejection } from "../rejection.js";
import { stateOf } from "../spec-support/given.js";
import { defineMainProduct, mainProductEvolver, reviseMainProduct } from "./products.js";
import { checkedVoiceService, NO_VOICE_SERVICE } from "./voice-service.js";

const items = { servicePolicies: new Set(["policy-1"]), tariffs: new Map([["tariff-1", "USD"]]) };
const known = { unknownAddOns: [], items };

const refused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection)
      return [error, ...error.also].map(({ code, fieldPath, facts }) => [code, fieldPath, facts]);
  }
  return null;
};

describe("a voice service", () => {
  it("has the usual transport and port unless they are given", () => {
    const contact = (given: object) =>
      checkedVoiceService({ sipContact: { host: "PBX.example.", ...given } }, [], items);
    expect(contact({})).toEqual({
      ...NO_VOICE_SERVICE,
      sipContact: { host: "pbx.example", port: 5060, transport: "UDP" },
    });
    expect(contact({ transport: "TLS" }).sipContact?.port).toBe(5061);
    expect(contact({ transport: "TLS", port: 7000 }).sipContact?.port).toBe(7000);
  });

  it("names every fault by its field", () => {
    const wrong = {
      ...{ servicePolicyId: "x", incomingTariffId: "policy-1", outgoingTariffId: "tariff-1", maxCalls: 0 },
      ...{ maxSeconds: 86_401, sipContact: { host: "127.1", port: 65_536 } },
    };
    const within = (most: string) => ({ case: "NOT_WITHIN", least: "1", most });
    expect(refused(() => checkedVoiceService(wrong, ["voice"], items))).toEqual([
      ["VALIDATION_FAILED", ["voice", "maxCalls"], within("10000")],
      ["VALIDATION_FAILED", ["voice", "maxSeconds"], within("86400")],
      ["VALIDATION_FAILED", ["voice", "sipContact", "port"], within("65535")],
      ["VALIDATION_FAILED", ["voice", "servicePolicyId"], { case: "NO_SUCH_ITEM" }],
      ["VALIDATION_FAILED", ["voice", "incomingTariffId"], { case: "NO_SUCH_ITEM" }],
      ["VALIDATION_FAILED", ["voice", "sipContact", "host"], { case: "NO_HOST", host: wrong.sipContact.host }],
    ]);
  });
});

describe("a product with calls", () => {
  const item = { mainProductId: "main-1", name: "Smart", addOnProductIds: [], on: "2026-11-28" };
  const defined = defineMainProduct({ ...item, voice: { incomingTariffId: "tariff-1" } }, known);
  const revised = (voice?: { readonly maxCalls: number } | null) => {
    const before = stateOf(mainProductEvolver, defined);
    const events = reviseMainProduct({ on: "2026-11-29", ...(voice !== undefined && { voice }) }, before, known);
    return stateOf(mainProductEvolver, [...defined, ...events])?.voice;
  };

  it("keeps what it says of them unless it is revised, as a whole", () => {
    expect(revised()).toEqual({ ...NO_VOICE_SERVICE, incomingTariffId: "tariff-1" });
    expect(revised({ maxCalls: 2 })).toEqual({ ...NO_VOICE_SERVICE, maxCalls: 2 });
    expect(revised(null)).toBeNull();
  });

  it("names what the catalog has", () => {
    expect(refused(() => defineMainProduct({ ...item, voice: { servicePolicyId: "tariff-1" } }, known))).toEqual([
      ["VALIDATION_FAILED", ["voice", "servicePolicyId"], { case: "NO_SUCH_ITEM" }],
    ]);
  });
});
