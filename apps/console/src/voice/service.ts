import { type ResultOf } from "gql.tada";
import { graphql } from "../../../web/graphql.js";

/** What a product or an account says of its calls, or what holds for an account. */
export const VOICE_SERVICE = graphql(`
  fragment VoiceService on VoiceService {
    servicePolicy {
      id
      name
    }
    sipContact {
      host
      port
      transport
    }
    maxCalls
    maxSeconds
    incomingTariff {
      id
      name
    }
    outgoingTariff {
      id
      name
    }
    language
  }
`);
export type ShownVoiceService = ResultOf<typeof VOICE_SERVICE>;

/** Its settings, in the order in which pages tell them. */
export const VOICE_ITEMS = [
  ...(["sipContact", "servicePolicy", "incomingTariff", "outgoingTariff", "maxCalls", "maxSeconds"] as const),
  "language",
] as const satisfies readonly (keyof ShownVoiceService)[];

export type VoiceItem = (typeof VOICE_ITEMS)[number];

/** What calls can be given: asked for once somebody wants to. */
export const VOICE_CHOICES = graphql(`
  query VoiceChoices($currency: String) {
    servicePolicies(first: 200, sort: { by: NAME }) {
      edges {
        node {
          id
          name
        }
      }
    }
    tariffs(first: 200, filter: { currency: $currency }, sort: { by: NAME }) {
      edges {
        node {
          id
          name
          currency
        }
      }
    }
  }
`);
