import { aliasTerms } from "../../facts/alias.js";
import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on customers, their accounts and people. */
export const CUSTOMER_PREVIEWS_EN: Sentences<
  | PreviewedOf<"CUSTOMER" | "ZENDESK" | "ACCOUNT" | "PERSON" | "TICKET">
  | Extract<PreviewedOf<"RECORD_KEEPING">, "IdentifierReserved" | "CallsRecorded">
> = {
  CustomerCreated: ({ personal }) => `The customer “${personal.name}” will be created.`,
  CustomerContactChanged: () => "The contact data will be changed.",
  CustomerBillingChanged: ({ billingPeriod, anniversaryDay, timeZone, inForceFrom }, say) => {
    const period = say.words.billingPeriods[billingPeriod];
    const billed = anniversaryDay === undefined ? period : say.words.anniversary(period, say.count(anniversaryDay));
    return `From ${say.day(inForceFrom)} on, the customer will be billed ${billed}, in the time zone ${timeZone}.`;
  },
  CustomerTimeZoneChanged: ({ timeZone, inForceFrom }, say) =>
    `From ${say.day(inForceFrom)} on, the customer’s time zone will be ${timeZone}.`,
  CustomerCreditLimitChanged: ({ creditLimit }, say) => `The credit limit will be ${say.money(creditLimit)}.`,
  CustomerClassSet: ({ customerClassId, effectiveOn }, say) =>
    customerClassId === null
      ? `From ${say.day(effectiveOn)} on, the customer will have no class.`
      : `From ${say.day(effectiveOn)} on, the customer will be of the class “${say.name("CUSTOMER_CLASS", customerClassId)}”.`,
  SubscriptionDiscountRateSet: ({ rate, effectiveOn }, say) =>
    rate === null
      ? `From ${say.day(effectiveOn)} on, the commitments’ own discounts will count: the discount rate is removed.`
      : `From ${say.day(effectiveOn)} on, a discount rate of ${say.percent(rate)} will count in place of the commitments’ own discounts.`,
  CustomerSuspended: ({ effectiveOn, origin }, say) =>
    `The service will be suspended from ${say.day(effectiveOn)} on${origin === undefined ? "" : ", for non-payment"}.`,
  CustomerUnsuspended: ({ effectiveOn, origin }, say) =>
    `The suspension ${origin === undefined ? "" : "for non-payment "}will be lifted: the service is charged from ${say.day(effectiveOn)} on.`,
  ScheduledChangeCancelled: ({ what, effectiveOn }, say) =>
    `The ${say.words.scheduledChanges[what]} that is ordered for ${say.day(effectiveOn)} will not take place.`,
  CustomerClosed: ({ effectiveOn }, say) =>
    `The customer will be closed, and all that it holds will end: ${say.day(effectiveOn)} is the last charged day.`,

  CustomerLinkedToZendesk: ({ organizationId, personal }) =>
    `The customer will be linked to the Zendesk organization “${personal.organizationName}” (${organizationId}).`,
  CustomerUnlinkedFromZendesk: ({ organizationId }) =>
    `The customer will no longer be linked to the Zendesk organization ${organizationId}.`,

  AccountOpened: ({ mainProductId, personal }, say) =>
    `The account “${personal.identifier}” will be opened, with the main product “${say.name("MAIN_PRODUCT", mainProductId)}”.`,
  MainProductChanged: ({ mainProductId }, say) =>
    `The main product will be “${say.name("MAIN_PRODUCT", mainProductId)}”.`,
  AliasAdded: (added, say) => `The alias “${added.personal.alias}” will be added${aliasTerms(added, say)}.`,
  AliasChanged: ({ role, allowAuthentication, personal }, { words }) =>
    `The alias “${personal.alias}” will be changed: ${words.and([words.aliasRoles[role], words.authentication(allowAuthentication)])}.`,
  AliasRemoved: ({ personal }) => `The alias “${personal.alias}” will be removed.`,
  AccountVoiceConfigured: () => "How calls of the account are served will be changed.",
  AccountClosed: ({ effectiveOn }, say) =>
    `The account will be closed, and all that it holds will end: ${say.day(effectiveOn)} is the last charged day.`,
  IdentifierReserved: ({ ownerId }, say) =>
    `An identifier will be reserved for the account “${say.name("ACCOUNT", ownerId)}”.`,

  PersonInvited: ({ personal }) => `“${personal.name}” (${personal.email}) will be invited to act for the customer.`,
  PersonLinkIssued: ({ expiresAt }, say) => `A link to sign in will be issued, good until ${say.at(expiresAt)}.`,
  PersonLinkUsed: () => "The person will sign in by a link.",
  PersonAccountLinked: ({ personal }) =>
    `The person will come in by the account ${personal.subject} at ${personal.issuer}.`,
  PersonRemoved: () => "The person will be removed, and let in no more.",
  TicketRequested: ({ personal }) => `Support will be asked for help: “${personal.subject}”.`,

  CallsRecorded: ({ calls, hour }, say) =>
    `Calls of the hour from ${say.at(hour)} on will be recorded: ${say.count(calls.length)}.`,
};
