import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of a provider, its catalog, texts and keys. */
export const PROVIDERS_IT: Sentences<
  TypesOf<"PROVIDER" | "CLOCK" | "CATALOG" | "MAIL_TEMPLATE" | "KEY" | "EDGE"> | "CommandAccepted"
> = {
  CommandAccepted: ({ command }) => `Il comando ${command} è stato accettato e non ha cambiato nulla.`,

  ProviderCreated: ({ name }) => `Il provider «${name}» è stato creato.`,
  ProviderSettingsChanged: () => "Le impostazioni del provider sono state modificate.",
  EventQuarantined: ({ eventType, revision, stream }) =>
    `L’evento ${eventType}, revisione ${revision} di ${stream}, è stato messo in quarantena: i modelli di lettura lo ignorano.`,
  DocumentDetailsChanged: () => "I dati del provider nei documenti sono stati modificati.",
  TestClockSet: ({ at }, say) =>
    `Da ora il tempo del provider è quello di un orologio di prova, fermo al ${say.at(at)}.`,
  ClockAdvanceOrdered: ({ to }, say) => `È stato ordinato di portare l’orologio di prova a ${say.at(to)}.`,
  TestClockMoved: ({ at }, say) => `L’orologio di prova ha raggiunto ${say.at(at)}.`,
  ClockAdvanceCompleted: () => "L’avanzamento dell’orologio di prova è terminato.",

  SubscriptionDefined: ({ name }) => `Il piano «${name}» è stato inserito nel catalogo.`,
  SubscriptionRevised: ({ name }) => `Il piano «${name}» è stato rivisto.`,
  AddOnProductDefined: ({ name }) => `Il prodotto aggiuntivo «${name}» è stato inserito nel catalogo.`,
  VolumeDiscountPlanDefined: ({ name }) => `Il piano di sconti a volume «${name}» è stato inserito nel catalogo.`,
  MainProductDefined: ({ name }) => `Il prodotto principale «${name}» è stato inserito nel catalogo.`,
  MainProductRevised: ({ name }) => `Il prodotto principale «${name}» è stato rivisto.`,
  CustomerClassDefined: ({ name }) => `La classe di clienti «${name}» è stata definita.`,
  CustomerClassRevised: ({ name, effectiveOn }, say) =>
    `La classe di clienti «${name}» è stata rivista, per i periodi di fatturazione che finiscono il ${say.day(effectiveOn)} o dopo.`,
  OfferDefined: ({ name }) => `L’offerta «${name}» è stata messa in vendita.`,
  OfferRevised: ({ name }) => `L’offerta «${name}» è stata rivista.`,
  OfferWithdrawn: () => "L’offerta è stata ritirata dalla vendita.",
  OfferPutBackOnSale: () => "L’offerta è stata rimessa in vendita.",
  OfferDeleted: () => "L’offerta è stata eliminata.",
  ServicePolicyDefined: ({ name }) => `Il criterio di servizio «${name}» è stato inserito nel catalogo.`,
  ServicePolicyRevised: ({ name }) => `Il criterio di servizio «${name}» è stato modificato.`,
  TariffDefined: ({ name, clonedFrom }, say) =>
    clonedFrom === undefined
      ? `Il listino «${name}» è stato inserito nel catalogo.`
      : `Il listino «${name}» è stato inserito nel catalogo, con le tariffe di «${say.name("TARIFF", clonedFrom)}».`,
  TariffRevised: ({ name }) => `Il listino «${name}» è stato modificato.`,
  RatesChanged: ({ rates }, say) => `Sono state aggiunte tariffe: ${say.count(rates.length)}.`,
  RatesRemoved: ({ rates }, say) => `Sono state tolte tariffe future: ${say.count(rates.length)}.`,

  MailTemplateDefined: ({ kind, language, customerClassId }, say) =>
    `È stato definito il testo delle e-mail (${say.words.mails[kind]}, ${say.words.languages[language]}) per ${
      customerClassId === null
        ? "i clienti di ogni classe"
        : `la classe «${say.name("CUSTOMER_CLASS", customerClassId)}»`
    }.`,
  MailTemplateReset: () => "Il testo è stato ripristinato: le e-mail hanno il testo che avrebbero senza di esso.",

  KeyGranted: ({ roles, expiresAt, personal }, say) =>
    `La chiave API «${personal.label}» è stata concessa: ${roles.map((role) => say.words.keyRoles[role]).join(", ")}${
      expiresAt === null ? "" : `, fino a ${say.at(expiresAt)}`
    }.`,
  KeyRevoked: () => "La chiave API è stata revocata.",

  EdgeRegistered: ({ name }) => `L’edge SIP «${name}» è stato registrato.`,
  EdgeRevised: ({ name }) => `L’edge SIP «${name}» è stato modificato.`,
  EdgeSecretRotated: ({ previousUntil }, say) =>
    `L’edge SIP ha ricevuto un altro segreto; il precedente vale fino al ${say.at(previousUntil)}.`,
  EdgeRetired: () => "L’edge SIP è stato ritirato: viene rifiutato.",
};
