import { aliasTerms } from "../../facts/alias.js";
import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on customers, their accounts and people. */
export const CUSTOMER_PREVIEWS_IT: Sentences<
  | PreviewedOf<"CUSTOMER" | "ZENDESK" | "ACCOUNT" | "PERSON" | "TICKET">
  | Extract<PreviewedOf<"RECORD_KEEPING">, "IdentifierReserved" | "CallsRecorded">
> = {
  CustomerCreated: ({ personal }) => `Il cliente «${personal.name}» sarà creato.`,
  CustomerContactChanged: () => "I dati di contatto saranno modificati.",
  CustomerBillingChanged: ({ billingPeriod, anniversaryDay, timeZone, inForceFrom }, say) => {
    const period = say.words.billingPeriods[billingPeriod];
    const billed = anniversaryDay === undefined ? period : say.words.anniversary(period, say.count(anniversaryDay));
    return `Dal ${say.day(inForceFrom)} la fatturazione del cliente sarà: ${billed}, nel fuso orario ${timeZone}.`;
  },
  CustomerTimeZoneChanged: ({ timeZone, inForceFrom }, say) =>
    `Dal ${say.day(inForceFrom)} il fuso orario del cliente sarà ${timeZone}.`,
  CustomerCreditLimitChanged: ({ creditLimit }, say) => `Il limite di credito sarà di ${say.money(creditLimit)}.`,
  CustomerClassSet: ({ customerClassId, effectiveOn }, say) =>
    customerClassId === null
      ? `Dal ${say.day(effectiveOn)} il cliente non avrà una classe.`
      : `Dal ${say.day(effectiveOn)} il cliente sarà della classe «${say.name("CUSTOMER_CLASS", customerClassId)}».`,
  SubscriptionDiscountRateSet: ({ rate, effectiveOn }, say) =>
    rate === null
      ? `Dal ${say.day(effectiveOn)} varranno gli sconti propri degli impegni: lo sconto riservato è tolto.`
      : `Dal ${say.day(effectiveOn)} varrà uno sconto riservato del ${say.percent(rate)} al posto degli sconti propri degli impegni.`,
  CustomerSuspended: ({ effectiveOn, origin }, say) =>
    `Il servizio sarà sospeso dal ${say.day(effectiveOn)}${origin === undefined ? "" : ", per mancato pagamento"}.`,
  CustomerUnsuspended: ({ effectiveOn, origin }, say) =>
    `La sospensione ${origin === undefined ? "" : "per mancato pagamento "}sarà revocata: il servizio è addebitato dal ${say.day(effectiveOn)}.`,
  ScheduledChangeCancelled: ({ what, effectiveOn }, say) =>
    `Quanto ordinato per il ${say.day(effectiveOn)} non avrà luogo: ${say.words.scheduledChanges[what]}.`,
  CustomerClosed: ({ effectiveOn }, say) =>
    `Il cliente sarà chiuso e quanto detiene terminerà: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato.`,

  CustomerLinkedToZendesk: ({ organizationId, personal }) =>
    `Il cliente sarà collegato all’organizzazione Zendesk «${personal.organizationName}» (${organizationId}).`,
  CustomerUnlinkedFromZendesk: ({ organizationId }) =>
    `Il cliente non sarà più collegato all’organizzazione Zendesk ${organizationId}.`,

  AccountOpened: ({ mainProductId, personal }, say) =>
    `L’account «${personal.identifier}» sarà aperto, con il prodotto principale «${say.name("MAIN_PRODUCT", mainProductId)}».`,
  MainProductChanged: ({ mainProductId }, say) =>
    `Il prodotto principale sarà «${say.name("MAIN_PRODUCT", mainProductId)}».`,
  AliasAdded: (added, say) => `L’alias «${added.personal.alias}» sarà aggiunto${aliasTerms(added, say)}.`,
  AliasChanged: ({ role, allowAuthentication, personal }, { words }) =>
    `L’alias «${personal.alias}» sarà modificato: ${words.and([words.aliasRoles[role], words.authentication(allowAuthentication)])}.`,
  AliasRemoved: ({ personal }) => `L’alias «${personal.alias}» sarà tolto.`,
  AccountVoiceConfigured: () => "Cambierà il modo in cui sono servite le chiamate dell’account.",
  AccountClosed: ({ effectiveOn }, say) =>
    `L’account sarà chiuso e quanto detiene terminerà: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato.`,
  IdentifierReserved: ({ ownerId }, say) =>
    `Un identificativo sarà riservato all’account «${say.name("ACCOUNT", ownerId)}».`,

  PersonInvited: ({ personal }) => `«${personal.name}» (${personal.email}) potrà agire per il cliente, su invito.`,
  PersonLinkIssued: ({ expiresAt }, say) => `Sarà emesso un link di accesso, valido fino a ${say.at(expiresAt)}.`,
  PersonLinkUsed: () => "La persona entrerà con un link.",
  PersonAccountLinked: ({ personal }) =>
    `La persona entrerà con l’account ${personal.subject} presso ${personal.issuer}.`,
  PersonRemoved: () => "La persona sarà rimossa e non potrà più entrare.",
  TicketRequested: ({ personal }) => `Sarà chiesto aiuto all’assistenza: «${personal.subject}».`,

  CallsRecorded: ({ calls, hour }, say) =>
    `Saranno registrate le chiamate dell’ora dal ${say.at(hour)}: ${say.count(calls.length)}.`,
};
