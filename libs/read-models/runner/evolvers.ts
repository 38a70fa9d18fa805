import { accountEvolver } from "#domain/accounts/account.js";
import { identifierEvolver } from "#domain/accounts/identifier.js";
import { customerClassEvolver } from "#domain/catalog/customer-class.js";
import { offerEvolver } from "#domain/catalog/offer.js";
import { addOnProductEvolver, mainProductEvolver, volumeDiscountPlanEvolver } from "#domain/catalog/products.js";
import { servicePolicyEvolver } from "#domain/catalog/service-policy.js";
import { subscriptionEvolver } from "#domain/catalog/subscription.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { customerEvolver } from "#domain/customers/customer.js";
import { type Evolver } from "#domain/event.js";
import { registerEvolver } from "#domain/invoicing/register.js";
import { keyEvolver } from "#domain/keys/key.js";
import { lifecycleEvolver } from "#domain/lifecycle/signals.js";
import { mailTemplateEvolver } from "#domain/messages/mail-template.js";
import { personEvolver } from "#domain/people/person.js";
import { documentDetailsEvolver } from "#domain/providers/change-document-details.js";
import { providerEvolver } from "#domain/providers/provider.js";
import { quarantineEvolver } from "#domain/providers/quarantine.js";
import { ticketEvolver } from "#domain/tickets/request-ticket.js";
import { edgeEvolver } from "#domain/voice/edge.js";
import { recordedCallsEvolver } from "#domain/voice/recorded-calls.js";
import { ratesEvolver } from "#domain/voice/rates.js";
import { tariffEvolver } from "#domain/voice/tariff.js";
import { type EventCategory, type EventOf } from "#event-store/catalogue.js";

/** Evolvers by stream category (docs/rules.md#streams). Streams of `receivables` are not folded to one state. */
export const evolvers = {
  provider: providerEvolver,
  quarantine: quarantineEvolver,
  documentdetails: documentDetailsEvolver,
  subscription: subscriptionEvolver,
  addonproduct: addOnProductEvolver,
  volumediscountplan: volumeDiscountPlanEvolver,
  mainproduct: mainProductEvolver,
  customerclass: customerClassEvolver,
  offer: offerEvolver,
  servicepolicy: servicePolicyEvolver,
  tariff: tariffEvolver,
  rates: ratesEvolver,
  customer: customerEvolver,
  account: accountEvolver,
  identifier: identifierEvolver,
  commitment: commitmentEvolver,
  lifecycle: lifecycleEvolver,
  register: registerEvolver,
  mailtemplate: mailTemplateEvolver,
  key: keyEvolver,
  person: personEvolver,
  ticket: ticketEvolver,
  edge: edgeEvolver,
  calls: recordedCallsEvolver,
} satisfies {
  readonly [Category in Exclude<EventCategory, "receivables" | "usage">]: Evolver<unknown, EventOf<Category>>;
};

export type FoldedCategory = keyof typeof evolvers;
/** The folded state of streams of a category, without null, the state of a stream without events. */
export type StateOf<Category extends FoldedCategory> = NonNullable<(typeof evolvers)[Category]["initial"]>;
