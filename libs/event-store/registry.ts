import { type EventTypes } from "./codec.js";

/**
 * Every event type of the domain with the current version of its schema. Decoding refuses what is not listed.
 *
 * Adding an optional field needs no new version; anything else does: raise `version` and add an upcaster from the old
 * one. Each type and version has a frozen example, `examples/<Type>.v<N>.json`; examples.unit.spec.ts says how to add one.
 */
export const eventTypes: EventTypes = {
  SubscriptionDefined: { version: 1 },
  SubscriptionRevised: { version: 1 },
  AddOnProductDefined: { version: 1 },
  VolumeDiscountPlanDefined: { version: 1 },
  MainProductDefined: { version: 1 },
  MainProductRevised: { version: 1 },
  CustomerClassDefined: { version: 1 },
  CustomerClassRevised: { version: 1 },
  OfferDefined: { version: 1 },
  OfferRevised: { version: 1 },
  OfferWithdrawn: { version: 1 },
  OfferDeleted: { version: 1 },
  CustomerCreated: { version: 1 },
  CustomerContactChanged: { version: 1 },
  CustomerTimeZoneChanged: { version: 1 },
  CustomerCreditLimitChanged: { version: 1 },
  CustomerClassSet: { version: 1 },
  CustomerClosed: { version: 1 },
  AccountOpened: { version: 1 },
  MainProductChanged: { version: 1 },
  AliasAdded: { version: 1 },
  AliasRemoved: { version: 1 },
  AccountClosed: { version: 1 },
  IdentifierReserved: { version: 1 },
  IdentifierReleased: { version: 1 },
  CommitmentAssigned: { version: 1 },
  CommitmentTerminated: { version: 1 },
  PauseStartTookEffect: { version: 1 },
  PauseEndTookEffect: { version: 1 },
  UpgradeRevertTookEffect: { version: 1 },
  PlannedUpgradeTookEffect: { version: 1 },
  DiscountEndTookEffect: { version: 1 },
  TerminationTookEffect: { version: 1 },
  InvoicePageRecorded: { version: 1 },
  InvoiceSealed: { version: 1 },
  PeriodClosed: { version: 1 },
  NumbersAssigned: { version: 1 },
  ProviderCreated: { version: 1 },
  ProviderSettingsChanged: { version: 1 },
  TestClockSet: { version: 1 },
  ClockAdvanceOrdered: { version: 1 },
  TestClockMoved: { version: 1 },
  ClockAdvanceCompleted: { version: 1 },
};
