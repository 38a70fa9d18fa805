import { registerEnumType } from "@nestjs/graphql";
import { type BillingPeriodType } from "#domain/billing-periods.js";
import { type DiscountOrigin, type LineKind } from "#domain/billing/line.js";
import { type StepKind } from "#domain/collection/collection.js";
import { type CommitmentStatus } from "#domain/commitments/commitment.js";
import { type CustomerStatus } from "#domain/customers/customer.js";
import { type PenaltyStrategy } from "#domain/catalog/events.js";
import { type RedirectAction } from "#domain/catalog/service-policy.js";
import { type SipTransport } from "#domain/catalog/voice-service.js";
import { type VoiceOrigin, type VoiceState } from "#domain/voice/in-service.js";
import { type EffectiveMode } from "#domain/voice/effective.js";
import { type RateChangeKind } from "#domain/voice/rate-changes.js";
import { type RateStepName, type RateStepUnit } from "#domain/voice/rate-test.js";
import { type DurationRounding, type RateKey } from "#domain/voice/rate-version.js";
import { type ScheduledChangeKind } from "#domain/customers/events.js";
import { type GivenDiscountEnd } from "#domain/commitments/choose-discount-end.js";
import { type DiscountEndKind } from "#domain/commitments/events.js";
import { type UpgradeCommitment } from "#domain/commitments/upgrade.js";
import { type EntitlementState } from "#domain/entitlements/entitlements.js";
import { type DateFormatName } from "#domain/date-format.js";
import { type Language } from "#domain/language.js";
import { type MailKind } from "#domain/messages/events.js";
import { type LogoType } from "#domain/providers/document-details.js";
import { type RoundingMode } from "#domain/money.js";
import { type AliasRole } from "#domain/accounts/alias-role.js";
import { type AliasKind } from "#read-models/accounts/alias-table.js";
import { type SearchedField, type SearchKind } from "#read-models/search/search-all.js";
import { type TextMatch } from "#read-models/search/text-match.js";
import { type AccountSortField as AccountSortBy } from "#read-models/accounts/queries.js";
import { type CatalogSortField as CatalogSortBy } from "#read-models/catalog/queries.js";
import { type CommitmentSortField as CommitmentSortBy } from "#read-models/commitments/queries.js";
import { type CustomerSortField as CustomerSortBy } from "#read-models/customers/queries.js";
import { type InvoiceSortField as InvoiceSortBy } from "#read-models/invoices/queries.js";
import { type ProviderSortField as ProviderSortBy } from "#read-models/providers/queries.js";
import { type CreditNotePurpose } from "#domain/invoicing/events.js";
import { type InvoiceState } from "#domain/invoicing/invoice.js";
import { type CreditNoteSortField } from "#read-models/invoices/credit-notes.js";
import { type PauseStatus } from "#domain/commitments/on-day.js";
import { type PauseRequestStatus } from "#domain/commitments/pause-request.js";
import { type ZendeskLinkMaker, type ZendeskUntouchedBecause } from "#domain/customers/zendesk-events.js";
import { type DeliveryStatus } from "#processors/deliveries/operators.js";
import { type DeliveryKind, type TargetName } from "#processors/deliveries/target.js";
import { type ReadModelStatus } from "../core/read-model-states.js";
import { codeMeanings, type ErrorCode } from "./codes.js";

/** Every value with its description: one that the domain has and GraphQL lacks does not compile. */
export const enumOf = <Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): Readonly<Record<Value, Value>> => {
  const names = Object.keys(values) as Value[];
  const object = Object.fromEntries(names.map((value) => [value, value])) as Record<Value, Value>;
  const valuesMap = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(object, { name, description, valuesMap: valuesMap as never });
  return object;
};

export const ErrorCodeEnum = enumOf<ErrorCode>(
  "ErrorCode",
  "What was refused or failed, in `errors[].extensions.code`.",
  codeMeanings,
);

export const BillingPeriodEnum = enumOf<BillingPeriodType>(
  "BillingPeriodType",
  "How the calendar is divided into billing periods.",
  {
    DAILY: "One day.",
    WEEKLY: "Monday to Sunday.",
    SEMI_MONTHLY: "The 1st to the 15th, and the 16th to the end of the month.",
    MONTHLY: "A calendar month.",
    MONTHLY_ANNIVERSARY: "A month from the customer's anniversary day.",
    THIRTY_DAYS: "Thirty days.",
    QUARTERLY: "A calendar quarter.",
    YEARLY: "A calendar year.",
  },
);

export const PenaltyStrategyEnum = enumOf<PenaltyStrategy>("PenaltyStrategy", "How an early termination is priced.", {
  SUM_OF_DISCOUNTS: "All discounts given since the commitment's start.",
  LESSER_OF_DISCOUNTS_AND_REMAINING_FEES:
    "The discounts given, or the remaining fees until the discount end date if these are less.",
  REMAINING_FEES: "The remaining fees until the discount end date, and the one-time discounts given.",
  FIXED: "The penalty amount of each row's plan, and the one-time discounts given.",
  NONE: "Nothing.",
});

export const LanguageEnum = enumOf<Language>("Language", "A language of documents and mails.", {
  EN: "English.",
  IT: "Italian.",
});

export const LogoTypeEnum = enumOf<LogoType>("LogoType", "What a logo's file is.", { PNG: "PNG.", JPEG: "JPEG." });

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

export const VoiceStateEnum = enumOf<VoiceState>("VoiceState", "Whether calls of an account go through.", {
  IN_SERVICE: "They do.",
  CLOSED: "The account is not open.",
  SUSPENDED: "The customer is suspended.",
  PAUSED: "Only paused commitments would give calls.",
  NOT_GIVEN: "No product of the account gives calls.",
});

export const VoiceOriginEnum = enumOf<VoiceOrigin>("VoiceOrigin", "Where a value comes from.", {
  ACCOUNT: "The account says it itself.",
  PRODUCT: "It is inherited from the product that gives calls.",
  DEFAULT: "Nothing says it: it is what is usual.",
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

export const RoundingModeEnum = enumOf<RoundingMode>(
  "RoundingMode",
  "How amounts are rounded to the currency's minor unit.",
  {
    HALF_UP: "To the nearest, halves away from zero.",
    HALF_EVEN: "To the nearest, halves to the even neighbour.",
    UP: "Away from zero.",
  },
);

export const DateFormatEnum = enumOf<DateFormatName>(
  "DateFormatName",
  "How dates and times are written to customers, here 31 October 2020, five past two in the afternoon.",
  {
    LANGUAGE: "As the customer's language writes dates: `31 October 2020`, `31 ottobre 2020 14:05`.",
    ISO: "`2020-10-31 14:05`.",
    US: "`10/31/2020 02:05 PM`.",
    EUROPEAN: "`31.10.2020 14:05`.",
    DD_MM_YY: "`31-10-20 14:05`, as spreadsheets write it.",
    MM_DD_YY: "`10-31-20 14:05`, as spreadsheets write it.",
    OWN: "By patterns of one's own.",
  },
);

export const MailKindEnum = enumOf<MailKind>("MailKind", "What customers are written about.", {
  INVOICE_GENERATED: "An invoice was issued; it is attached.",
  INVOICE_OVERDUE: "An invoice is overdue.",
  REMINDER: "A reminder of what is overdue.",
  ABOUT_TO_BE_SUSPENDED: "The service will be suspended for what is overdue.",
  SUSPENDED: "The service is suspended, for non-payment or by hand.",
  COMMITMENT_ENDING_SOON: "A commitment's discount ends soon.",
  COMMITMENT_TERMINATED: "A commitment has ended.",
  DISCOUNT_ENDED: "A commitment's discount has ended.",
  PAYMENT_RECEIVED: "A payment was received.",
  SIGN_IN_LINK: "A link lets a person in.",
});

export const MailTextOriginEnum = enumOf<"CLASS" | "PROVIDER" | "SHIPPED">(
  "MailTextOrigin",
  "Where the text of a mail comes from.",
  {
    CLASS: "The provider's template for the customer class.",
    PROVIDER: "The provider's template for customers of every class without one of its own.",
    SHIPPED: "The product.",
  },
);

export const OfferStatusEnum = enumOf<"ON_SALE" | "WITHDRAWN">("OfferStatus", "Whether an offer can be assigned.", {
  ON_SALE: "It can be assigned.",
  WITHDRAWN: "It is no longer sold; commitments that hold it go on.",
});

export const CustomerStatusEnum = enumOf<CustomerStatus>("CustomerStatus", "The status of a customer.", {
  ACTIVE: "It is served and billed.",
  SUSPENDED: "Its service is blocked: no recurring fee is charged.",
  CLOSED: "It is closed; its last charges are invoiced.",
});

export const ScheduledChangeKindEnum = enumOf<ScheduledChangeKind>(
  "ScheduledChangeKind",
  "What can be ordered for a coming day of a customer.",
  {
    SUSPENSION: "Its service will be blocked.",
    UNSUSPENSION: "Its service will be back.",
    RATE: "A subscription discount rate will be set, or removed.",
  },
);

export const CollectionStepKindEnum = enumOf<StepKind>("CollectionStepKind", "A step of collection.", {
  OVERDUE: "The invoice becomes overdue.",
  REMINDER: "The customer is reminded.",
  WARNING: "The customer is warned that it will be suspended.",
  SUSPENSION: "The customer is suspended.",
  TERMINATION: "The customer's commitments are terminated.",
});

export const AccountStatusEnum = enumOf<"OPEN" | "CLOSED">("AccountStatus", "The status of an account.", {
  OPEN: "It can hold commitments.",
  CLOSED: "It was closed.",
});

export const AliasKindEnum = enumOf<AliasKind>("AliasKind", "Kind of an account's identifying text.", {
  IDENTIFIER: "The identifier that it was opened with.",
  ALIAS: "A further identifier.",
});

export const AliasRoleEnum = enumOf<AliasRole>("AliasRole", "What an alias is to whoever calls.", {
  UNIVERSAL: "Anything.",
  PHONE_LINE: "A telephone line.",
  MOBILE: "A mobile phone.",
  SIP_TRUNK: "A SIP trunk.",
});

export const TextMatchEnum = enumOf<TextMatch>("TextMatch", "How a text is compared with a value.", {
  EXACT: "It is the value.",
  STARTS_WITH: "It starts with the value.",
  CONTAINS: "It contains the value.",
  ENDS_WITH: "It ends with the value.",
});

export const CommitmentStatusEnum = enumOf<CommitmentStatus>(
  "CommitmentStatus",
  "The status of a commitment on the customer's today.",
  {
    PENDING: "Its first charged day is still to come.",
    ACTIVE: "It has started and goes on; served and charged unless its customer is suspended.",
    PAUSED: "The day is one of a pause: neither served nor charged.",
    TERMINATED: "Its last charged day has passed.",
  },
);

export const DiscountEndKindEnum = enumOf<DiscountEndKind>("DiscountEndKind", "Where a discount end date comes from.", {
  DEFAULT: "The offer's discount period, counted from the start or from an upgrade.",
  MANUAL: "Set manually.",
  SYNCHRONISED: "Copied from another commitment of the account.",
});

export const NewDiscountEndKindEnum = enumOf<GivenDiscountEnd["kind"]>(
  "NewDiscountEndKind",
  "Where a new discount end date comes from.",
  {
    MANUAL: "The date given.",
    SYNCHRONISED: "The date that another commitment of the account has today.",
  },
);

export const UpgradeDiscountEndKindEnum = enumOf<UpgradeCommitment["discountEnd"]["kind"]>(
  "UpgradeDiscountEndKind",
  "Where the discount end date after an upgrade comes from.",
  {
    KEEP: "The date that the commitment has; where it has none, the new offer's discount period from that day.",
    DEFAULT: "The new offer's discount period from that day; where it has none, the date that the commitment has.",
    MANUAL: "The date given.",
    SYNCHRONISED: "The date that another commitment of the account has today.",
  },
);

export const PauseStatusEnum = enumOf<PauseStatus>("PauseStatus", "The status of a pause on the customer's today.", {
  SCHEDULED: "Its first paused day is still to come.",
  RUNNING: "The day is one of its paused days.",
  ENDED: "Its last paused day has passed.",
  CANCELLED: "It was cancelled before it began, or its commitment was terminated before.",
});

export const PauseRequestStatusEnum = enumOf<PauseRequestStatus>(
  "PauseRequestStatus",
  "What became of a customer's request for a pause.",
  {
    OPEN: "It waits for an answer.",
    APPROVED: "The pause was ordered.",
    DECLINED: "It was refused, with a reason.",
    WITHDRAWN: "The customer took it back.",
    LAPSED: "Its first day began before it was answered.",
  },
);

export const LineKindEnum = enumOf<LineKind>("LineKind", "What a line charges.", {
  RECURRING: "A recurring fee for days of a billing period.",
  ONE_TIME: "A one-time fee, charged on the day of sign-up or upgrade.",
  PENALTY: "The penalty of an early termination.",
  PENALTY_WAIVED: "The credit of a waived penalty.",
  TRANSFER_FEE: "The fee of a transfer, charged to the receiver.",
  USAGE: "Calls of an account, by tariff, direction and prefix.",
  ADJUSTMENT: "The correction of a closed period: what it should have charged, less what was billed.",
});

export const DiscountOriginEnum = enumOf<DiscountOrigin>("DiscountOrigin", "Where a discount comes from.", {
  COMMITMENT: "The commitment: an early termination claims it back.",
  CUSTOMER_RATE: "The customer's subscription discount rate: never claimed back.",
});

export const EntitlementStateEnum = enumOf<EntitlementState>(
  "EntitlementState",
  "Whether an add-on product can be used on a day.",
  {
    SERVED: "It can be used; on the day of `resumeCommitment` already, although that day is not charged.",
    PAUSED: "The day is one of a pause of the commitment.",
    SUSPENDED: "The customer's service is blocked.",
  },
);

export const InvoiceStateEnum = enumOf<InvoiceState>("InvoiceState", "Whether an invoice is paid.", {
  UNPAID: "Nothing was paid yet.",
  PARTIALLY_PAID: "A part was paid, by money or by credit.",
  VOID: "It is void: nothing of it is owed.",
  PAID: "Nothing is left to pay.",
  OVERDUE: "Something is left to pay, and the due date has passed.",
  WRITTEN_OFF: "What was left to pay was given up.",
});

export const CreditNotePurposeEnum = enumOf<CreditNotePurpose>("CreditNotePurpose", "Why there is a credit note.", {
  PERIOD: "The billing period sums below zero.",
  CORRECTION: "It corrects a closed billing period at once.",
  VOID: "It voids an invoice.",
  GOODWILL: "It credits an amount without a charge behind it.",
});

export const CreditNoteSortFieldEnum = enumOf<CreditNoteSortField>(
  "CreditNoteSortField",
  "What credit notes are sorted by.",
  {
    NUMBER: "Their number.",
    ISSUED: "Their date.",
  },
);

export const CatalogSortField = enumOf<CatalogSortBy>("CatalogSortField", "What catalog items are sorted by.", {
  CREATED: "The order in which they were defined.",
  NAME: "Their name.",
  UPDATED: "When they last changed.",
});

export const ReadModelStatusEnum = enumOf<ReadModelStatus>("ReadModelStatus", "How a read model stands.", {
  CATCHING_UP: "It reads what was recorded before: since it was built, or because it fell behind.",
  LIVE: "It follows what is recorded.",
  STALLED: "It has stopped for some provider, before an event that it cannot take; for all others it goes on.",
  FAILED: "It has stopped, and is tried again.",
});

export const SearchKindEnum = enumOf<SearchKind>("SearchKind", "What a search finds.", {
  CUSTOMER: "A customer.",
  ACCOUNT: "An account.",
  COMMITMENT: "A commitment.",
  INVOICE: "An issued invoice.",
  CREDIT_NOTE: "An issued credit note.",
});

export const SearchedFieldEnum = enumOf<SearchedField>("SearchedField", "What of a hit matched.", {
  ID: "Its id, by its beginning.",
  NAME: "The customer's name.",
  EMAIL: "The customer's e-mail address.",
  PHONE: "The customer's phone number.",
  IDENTIFIER: "The account's identifier.",
  ALIAS: "One of the account's aliases.",
  NUMBER: "The document's number.",
});

export const CustomerSortField = enumOf<CustomerSortBy>("CustomerSortField", "What customers are sorted by.", {
  CREATED: "The order in which they were created.",
  NAME: "Their name.",
  EMAIL: "Their e-mail address; those without one come first.",
  UPDATED: "When they last changed.",
  STATUS: "Their status: by its name.",
  BALANCE: "Their `balanceDue`, whatever the currency.",
});

export const AccountSortField = enumOf<AccountSortBy>("AccountSortField", "What accounts are sorted by.", {
  CREATED: "The order in which they were opened.",
  IDENTIFIER: "Their identifier.",
  OPENED: "The day they were opened.",
});

export const CommitmentSortField = enumOf<CommitmentSortBy>("CommitmentSortField", "What commitments are sorted by.", {
  CREATED: "The order in which they were assigned.",
  START: "Their first charged day.",
  NAME: "The offer's name.",
  DISCOUNT_END: "Their discount end date; those without one come last.",
  TERMINATED: "Their last charged day; those without one come last.",
});

export const InvoiceSortField = enumOf<InvoiceSortBy>("InvoiceSortField", "What invoices are sorted by.", {
  ISSUED: "Issue date.",
  DUE: "Due date.",
  TOTAL: "Total.",
  NUMBER: "Number.",
});

export const ProviderSortField = enumOf<ProviderSortBy>("ProviderSortField", "What providers are sorted by.", {
  CREATED: "The order in which they were created.",
  NAME: "Their name.",
});

/** What `Customer.zendesk` says. */
export type ZendeskStatus = "LINKED" | "NOT_LINKED" | "NAME_TAKEN";

export const ZendeskStatusEnum = enumOf<ZendeskStatus>("ZendeskStatus", "What a customer is in Zendesk.", {
  LINKED: "It is an organization.",
  NOT_LINKED: "It is none, or not yet.",
  NAME_TAKEN: "It is none: an organization that is nobody's has its name, and may be linked by hand.",
});

export const ZendeskLinkMakerEnum = enumOf<ZendeskLinkMaker>("ZendeskLinkMaker", "Who linked a customer.", {
  PROVISIONING: "The product itself, when it made the organization.",
  PERSON: "A person of the provider.",
  ZENDESK_APP: "Somebody in the app inside Zendesk.",
});

export const ZendeskUntouchedBecauseEnum = enumOf<ZendeskUntouchedBecause>(
  "ZendeskUntouchedBecause",
  "Why a user of Zendesk was left as it is.",
  {
    NOT_END_USER: "It is an agent or administrator.",
    OTHER_ORGANIZATION: "It belongs to another organization.",
    OTHER_USER: "It is not the user that stands for the customer's contact.",
  },
);

export const TargetNameEnum = enumOf<TargetName>("TargetName", "A system outside that deliveries go to.", {
  EMAIL: "Mails to customers.",
  ODOO: "Signals to Odoo CRM.",
  ZENDESK: "Organizations, users and tickets of Zendesk.",
});

export const DeliveryStatusEnum = enumOf<DeliveryStatus>("DeliveryStatus", "What became of a delivery.", {
  PENDING: "It is to be sent.",
  DELIVERED: "The target has taken it; it is never sent again.",
  PARKED: "It was given up until an operator decides, and holds its customer's later ones to the target.",
  DISCARDED: "It is never sent.",
});

export const DeliveryKindEnum = enumOf<DeliveryKind>("DeliveryKind", "What is delivered to a target.", {
  INVOICE_GENERATED: "An invoice was issued.",
  INVOICE_OVERDUE: "An invoice is overdue.",
  REMINDER: "A reminder of an unpaid invoice.",
  ABOUT_TO_BE_SUSPENDED: "The customer is suspended soon unless it pays.",
  SUSPENDED: "The customer was suspended.",
  COMMITMENT_ENDING_SOON: "A commitment's discount ends soon.",
  COMMITMENT_TERMINATED: "A commitment was terminated.",
  DISCOUNT_ENDED: "A commitment's discount has ended.",
  PAYMENT_RECEIVED: "A payment was received.",
  SIGN_IN_LINK: "A link lets a person in.",
  CUSTOMER_SUSPENDED: "The customer's service is blocked: a system of operators is told.",
  CUSTOMER_UNSUSPENDED: "The customer's service is back: a system of operators is told.",
  ORGANIZATION_UPSERTED: "The customer's organization is made, or kept as the customer is.",
  USER_UPSERTED: "The user of the customer's contact is made, or kept as the contact is.",
  ORGANIZATION_LINKED: "An organization gets the customer's id and address, because somebody linked it.",
  ORGANIZATION_UNLINKED: "An organization loses the customer's id and address.",
  TICKET_CREATED: "A ticket is opened, because the customer asked for help.",
});
