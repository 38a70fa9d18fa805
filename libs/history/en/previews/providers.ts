import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on a provider, its catalog, texts and keys. */
export const PROVIDER_PREVIEWS_EN: Sentences<
  PreviewedOf<"PROVIDER" | "CLOCK" | "CATALOG" | "MAIL_TEMPLATE" | "KEY" | "EDGE">
> = {
  ProviderCreated: ({ name }) => `The provider “${name}” will be created.`,
  ProviderSettingsChanged: () => "The provider’s settings will be changed.",
  EventQuarantined: ({ eventType, revision, stream }) =>
    `The event ${eventType}, revision ${revision} of ${stream}, will be quarantined: read models pass it over.`,
  DocumentDetailsChanged: () => "What documents say about the provider will be changed.",
  TestClockSet: ({ at }, say) => `The provider’s time will be a test clock’s, which stands at ${say.at(at)}.`,
  ClockAdvanceOrdered: ({ to }, say) => `The test clock will advance to ${say.at(to)}.`,

  SubscriptionDefined: ({ name }) => `The plan “${name}” will be put into the catalog.`,
  SubscriptionRevised: ({ name }) =>
    `The plan “${name}” will be revised: commitments that are held keep their fees until they are renewed.`,
  AddOnProductDefined: ({ name, voice }) => `The add-on product “${name}” will be put into the catalog${calls(voice)}.`,
  VolumeDiscountPlanDefined: ({ name }) => `The volume discount plan “${name}” will be put into the catalog.`,
  MainProductDefined: ({ name, voice }) => `The main product “${name}” will be put into the catalog${calls(voice)}.`,
  MainProductRevised: ({ name, voice }) => `The main product “${name}” will be revised${calls(voice)}.`,
  CustomerClassDefined: ({ name }) => `The customer class “${name}” will be defined.`,
  CustomerClassRevised: ({ name, effectiveOn }, say) =>
    `The customer class “${name}” will be revised, for billing periods that end on ${say.day(effectiveOn)} or later.`,
  OfferDefined: ({ name }) => `The offer “${name}” will be put on sale.`,
  OfferRevised: ({ name }) =>
    `The offer “${name}” will be revised: commitments that are held keep their terms until they are renewed.`,
  OfferWithdrawn: () => "The offer will be withdrawn from sale.",
  OfferPutBackOnSale: () => "The offer will be put back on sale.",
  OfferDeleted: () => "The offer will be deleted.",
  ServicePolicyDefined: ({ name }) => `The service policy “${name}” will be put into the catalog.`,
  ServicePolicyRevised: ({ name }) => `The service policy “${name}” will be revised.`,
  TariffDefined: ({ name, clonedFrom }, say) =>
    clonedFrom === undefined
      ? `The tariff “${name}” will be put into the catalog.`
      : `The tariff “${name}” will be put into the catalog, with the rates of “${say.name("TARIFF", clonedFrom)}”.`,
  TariffRevised: ({ name }) => `The tariff “${name}” will be revised.`,
  RatesChanged: ({ rates }, say) => `Rates will be added: ${say.count(rates.length)}.`,
  RatesRemoved: ({ rates }, say) => `Rates to come will be taken away: ${say.count(rates.length)}.`,

  MailTemplateDefined: ({ kind, language, customerClassId }, say) =>
    `The text of mails about ${say.words.mails[kind]} in ${say.words.languages[language]}, for ${
      customerClassId === null
        ? "every class of customers"
        : `the class “${say.name("CUSTOMER_CLASS", customerClassId)}”`
    }, will be defined.`,
  MailTemplateReset: () => "The text will be reset: mails have the text that they would have without it.",

  KeyGranted: ({ roles, expiresAt, personal }, say) =>
    `The API key “${personal.label}” will be granted: ${roles.map((role) => say.words.keyRoles[role]).join(", ")}${
      expiresAt === null ? "" : `, until ${say.at(expiresAt)}`
    }.`,
  KeyRevoked: () => "The API key will be revoked.",

  EdgeRegistered: ({ name }) => `The SIP edge “${name}” will be registered.`,
  EdgeRevised: ({ name }) => `The SIP edge “${name}” will be revised.`,
  EdgeSecretRotated: ({ previousUntil }, say) =>
    `The SIP edge will get another secret; the one before counts until ${say.at(previousUntil)}.`,
  EdgeRetired: () => "The SIP edge will be retired, and refused.",
};

/** What a product will say of calls: undefined, nothing; null, that it gives none. */
const calls = (voice: object | null | undefined): string =>
  voice === undefined ? "" : voice === null ? "; it gives no calls" : "; it gives calls";
