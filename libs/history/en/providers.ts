import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of a provider, its catalog, texts and keys. */
export const PROVIDERS_EN: Sentences<
  TypesOf<"PROVIDER" | "CLOCK" | "CATALOG" | "MAIL_TEMPLATE" | "KEY" | "EDGE"> | "CommandAccepted"
> = {
  CommandAccepted: ({ command }) => `The command ${command} was accepted, and changed nothing.`,

  ProviderCreated: ({ name }) => `The provider “${name}” was created.`,
  ProviderSettingsChanged: () => "The provider’s settings were changed.",
  EventQuarantined: ({ eventType, revision, stream }) =>
    `The event ${eventType}, revision ${revision} of ${stream}, was quarantined: read models pass it over.`,
  DocumentDetailsChanged: () => "What documents say about the provider was changed.",
  TestClockSet: ({ at }, say) => `The provider’s time is a test clock’s from now on, which stands at ${say.at(at)}.`,
  ClockAdvanceOrdered: ({ to }, say) => `The test clock was ordered to advance to ${say.at(to)}.`,
  TestClockMoved: ({ at }, say) => `The test clock reached ${say.at(at)}.`,
  ClockAdvanceCompleted: () => "The advance of the test clock was completed.",

  SubscriptionDefined: ({ name }) => `The plan “${name}” was put into the catalog.`,
  SubscriptionRevised: ({ name }) => `The plan “${name}” was revised.`,
  AddOnProductDefined: ({ name }) => `The add-on product “${name}” was put into the catalog.`,
  VolumeDiscountPlanDefined: ({ name }) => `The volume discount plan “${name}” was put into the catalog.`,
  MainProductDefined: ({ name }) => `The main product “${name}” was put into the catalog.`,
  MainProductRevised: ({ name }) => `The main product “${name}” was revised.`,
  CustomerClassDefined: ({ name }) => `The customer class “${name}” was defined.`,
  CustomerClassRevised: ({ name, effectiveOn }, say) =>
    `The customer class “${name}” was revised, for billing periods that end on ${say.day(effectiveOn)} or later.`,
  OfferDefined: ({ name }) => `The offer “${name}” was put on sale.`,
  OfferRevised: ({ name }) => `The offer “${name}” was revised.`,
  OfferWithdrawn: () => "The offer was withdrawn from sale.",
  OfferPutBackOnSale: () => "The offer was put back on sale.",
  OfferDeleted: () => "The offer was deleted.",
  ServicePolicyDefined: ({ name }) => `The service policy “${name}” was put into the catalog.`,
  ServicePolicyRevised: ({ name }) => `The service policy “${name}” was revised.`,
  TariffDefined: ({ name, clonedFrom }, say) =>
    clonedFrom === undefined
      ? `The tariff “${name}” was put into the catalog.`
      : `The tariff “${name}” was put into the catalog, with the rates of “${say.name("TARIFF", clonedFrom)}”.`,
  TariffRevised: ({ name }) => `The tariff “${name}” was revised.`,
  RatesChanged: ({ rates }, say) => `Rates were added: ${say.count(rates.length)}.`,
  RatesRemoved: ({ rates }, say) => `Rates to come were taken away: ${say.count(rates.length)}.`,

  MailTemplateDefined: ({ kind, language, customerClassId }, say) =>
    `The text of mails about ${say.words.mails[kind]} in ${say.words.languages[language]}, for ${
      customerClassId === null
        ? "every class of customers"
        : `the class “${say.name("CUSTOMER_CLASS", customerClassId)}”`
    }, was defined.`,
  MailTemplateReset: () => "The text was reset: mails have the text that they would have without it.",

  KeyGranted: ({ roles, expiresAt, personal }, say) =>
    `The API key “${personal.label}” was granted: ${roles.map((role) => say.words.keyRoles[role]).join(", ")}${
      expiresAt === null ? "" : `, until ${say.at(expiresAt)}`
    }.`,
  KeyRevoked: () => "The API key was revoked.",

  EdgeRegistered: ({ name }) => `The SIP edge “${name}” was registered.`,
  EdgeRevised: ({ name }) => `The SIP edge “${name}” was revised.`,
  EdgeSecretRotated: ({ previousUntil }, say) =>
    `The SIP edge was given another secret; the one before counts until ${say.at(previousUntil)}.`,
  EdgeRetired: () => "The SIP edge was retired: it is refused.",
};
