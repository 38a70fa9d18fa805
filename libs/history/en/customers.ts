import { aliasTerms } from "../facts/alias.js";
import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of customers, their accounts and people. */
export const CUSTOMERS_EN: Sentences<
  | TypesOf<"CUSTOMER" | "ZENDESK" | "ACCOUNT" | "PERSON" | "TICKET">
  | "IdentifierReserved"
  | "IdentifierReleased"
  | "CallsRecorded"
> = {
  CustomerCreated: ({ personal }) => `The customer “${personal.name}” was created.`,
  CustomerContactChanged: () => "The contact data were changed.",
  CustomerBillingChanged: ({ billingPeriod, anniversaryDay, timeZone, inForceFrom }, say) => {
    const period = say.words.billingPeriods[billingPeriod];
    const billed = anniversaryDay === undefined ? period : say.words.anniversary(period, say.count(anniversaryDay));
    return `From ${say.day(inForceFrom)} on, the customer is billed ${billed}, in the time zone ${timeZone}.`;
  },
  CustomerTimeZoneChanged: ({ timeZone, inForceFrom }, say) =>
    `From ${say.day(inForceFrom)} on, the customer’s time zone is ${timeZone}.`,
  CustomerCreditLimitChanged: ({ creditLimit }, say) => `The credit limit was set to ${say.money(creditLimit)}.`,
  CustomerClassSet: ({ customerClassId, effectiveOn }, say) =>
    customerClassId === null
      ? `From ${say.day(effectiveOn)} on, the customer has no class.`
      : `From ${say.day(effectiveOn)} on, the customer is of the class “${say.name("CUSTOMER_CLASS", customerClassId)}”.`,
  SubscriptionDiscountRateSet: ({ rate, effectiveOn }, say) =>
    rate === null
      ? `From ${say.day(effectiveOn)} on, the commitments’ own discounts count: the discount rate was removed.`
      : `From ${say.day(effectiveOn)} on, a discount rate of ${say.percent(rate)} counts in place of the commitments’ own discounts.`,
  CustomerSuspended: ({ effectiveOn, origin }, say) =>
    `The service is suspended from ${say.day(effectiveOn)} on${origin === undefined ? "" : ", for non-payment"}.`,
  CustomerUnsuspended: ({ effectiveOn, origin }, say) =>
    `The suspension ${origin === undefined ? "" : "for non-payment "}was lifted: the service is charged from ${say.day(effectiveOn)} on.`,
  ScheduledChangeCancelled: ({ what, effectiveOn }, say) =>
    `The ${say.words.scheduledChanges[what]} that was ordered for ${say.day(effectiveOn)} was cancelled.`,
  CustomerClosed: ({ effectiveOn }, say) => `The customer was closed: ${say.day(effectiveOn)} is the last charged day.`,

  CustomerLinkedToZendesk: ({ organizationId, by, personal }, say) =>
    `The customer was linked to the Zendesk organization “${personal.organizationName}” (${organizationId}) ${say.words.linkMakers[by]}${
      personal.claimedAgent === undefined ? "" : `, by an agent who goes by “${personal.claimedAgent}”`
    }.`,
  CustomerUnlinkedFromZendesk: ({ organizationId, because }, say) =>
    `The customer is no longer linked to the Zendesk organization ${organizationId}, ${say.words.unlinked[because]}.`,
  ZendeskNameTaken: ({ organizationId }) =>
    `Zendesk has an organization of the customer’s name that is nobody’s (${organizationId}): it was left alone.`,
  ZendeskDomainAdded: ({ organizationId, domain }) =>
    domain === null
      ? `The Zendesk organization ${organizationId} has no domain of ours any more.`
      : `The domain ${domain} is given to the Zendesk organization ${organizationId}.`,
  ZendeskContactUntouched: ({ userId, because }, say) =>
    `The Zendesk user ${userId} was left as it is: ${say.words.untouched[because]}.`,

  AccountOpened: ({ mainProductId, personal }, say) =>
    `The account “${personal.identifier}” was opened, with the main product “${say.name("MAIN_PRODUCT", mainProductId)}”.`,
  MainProductChanged: ({ mainProductId }, say) =>
    `The main product was changed to “${say.name("MAIN_PRODUCT", mainProductId)}”.`,
  AliasAdded: (added, say) => `The alias “${added.personal.alias}” was added${aliasTerms(added, say)}.`,
  AliasChanged: ({ role, allowAuthentication, personal }, { words }) =>
    `The alias “${personal.alias}” was changed: ${words.and([words.aliasRoles[role], words.authentication(allowAuthentication)])}.`,
  AliasRemoved: ({ personal }) => `The alias “${personal.alias}” was removed.`,
  AccountVoiceConfigured: () => "How calls of the account are served was changed.",
  AccountClosed: ({ effectiveOn }, say) => `The account was closed: ${say.day(effectiveOn)} is the last charged day.`,
  IdentifierReserved: ({ ownerId }, say) =>
    `An identifier was reserved for the account “${say.name("ACCOUNT", ownerId)}”.`,
  IdentifierReleased: ({ ownerId }, say) =>
    `An identifier of the account “${say.name("ACCOUNT", ownerId)}” can be reserved again.`,

  PersonInvited: ({ personal }) => `“${personal.name}” (${personal.email}) was invited to act for the customer.`,
  PersonLinkIssued: ({ expiresAt }, say) => `A link to sign in was issued, good until ${say.at(expiresAt)}.`,
  PersonLinkUsed: () => "The person signed in by a link.",
  PersonAccountLinked: ({ by, personal }) =>
    `The person comes in by the account ${personal.subject} at ${personal.issuer}, shown by ${
      by === "SESSION" ? "a session of its own" : "its verified address"
    }.`,
  PersonRemoved: () => "The person was removed, and is let in no more.",
  TicketRequested: ({ personal }) => `${personal.requester.name} asked support for help: “${personal.subject}”.`,

  CallsRecorded: ({ calls, hour }, say) =>
    `Calls of the hour from ${say.at(hour)} on were recorded: ${say.count(calls.length)}.`,
};
