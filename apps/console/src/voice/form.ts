import { textOf } from "../command/filled.js";
import { type ShownVoiceService } from "./service.js";

export const TRANSPORTS = ["UDP", "TCP", "TLS"] as const;
export const LANGUAGES = ["EN", "IT"] as const;

/** What fields hold while they are filled in; empty or null: nothing is said. */
export interface VoiceForm {
  readonly host: string;
  readonly port: number | null;
  readonly transport: string;
  readonly servicePolicyId: string;
  readonly incomingTariffId: string;
  readonly outgoingTariffId: string;
  readonly maxCalls: number | null;
  readonly maxSeconds: number | null;
  readonly language: string;
}

/** What is said already, to be changed; null of a setting: nothing is. */
export const voiceForm = (service: Partial<ShownVoiceService>): VoiceForm => {
  const { sipContact, servicePolicy, incomingTariff, outgoingTariff, maxCalls, maxSeconds, language } = service;
  return {
    ...{ host: sipContact?.host ?? "", port: sipContact?.port ?? null, transport: sipContact?.transport ?? "UDP" },
    ...{ servicePolicyId: servicePolicy?.id ?? "", incomingTariffId: incomingTariff?.id ?? "" },
    ...{ outgoingTariffId: outgoingTariff?.id ?? "", maxCalls: maxCalls ?? null, maxSeconds: maxSeconds ?? null },
    language: language ?? "",
  };
};

/** What it asks for; each setting, so that what is empty is said nowhere. */
export const voiceInput = (form: VoiceForm) => {
  const { port, transport, maxCalls, maxSeconds, language } = form;
  const host = textOf(form.host);
  return {
    sipContact: host === null ? null : { host, port, transport: TRANSPORTS.find((one) => one === transport) ?? null },
    servicePolicyId: textOf(form.servicePolicyId),
    incomingTariffId: textOf(form.incomingTariffId),
    outgoingTariffId: textOf(form.outgoingTariffId),
    ...{ maxCalls, maxSeconds },
    language: LANGUAGES.find((one) => one === language) ?? null,
  };
};

/** The fields of the form, in their order. */
export const VOICE_FIELDS = [
  ...(["host", "port", "transport", "servicePolicyId", "incomingTariffId", "outgoingTariffId"] as const),
  ...(["maxCalls", "maxSeconds", "language"] as const),
] as const satisfies readonly (keyof VoiceForm)[];
