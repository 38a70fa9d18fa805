import { aliasTerms } from "../facts/alias.js";
import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of customers, their accounts and people. */
export const CUSTOMERS_IT: Sentences<
  | TypesOf<"CUSTOMER" | "ZENDESK" | "ACCOUNT" | "PERSON" | "TICKET">
  | "IdentifierReserved"
  | "IdentifierReleased"
  | "CallsRecorded"
> = {
  CustomerCreated: ({ personal }) => `Il cliente «${personal.name}» è stato creato.`,
  CustomerContactChanged: () => "I dati di contatto sono stati modificati.",
  CustomerBillingChanged: ({ billingPeriod, anniversaryDay, timeZone, inForceFrom }, say) => {
    const period = say.words.billingPeriods[billingPeriod];
    const billed = anniversaryDay === undefined ? period : say.words.anniversary(period, say.count(anniversaryDay));
    return `Dal ${say.day(inForceFrom)} la fatturazione del cliente è: ${billed}, nel fuso orario ${timeZone}.`;
  },
  CustomerTimeZoneChanged: ({ timeZone, inForceFrom }, say) =>
    `Dal ${say.day(inForceFrom)} il fuso orario del cliente è ${timeZone}.`,
  CustomerCreditLimitChanged: ({ creditLimit }, say) =>
    `Il limite di credito è stato fissato a ${say.money(creditLimit)}.`,
  CustomerClassSet: ({ customerClassId, effectiveOn }, say) =>
    customerClassId === null
      ? `Dal ${say.day(effectiveOn)} il cliente non ha una classe.`
      : `Dal ${say.day(effectiveOn)} il cliente è della classe «${say.name("CUSTOMER_CLASS", customerClassId)}».`,
  SubscriptionDiscountRateSet: ({ rate, effectiveOn }, say) =>
    rate === null
      ? `Dal ${say.day(effectiveOn)} valgono gli sconti propri degli impegni: lo sconto riservato è stato tolto.`
      : `Dal ${say.day(effectiveOn)} vale uno sconto riservato del ${say.percent(rate)} al posto degli sconti propri degli impegni.`,
  CustomerSuspended: ({ effectiveOn, origin }, say) =>
    `Il servizio è sospeso dal ${say.day(effectiveOn)}${origin === undefined ? "" : ", per mancato pagamento"}.`,
  CustomerUnsuspended: ({ effectiveOn, origin }, say) =>
    `La sospensione ${origin === undefined ? "" : "per mancato pagamento "}è stata revocata: il servizio è addebitato dal ${say.day(effectiveOn)}.`,
  ScheduledChangeCancelled: ({ what, effectiveOn }, say) =>
    `Annullamento di quanto ordinato per il ${say.day(effectiveOn)}: ${say.words.scheduledChanges[what]}.`,
  CustomerClosed: ({ effectiveOn }, say) =>
    `Il cliente è stato chiuso: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato.`,

  CustomerLinkedToZendesk: ({ organizationId, by, personal }, say) =>
    `Il cliente è stato collegato all’organizzazione Zendesk «${personal.organizationName}» (${organizationId}) ${say.words.linkMakers[by]}${
      personal.claimedAgent === undefined ? "" : `, da un agente che si presenta come «${personal.claimedAgent}»`
    }.`,
  CustomerUnlinkedFromZendesk: ({ organizationId, because }, say) =>
    `Il cliente non è più collegato all’organizzazione Zendesk ${organizationId}, ${say.words.unlinked[because]}.`,
  ZendeskNameTaken: ({ organizationId }) =>
    `Zendesk ha un’organizzazione con il nome del cliente che non è di nessuno (${organizationId}): è rimasta com’era.`,
  ZendeskDomainAdded: ({ organizationId, domain }) =>
    domain === null
      ? `L’organizzazione Zendesk ${organizationId} non ha più un dominio dato da noi.`
      : `Il dominio ${domain} è assegnato all’organizzazione Zendesk ${organizationId}.`,
  ZendeskContactUntouched: ({ userId, because }, say) =>
    `L’utente Zendesk ${userId} è rimasto com’era: ${say.words.untouched[because]}.`,

  AccountOpened: ({ mainProductId, personal }, say) =>
    `L’account «${personal.identifier}» è stato aperto, con il prodotto principale «${say.name("MAIN_PRODUCT", mainProductId)}».`,
  MainProductChanged: ({ mainProductId }, say) =>
    `Il prodotto principale è ora «${say.name("MAIN_PRODUCT", mainProductId)}».`,
  AliasAdded: (added, say) => `L’alias «${added.personal.alias}» è stato aggiunto${aliasTerms(added, say)}.`,
  AliasChanged: ({ role, allowAuthentication, personal }, { words }) =>
    `L’alias «${personal.alias}» è stato modificato: ${words.and([words.aliasRoles[role], words.authentication(allowAuthentication)])}.`,
  AliasRemoved: ({ personal }) => `L’alias «${personal.alias}» è stato tolto.`,
  AccountVoiceConfigured: () => "È cambiato il modo in cui sono servite le chiamate dell’account.",
  AccountClosed: ({ effectiveOn }, say) =>
    `L’account è stato chiuso: il ${say.day(effectiveOn)} è l’ultimo giorno addebitato.`,
  IdentifierReserved: ({ ownerId }, say) =>
    `Un identificativo è stato riservato all’account «${say.name("ACCOUNT", ownerId)}».`,
  IdentifierReleased: ({ ownerId }, say) =>
    `Un identificativo dell’account «${say.name("ACCOUNT", ownerId)}» è di nuovo disponibile.`,

  PersonInvited: ({ personal }) => `«${personal.name}» (${personal.email}) può ora agire per il cliente, su invito.`,
  PersonLinkIssued: ({ expiresAt }, say) => `È stato emesso un link di accesso, valido fino a ${say.at(expiresAt)}.`,
  PersonLinkUsed: () => "La persona è entrata con un link.",
  PersonAccountLinked: ({ by, personal }) =>
    `La persona entra con l’account ${personal.subject} presso ${personal.issuer}, come mostra ${
      by === "SESSION" ? "una sua sessione" : "il suo indirizzo verificato"
    }.`,
  PersonRemoved: () => "La persona è stata rimossa e non può più entrare.",
  TicketRequested: ({ personal }) =>
    `${personal.requester.name} ha chiesto aiuto all’assistenza: «${personal.subject}».`,

  CallsRecorded: ({ calls, hour }, say) =>
    `Sono state registrate le chiamate dell’ora dal ${say.at(hour)}: ${say.count(calls.length)}.`,
};
