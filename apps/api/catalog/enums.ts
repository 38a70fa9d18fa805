import { type PenaltyStrategy } from "#domain/catalog/events.js";
import { type RedirectAction } from "#domain/catalog/service-policy.js";
import { type SipTransport } from "#domain/catalog/voice-service.js";
import { type EffectiveMode } from "#domain/voice/effective.js";
import { type RateChangeKind } from "#domain/voice/rate-changes.js";
import { type RateStepName, type RateStepUnit } from "#domain/voice/rate-test.js";
import { type DurationRounding, type RateKey } from "#domain/voice/rate-version.js";
import { type CatalogSortField as CatalogSortBy } from "#read-models/catalog/queries.js";
import { enumOf } from "../graphql/enums.js";

export const PenaltyStrategyEnum = enumOf<PenaltyStrategy>("PenaltyStrategy", "How an early termination is priced.", {
  SUM_OF_DISCOUNTS: "All discounts given since the commitment's start.",
  LESSER_OF_DISCOUNTS_AND_REMAINING_FEES:
    "The discounts given, or the remaining fees until the discount end date if these are less.",
  REMAINING_FEES: "The remaining fees until the discount end date, and the one-time discounts given.",
  FIXED: "The penalty amount of each row's plan, and the one-time discounts given.",
  NONE: "Nothing.",
});

export const VoiceServiceTypeEnum = enumOf<"VOICE">("ServiceType", "A service that accounts are given.", {
  VOICE: "Calls.",
});

export const RedirectActionEnum = enumOf<RedirectAction>(
  "RedirectAction",
  "What is done with a redirection to an address that is not trusted.",
  {
    REJECT: "The call is refused.",
    NEW_CALL_AUTHORIZATION: "It becomes a call of the called account to the number, charged by its outgoing tariff.",
  },
);

export const SipTransportEnum = enumOf<SipTransport>("SipTransport", "A transport of SIP.", {
  UDP: "UDP.",
  TCP: "TCP.",
  TLS: "TLS.",
});

export const RateKeyEnum = enumOf<RateKey>("RateKey", "The number of a call by which its rate is found.", {
  CLD: "The one that is called.",
  CLI: "The caller's: paid by origin.",
});

export const DurationRoundingEnum = enumOf<DurationRounding>(
  "DurationRounding",
  "How the length of a call is rounded to seconds.",
  { NEAREST: "Half up.", UP: "Up." },
);

export const EffectiveModeEnum = enumOf<EffectiveMode>("EffectiveMode", "Versions by when they hold.", {
  AT: "Those that hold at the instant.",
  AT_AND_BEFORE: "Those that hold at the instant, or held before.",
  AT_AND_AFTER: "Those that hold at the instant, or will later.",
});

export const RateChangeEnum = enumOf<RateChangeKind>("RateChangeKind", "What a version of a rate would change.", {
  ADDED: "The prefix has no rate then.",
  CHANGED: "The prefix has another rate then.",
  DISCONTINUED: "The prefix has no rate from then on.",
  UNCHANGED: "Nothing: the prefix has this rate then.",
});

export const RateTestStateEnum = enumOf<"RATED" | "UNRATED">("RateTestState", "Whether a call has a rate.", {
  RATED: "It has.",
  UNRATED: "It has none.",
});

export const UnratedReasonEnum = enumOf<"NO_RATE" | "FORBIDDEN">("UnratedReason", "Why a call has no rate.", {
  NO_RATE: "No prefix of its number holds.",
  FORBIDDEN: "The longest one is forbidden.",
});

export const RateStepEnum = enumOf<RateStepName>("RateStepName", "A value on the way to the amount of a call.", {
  CALL_SECONDS: "The length of the call, rounded.",
  FIRST_SECONDS: "What of it is charged by the first interval.",
  PRICE_FIRST: "The price of that.",
  FIRST_COST: "What that costs.",
  NEXT_SECONDS: "What is charged by further intervals, whole ones.",
  PRICE_NEXT: "The price of that.",
  NEXT_COST: "What that costs.",
  CONNECT_FEE: "What the call costs beside.",
  EXACT: "All of it, before it is rounded.",
  AMOUNT: "Rounded half up to three decimals more than the currency has; negative where calls are paid back.",
});

export const RateStepUnitEnum = enumOf<RateStepUnit>("RateStepUnit", "What a value counts.", {
  SECONDS: "Seconds.",
  PER_MINUTE: "Money per minute.",
  MONEY: "Money.",
});

export const OfferStatusEnum = enumOf<"ON_SALE" | "WITHDRAWN">("OfferStatus", "Whether an offer can be assigned.", {
  ON_SALE: "It can be assigned.",
  WITHDRAWN: "It is no longer sold; commitments that hold it go on.",
});

export const CatalogSortField = enumOf<CatalogSortBy>("CatalogSortField", "What catalog items are sorted by.", {
  CREATED: "The order in which they were defined.",
  NAME: "Their name.",
  UPDATED: "When they last changed.",
});
