import { type OfferFacts } from "#domain/catalog/offer.js";
import { type CustomerBilling } from "#domain/billing/ledger.js";
import { type Customer } from "#domain/customers/customer.js";
import { type Provider } from "#domain/providers/provider.js";
import { type CatalogKind } from "#read-models/catalog/table.js";
import { type Named, type NamedFacts } from "#read-models/facts/named.js";
import { type Processed } from "./idempotency.js";

/** A provider and a command as the read models know them, from one look. */
export interface Standing {
  /** null: the read models do not know it yet. */
  readonly provider: Provider | null;
  /** null: not known to have been accepted. */
  readonly processed: Processed | null;
}

export interface AccountFacts {
  readonly customer: Customer | null;
  readonly mainProductExists: boolean;
}

/**
 * The port through which commands see other aggregates than their own: states as of what was projected.
 * libs/read-models/facts implements it in SQL, spec-support/memory-facts.ts on a store in memory.
 */
export interface FactSource {
  /** null: not known yet. */
  provider(providerId: string): Promise<Provider | null>;
  standing(providerId: string, commandId: string): Promise<Standing>;
  /** The provider's secret that identifiers are hashed with, made when first needed. */
  identifierKey(providerId: string): Promise<Uint8Array>;
  /** The event before which read models of the provider stand still, if it is this one. */
  stalledEvent(
    providerId: string,
    event: { readonly stream: string; readonly revision: string },
  ): Promise<{ readonly eventId: string; readonly eventType: string } | null>;
  hasCustomers(providerId: string): Promise<boolean>;
  /** Which of these catalog items do not exist. */
  unknownItems(providerId: string, kind: CatalogKind, ids: readonly string[]): Promise<readonly string[]>;
  /** Subscriptions and add-on products among these ids. */
  offerRows(providerId: string, ids: readonly string[]): Promise<OfferFacts>;
  /** Whether a commitment was ever made from an offer, upgraded to it or is going to be. */
  wasEverAssigned(providerId: string, offerId: string): Promise<boolean>;
  /** A customer's state, and whether a main product exists. */
  accountFacts(providerId: string, customerId: string | null, mainProductId: string | null): Promise<AccountFacts>;
  named(providerId: string, named: Named): Promise<NamedFacts>;
  /** The customer's billing; null: not known yet. */
  billing(providerId: string, customerId: string): Promise<CustomerBilling | null>;
}
