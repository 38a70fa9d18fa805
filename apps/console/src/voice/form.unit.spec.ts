import { expect, it } from "vitest";
import { voiceForm, voiceInput } from "./form.js";

const SAID = {
  sipContact: { host: "10.0.0.7", port: 5061, transport: "TLS" as const },
  servicePolicy: { id: "policy", name: "Own PBXs only" },
  incomingTariff: { id: "tariff", name: "Toll-free" },
  outgoingTariff: null,
  maxCalls: 2,
  maxSeconds: null,
  language: "IT" as const,
};

it("settings of calls are asked for as they are, and those that are empty are null", () => {
  expect([voiceInput(voiceForm(SAID)), voiceInput(voiceForm({}))]).toEqual([
    {
      sipContact: { host: "10.0.0.7", port: 5061, transport: "TLS" },
      ...{ servicePolicyId: "policy", incomingTariffId: "tariff", outgoingTariffId: null },
      ...{ maxCalls: 2, maxSeconds: null, language: "IT" },
    },
    {
      ...{ sipContact: null, servicePolicyId: null, incomingTariffId: null, outgoingTariffId: null },
      ...{ maxCalls: null, maxSeconds: null, language: null },
    },
  ]);
});

it("a port and a transport are nothing without a host", () => {
  expect(voiceInput({ ...voiceForm(SAID), host: " " }).sipContact).toBe(null);
});
