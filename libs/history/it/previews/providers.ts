import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on a provider, its catalog, texts and keys. */
export const PROVIDER_PREVIEWS_IT: Sentences<
  PreviewedOf<"PROVIDER" | "CLOCK" | "CATALOG" | "MAIL_TEMPLATE" | "KEY" | "EDGE">
> = {
  ProviderCreated: ({ name }) => `Il provider «${name}» sarà creato.`,
  ProviderSettingsChanged: () => "Le impostazioni del provider saranno modificate.",
  EventQuarantined: ({ eventType, revision, stream }) =>
    `L’evento ${eventType}, revisione ${revision} di ${stream}, sarà messo in quarantena: i modelli di lettura lo ignorano.`,
  DocumentDetailsChanged: () => "I dati del provider nei documenti saranno modificati.",
  TestClockSet: ({ at }, say) => `Il tempo del provider sarà quello di un orologio di prova, fermo al ${say.at(at)}.`,
  ClockAdvanceOrdered: ({ to }, say) => `L’orologio di prova avanzerà fino al ${say.at(to)}.`,

  SubscriptionDefined: ({ name }) => `Il piano «${name}» sarà inserito nel catalogo.`,
  SubscriptionRevised: ({ name }) =>
    `Il piano «${name}» sarà rivisto: gli impegni in corso mantengono i loro canoni finché non sono rinnovati.`,
  AddOnProductDefined: ({ name, voice }) =>
    `Il prodotto aggiuntivo «${name}» sarà inserito nel catalogo${calls(voice)}.`,
  VolumeDiscountPlanDefined: ({ name }) => `Il piano di sconti a volume «${name}» sarà inserito nel catalogo.`,
  MainProductDefined: ({ name, voice }) =>
    `Il prodotto principale «${name}» sarà inserito nel catalogo${calls(voice)}.`,
  MainProductRevised: ({ name, voice }) => `Il prodotto principale «${name}» sarà rivisto${calls(voice)}.`,
  CustomerClassDefined: ({ name }) => `La classe di clienti «${name}» sarà definita.`,
  CustomerClassRevised: ({ name, effectiveOn }, say) =>
    `La classe di clienti «${name}» sarà rivista, per i periodi di fatturazione che finiscono il ${say.day(effectiveOn)} o dopo.`,
  OfferDefined: ({ name }) => `L’offerta «${name}» sarà messa in vendita.`,
  OfferRevised: ({ name }) =>
    `L’offerta «${name}» sarà rivista: gli impegni in corso mantengono le loro condizioni finché non sono rinnovati.`,
  OfferWithdrawn: () => "L’offerta sarà ritirata dalla vendita.",
  OfferPutBackOnSale: () => "L’offerta sarà rimessa in vendita.",
  OfferDeleted: () => "L’offerta sarà eliminata.",
  ServicePolicyDefined: ({ name }) => `Il criterio di servizio «${name}» sarà inserito nel catalogo.`,
  ServicePolicyRevised: ({ name }) => `Il criterio di servizio «${name}» sarà modificato.`,
  TariffDefined: ({ name, clonedFrom }, say) =>
    clonedFrom === undefined
      ? `Il listino «${name}» sarà inserito nel catalogo.`
      : `Il listino «${name}» sarà inserito nel catalogo, con le tariffe di «${say.name("TARIFF", clonedFrom)}».`,
  TariffRevised: ({ name }) => `Il listino «${name}» sarà modificato.`,
  RatesChanged: ({ rates }, say) => `Saranno aggiunte tariffe: ${say.count(rates.length)}.`,
  RatesRemoved: ({ rates }, say) => `Saranno tolte tariffe future: ${say.count(rates.length)}.`,

  MailTemplateDefined: ({ kind, language, customerClassId }, say) =>
    `Sarà definito il testo delle e-mail (${say.words.mails[kind]}, ${say.words.languages[language]}) per ${
      customerClassId === null
        ? "i clienti di ogni classe"
        : `la classe «${say.name("CUSTOMER_CLASS", customerClassId)}»`
    }.`,
  MailTemplateReset: () => "Il testo sarà ripristinato: le e-mail avranno il testo che avrebbero senza di esso.",

  KeyGranted: ({ roles, expiresAt, personal }, say) =>
    `La chiave API «${personal.label}» sarà concessa: ${roles.map((role) => say.words.keyRoles[role]).join(", ")}${
      expiresAt === null ? "" : `, fino a ${say.at(expiresAt)}`
    }.`,
  KeyRevoked: () => "La chiave API sarà revocata.",

  EdgeRegistered: ({ name }) => `L’edge SIP «${name}» sarà registrato.`,
  EdgeRevised: ({ name }) => `L’edge SIP «${name}» sarà modificato.`,
  EdgeSecretRotated: ({ previousUntil }, say) =>
    `L’edge SIP riceverà un altro segreto; il precedente vale fino al ${say.at(previousUntil)}.`,
  EdgeRetired: () => "L’edge SIP sarà ritirato e rifiutato.",
};

/** What a product will say of calls: undefined, nothing; null, that it gives none. */
const calls = (voice: object | null | undefined): string =>
  voice === undefined ? "" : voice === null ? ", e non abiliterà le chiamate" : ", e abiliterà le chiamate";
