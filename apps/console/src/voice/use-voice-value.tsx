import { type ReactNode } from "react";
import { useSay } from "../../../web/texts/speech.js";
import { PathLink } from "../frame/path-link.js";
import { type ShownVoiceService, type VoiceItem } from "./service.js";
import { voiceTexts } from "./texts.js";

/** A setting of calls as text, or as a link to where it is told of; null: nothing is said of it. */
export const useVoiceValue = (): ((service: ShownVoiceService, item: VoiceItem) => ReactNode) => {
  const say = useSay(voiceTexts);
  return (service, item) => {
    const { sipContact, servicePolicy, maxSeconds, language } = service;
    switch (item) {
      case "sipContact":
        return sipContact && `${sipContact.host}:${sipContact.port} ${sipContact.transport}`;
      case "servicePolicy":
        return servicePolicy && servicePolicy.name;
      case "incomingTariff":
      case "outgoingTariff": {
        const tariff = service[item];
        return tariff && <PathLink href={`/tariffs/${tariff.id}`}>{tariff.name}</PathLink>;
      }
      case "maxCalls":
        return service.maxCalls;
      case "maxSeconds":
        return maxSeconds === null ? null : say("inSeconds", { seconds: maxSeconds });
      case "language":
        return language && say(language);
    }
  };
};
