import { type VoiceService } from "#domain/catalog/voice-service.js";
import { type Speaker } from "../speaker.js";
import { type Fact } from "./fact.js";

/** What a product or an account says about its calls. */
export const voiceFacts = (voice: VoiceService | null | undefined, say: Speaker): Fact[] => {
  if (!voice) return [];
  const { servicePolicyId, sipContact, maxCalls, maxSeconds, incomingTariffId, outgoingTariffId, language } = voice;
  const tariff = (id: string | null) => id && say.name("TARIFF", id);
  return [
    { field: "servicePolicy", value: servicePolicyId && say.name("SERVICE_POLICY", servicePolicyId) },
    { field: "sipContact", value: sipContact && `${sipContact.host}:${sipContact.port} ${sipContact.transport}` },
    { field: "maxCalls", value: maxCalls?.toString() ?? null },
    { field: "maxSeconds", value: maxSeconds === null ? null : say.words.seconds(maxSeconds) },
    { field: "incomingTariff", value: tariff(incomingTariffId) },
    { field: "outgoingTariff", value: tariff(outgoingTariffId) },
    { field: "voiceLanguage", value: language && say.words.languages[language] },
  ];
};
