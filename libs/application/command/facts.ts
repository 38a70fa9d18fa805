import { type OfferFacts } from "#domain/catalog/offer.js";
import { type VoiceItems } from "#domain/catalog/voice-service.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type LedgerLine } from "#domain/billing/recorded-billing.js";
import { type LocalDate } from "#domain/calendar.js";
import { type BasisEntry } from "#domain/invoicing/events.js";
import { type Customer } from "#domain/customers/customer.js";
import { type OrganizationFacts } from "#domain/customers/link-zendesk.js";
import { type Person } from "#domain/people/person.js";
import { type Provider } from "#domain/providers/provider.js";
import { type MoneyFacts } from "#domain/receivables/payments.js";
import { type KnownCall } from "#domain/voice/rate-calls.js";
import { type VoiceCatalog } from "#domain/voice/in-service.js";
import { type RateVersion } from "#domain/voice/rate-version.js";
import { type RateName } from "#domain/voice/rates.js";
import { type Tariff } from "#domain/voice/tariff.js";
import { type RecordedVersion } from "#domain/voice/xdr.js";
import { type CatalogKind } from "#read-models/catalog/table.js";
import { type Named, type NamedFacts } from "#read-models/facts/named.js";
import { type Processed } from "./idempotency.js";

/** A provider and a command as projected, from one query. */
export interface Standing {
  /** null: not projected yet. */
  readonly provider: Provider | null;
  /** null: no accepted command is projected. */
  readonly processed: Processed | null;
}

/** What charges are computed from, with the streams that it was loaded from. */
export interface BasedBilling extends CustomerBilling {
  readonly basis: readonly BasisEntry[];
}

export interface IssuedInvoice {
  readonly customerId: string;
  /** The earliest day of the billing periods that its lines belong to. */
  readonly from: LocalDate;
}

export interface AccountFacts {
  readonly customer: Customer | null;
  readonly mainProductExists: boolean;
}

/** What calls are charged by: states by id, of tariffs with the versions of their rates that were asked for. */
export interface ChargingFacts {
  readonly customers: ReadonlyMap<string, Customer>;
  readonly tariffs: ReadonlyMap<string, { readonly tariff: Tariff; readonly rates: readonly RecordedVersion[] }>;
}

/**
 * The port through which commands read aggregates other than their own: states as projected. libs/read-models/facts
 * implements it in SQL, spec-support/memory-facts.ts on a store in memory.
 */
export interface FactSource {
  /** null: not known yet. */
  provider(providerId: string): Promise<Provider | null>;
  standing(providerId: string, commandId: string): Promise<Standing>;
  /** The provider's secret for hashing identifiers, created when first needed. */
  identifierKey(providerId: string): Promise<Uint8Array>;
  /** The event before which read models of the provider stand still, if it is this one. */
  stalledEvent(
    providerId: string,
    event: { readonly stream: string; readonly revision: string },
  ): Promise<{ readonly eventId: string; readonly eventType: string } | null>;
  /** Hashes of the identifiers and aliases without a realm, of open accounts, that have this form. */
  identifierHashes(providerId: string, form: string): Promise<readonly string[]>;
  hasCustomers(providerId: string): Promise<boolean>;
  /** Which of these catalog items do not exist. */
  unknownItems(providerId: string, kind: CatalogKind, ids: readonly string[]): Promise<readonly string[]>;
  tariff(providerId: string, tariffId: string): Promise<Tariff | null>;
  /** Service policies and tariffs among these ids. */
  voiceItems(providerId: string, ids: readonly string[]): Promise<VoiceItems>;
  /** Main and add-on products among these ids, with what they say of calls. */
  voiceProducts(providerId: string, ids: readonly string[]): Promise<VoiceCatalog>;
  /** Whether any rated call was ever recorded: `CallsRecorded`. */
  hasCalls(providerId: string): Promise<boolean>;
  /** Which of these versions of rates a tariff does not have. */
  unknownRates(providerId: string, tariffId: string, named: readonly RateName[]): Promise<readonly RateName[]>;
  /** Versions of the rates of the prefixes that a number has, in no particular order. @param number null: hidden */
  rates(providerId: string, tariffId: string, number: string | null): Promise<readonly RecordedVersion[]>;
  /**
   * What many calls are charged by. What does not exist is left out.
   * @param numbers numbers by the tariff that they are rated by; null among them: hidden
   */
  charging(
    providerId: string,
    customerIds: readonly string[],
    numbers: ReadonlyMap<string, ReadonlySet<string | null>>,
  ): Promise<ChargingFacts>;
  /** Recorded calls among these keys. */
  calls(providerId: string, keys: readonly string[]): Promise<readonly KnownCall[]>;
  /**
   * Places in the log, as they are now, of the last events that closes counted of an account's calls, by their ids.
   * @param counted as the closes noted them
   */
  placesCounted(
    providerId: string,
    accountId: string,
    counted: readonly { readonly eventId: string; readonly position: string }[],
  ): Promise<ReadonlyMap<string, bigint>>;
  /** All versions of the rates of these prefixes, in no particular order. */
  ratesOf(providerId: string, tariffId: string, prefixes: readonly string[]): Promise<readonly RateVersion[]>;
  /** Subscriptions and add-on products among these ids. */
  offerRows(providerId: string, ids: readonly string[]): Promise<OfferFacts>;
  /** Whether any commitment was ever assigned from an offer, upgraded to it or has a planned or scheduled upgrade to it. */
  wasEverAssigned(providerId: string, offerId: string): Promise<boolean>;
  /** A customer's state, and whether a main product exists. */
  accountFacts(providerId: string, customerId: string | null, mainProductId: string | null): Promise<AccountFacts>;
  /** A person of a customer. */
  person(providerId: string, personId: string): Promise<Person | null>;
  /** Whether a person of the customer, who was not removed, has this e-mail address, whatever its case. */
  hasPerson(providerId: string, customerId: string, email: string): Promise<boolean>;
  named(providerId: string, named: Named): Promise<NamedFacts>;
  /**
   * What the customer's charges are computed from; null: not projected yet.
   * @param from the first day on which the command takes effect, if it may lie in a closed period: what was billed since
   * then is needed too
   */
  billing(providerId: string, customerId: string, from?: LocalDate | null): Promise<BasedBilling | null>;
  /** The lines of sealed documents that the customer's discount ledger adds up, in order of recording. */
  ledgerLines(providerId: string, customerId: string): Promise<readonly LedgerLine[]>;
  /** A customer, and what it owes; null: not projected yet, and nothing was issued or paid. */
  money(providerId: string, customerId: string): Promise<MoneyFacts>;
  /** Whose payment it is; null: there is none with this id. */
  payer(providerId: string, paymentId: string): Promise<string | null>;
  /** An issued invoice; null: there is none with this id. */
  issuedInvoice(providerId: string, invoiceId: string): Promise<IssuedInvoice | null>;
  /**
   * An organization as it is in Zendesk at this moment, and the customers that it is linked to.
   * @throws Rejection CONFLICT where Zendesk is not enabled; Unavailable where it does not answer
   */
  zendeskOrganization(providerId: string, organizationId: string): Promise<OrganizationFacts>;
}
