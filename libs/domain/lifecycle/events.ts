import { type LocalDate } from "../calendar.js";
import { type CategoryEvents, type DomainEvent } from "../event.js";

/*
 * Signals: what took effect by the passing of time, in the lifecycle stream of the commitment or customer
 * (docs/rules.md#signals). The worker records each on its day, for integrations and timelines; deciders and charges
 * never read them. `effectiveOn` is the first day on which it is so.
 */

type Signal<Type extends string, Data extends object = object> = DomainEvent<
  Type,
  { readonly commitmentId: string; readonly effectiveOn: LocalDate } & Data
>;

type CustomersSignal<Type extends string, Data extends object = object> = DomainEvent<
  Type,
  { readonly customerId: string; readonly effectiveOn: LocalDate } & Data
>;

/** A pause has begun. */
export type PauseStartTookEffect = Signal<
  "PauseStartTookEffect",
  { readonly pauseId: string; readonly until: LocalDate | null }
>;
/** A pause is over. */
export type PauseEndTookEffect = Signal<"PauseEndTookEffect", { readonly pauseId: string }>;
/** A time-limited upgrade is over: the row has its own add-on product again. */
export type UpgradeRevertTookEffect = Signal<
  "UpgradeRevertTookEffect",
  { readonly upgradeId: string; readonly rowId: string }
>;
/** What was planned to follow a time-limited upgrade is in force. */
export type PlannedUpgradeTookEffect = Signal<
  "PlannedUpgradeTookEffect",
  { readonly upgradeId: string; readonly offerId: string }
>;
/** A scheduled upgrade is in force. */
export type UpgradeTookEffect = Signal<"UpgradeTookEffect", { readonly upgradeId: string; readonly offerId: string }>;
/** Renewed fees are in force. */
export type RenewalTookEffect = Signal<
  "RenewalTookEffect",
  { readonly renewalId: string; readonly offerId: string; readonly offerRevision: number }
>;
/** The first day without discount has come. */
export type DiscountEndTookEffect = Signal<"DiscountEndTookEffect">;
/** The discount will end soon, on `discountEnd`: its holder is told, once for each end date. */
export type CommitmentEndNears = Signal<"CommitmentEndNears", { readonly discountEnd: LocalDate }>;
/** The last charged day has passed. */
export type TerminationTookEffect = Signal<"TerminationTookEffect">;

/** A suspension that was ordered for a coming day blocks the customer's service. */
export type SuspensionTookEffect = CustomersSignal<"SuspensionTookEffect">;
/** The customer's service is back, as it was ordered for that day. */
export type UnsuspensionTookEffect = CustomersSignal<"UnsuspensionTookEffect">;
/** The rate that was ordered for a coming day is in force. */
export type SubscriptionDiscountRateTookEffect = CustomersSignal<
  "SubscriptionDiscountRateTookEffect",
  {
    /** Percent; null: the commitments' own discounts apply again. */
    readonly rate: string | null;
  }
>;

/** Signals of a commitment. */
export type CommitmentSignal =
  | PauseStartTookEffect
  | PauseEndTookEffect
  | UpgradeRevertTookEffect
  | PlannedUpgradeTookEffect
  | UpgradeTookEffect
  | RenewalTookEffect
  | DiscountEndTookEffect
  | CommitmentEndNears
  | TerminationTookEffect;
/** Signals of a customer. */
export type CustomerSignal = SuspensionTookEffect | UnsuspensionTookEffect | SubscriptionDiscountRateTookEffect;
export type LifecycleEvent = CommitmentSignal | CustomerSignal;

export const lifecycleEvents: CategoryEvents<"lifecycle", LifecycleEvent> = {
  category: "lifecycle",
  types: {
    PauseStartTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    PauseEndTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    UpgradeRevertTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    PlannedUpgradeTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    UpgradeTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    RenewalTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    DiscountEndTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    CommitmentEndNears: { version: 1, movesCharges: false, callsForWork: false },
    TerminationTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    SuspensionTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    UnsuspensionTookEffect: { version: 1, movesCharges: false, callsForWork: false },
    SubscriptionDiscountRateTookEffect: { version: 1, movesCharges: false, callsForWork: false },
  },
};
