import { useQuery } from "urql";
import { useSay } from "../../../web/texts/speech.js";
import { type Told } from "../command/use-revision.js";
import { LANGUAGES, VOICE_FIELDS, type VoiceForm } from "./form.js";
import { VOICE_CHOICES } from "./service.js";
import { voiceTexts } from "./texts.js";

const NAMES = {
  servicePolicyId: "servicePolicy",
  incomingTariffId: "incomingTariff",
  outgoingTariffId: "outgoingTariff",
} as const;

/** How changes of the settings of calls are told: policies and tariffs by their names. @param currency of the tariffs */
export const useToldVoice = (currency?: string): readonly Told<VoiceForm>[] => {
  const say = useSay(voiceTexts);
  const [{ data }] = useQuery({ query: VOICE_CHOICES, variables: { currency: currency ?? null } });
  const named = [...(data?.servicePolicies.edges ?? []), ...(data?.tariffs.edges ?? [])];
  const nameOf = (id: string): string => named.find(({ node }) => node.id === id)?.node.name ?? id;
  return VOICE_FIELDS.map((field): Told<VoiceForm> => {
    switch (field) {
      case "servicePolicyId":
      case "incomingTariffId":
      case "outgoingTariffId":
        return { field, name: say(NAMES[field]), text: (form) => nameOf(form[field]) };
      case "language":
        return {
          ...{ field, name: say(field) },
          text: ({ language }) => {
            const known = LANGUAGES.find((one) => one === language);
            return known === undefined ? "" : say(known);
          },
        };
      case "host":
      case "port":
      case "transport":
      case "maxCalls":
      case "maxSeconds":
        return { field, name: say(field) };
    }
  });
};
