import { accountEvolver } from "#domain/accounts/account.js";
import { identifierEvolver } from "#domain/accounts/identifier.js";
import { customerClassEvolver } from "#domain/catalog/customer-class.js";
import { offerEvolver } from "#domain/catalog/offer.js";
import { addOnProductEvolver, mainProductEvolver, volumeDiscountPlanEvolver } from "#domain/catalog/products.js";
import { subscriptionEvolver } from "#domain/catalog/subscription.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { customerEvolver } from "#domain/customers/customer.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { lifecycleEvolver } from "#domain/lifecycle/signals.js";
import { providerEvolver } from "#domain/providers/provider.js";
import { type ReceivablesEvent } from "#domain/invoicing/events.js";
import { registerEvolver } from "#domain/invoicing/register.js";

/** The streams of one category: how they fold, and every type of event in them. */
export interface StreamKind<State, Event extends DomainEvent = DomainEvent> {
  readonly evolver: Evolver<State, Event>;
  readonly types: readonly string[];
}

/** The record makes the compiler ask for every type of the union. */
const kind = <State, Event extends DomainEvent>(
  evolver: Evolver<State, Event>,
  types: Readonly<Record<Event["type"], true>>,
): StreamKind<State, Event> => ({ evolver, types: Object.keys(types) });

/** Stream categories whose streams fold to a state (domain.md 10). */
export const streamKinds = {
  provider: kind(providerEvolver, {
    ProviderCreated: true,
    ProviderSettingsChanged: true,
    TestClockSet: true,
    ClockAdvanceOrdered: true,
    TestClockMoved: true,
    ClockAdvanceCompleted: true,
  }),
  subscription: kind(subscriptionEvolver, {
    SubscriptionDefined: true,
    SubscriptionRevised: true,
  }),
  addonproduct: kind(addOnProductEvolver, {
    AddOnProductDefined: true,
  }),
  volumediscountplan: kind(volumeDiscountPlanEvolver, {
    VolumeDiscountPlanDefined: true,
  }),
  mainproduct: kind(mainProductEvolver, {
    MainProductDefined: true,
    MainProductRevised: true,
  }),
  customerclass: kind(customerClassEvolver, {
    CustomerClassDefined: true,
    CustomerClassRevised: true,
  }),
  offer: kind(offerEvolver, {
    OfferDefined: true,
    OfferRevised: true,
    OfferWithdrawn: true,
    OfferDeleted: true,
  }),
  customer: kind(customerEvolver, {
    CustomerCreated: true,
    CustomerContactChanged: true,
    CustomerTimeZoneChanged: true,
    CustomerCreditLimitChanged: true,
    CustomerClassSet: true,
    SubscriptionDiscountRateSet: true,
    CustomerSuspended: true,
    CustomerUnsuspended: true,
    CustomerClosed: true,
  }),
  account: kind(accountEvolver, {
    AccountOpened: true,
    MainProductChanged: true,
    AliasAdded: true,
    AliasRemoved: true,
    AccountClosed: true,
  }),
  identifier: kind(identifierEvolver, {
    IdentifierReserved: true,
    IdentifierReleased: true,
  }),
  commitment: kind(commitmentEvolver, {
    CommitmentAssigned: true,
    DiscountEndSet: true,
    PauseScheduled: true,
    PauseChanged: true,
    PauseCancelled: true,
    PauseEnded: true,
    TimeLimitedUpgradeOrdered: true,
    TimeLimitedUpgradeExtended: true,
    TimeLimitedUpgradeEnded: true,
    PlannedUpgradeCancelled: true,
    CommitmentUpgraded: true,
    CommitmentTerminated: true,
    TerminationCancelled: true,
  }),
  lifecycle: kind(lifecycleEvolver, {
    PauseStartTookEffect: true,
    PauseEndTookEffect: true,
    UpgradeRevertTookEffect: true,
    PlannedUpgradeTookEffect: true,
    DiscountEndTookEffect: true,
    TerminationTookEffect: true,
  }),
  register: kind(registerEvolver, { NumbersAssigned: true }),
} as const;

/** Streams of a customer's receivables fold to no single state: their events stand for themselves. */
export const receivablesTypes: readonly string[] = Object.keys({
  InvoicePageRecorded: true,
  InvoiceSealed: true,
  PeriodClosed: true,
} satisfies Record<ReceivablesEvent["type"], true>);

export type StreamCategory = keyof typeof streamKinds;
/** What streams of a category fold to; null is what a stream without events folds to. */
export type StateOf<Category extends StreamCategory> = NonNullable<
  (typeof streamKinds)[Category]["evolver"]["initial"]
>;
