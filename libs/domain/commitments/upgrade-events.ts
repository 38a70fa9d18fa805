import { type LocalDate } from "../calendar.js";
import { type DomainEvent, type Reasoned } from "../event.js";
import { type DiscountEndChoice, type DiscountEndMove } from "./discount-end-events.js";
import { type Terms } from "./recorded-terms.js";

/**
 * An upgrade to another offer on the day after a time-limited one, with the offer's terms at the time of the command.
 */
export interface PlannedUpgrade {
  readonly terms: Terms;
  /** The first day of the new terms: the day after the time-limited upgrade. */
  readonly from: LocalDate;
  /** The new default end date where the commitment had none; null: the date it has is kept. */
  readonly discountEnd: LocalDate | null;
}

/** A recurring row has another add-on product at the same fee. `effectiveOn` is the first day of it. */
export type TimeLimitedUpgradeOrdered = DomainEvent<
  "TimeLimitedUpgradeOrdered",
  {
    readonly upgradeId: string;
    readonly rowId: string;
    readonly addOnProductId: string;
    /** The last day of the upgrade. */
    readonly until: LocalDate;
    readonly then: PlannedUpgrade | null;
    readonly effectiveOn: LocalDate;
  }
>;
/** The upgrade lasts longer; the planned upgrade that follows it moves to the new day after it. */
export type TimeLimitedUpgradeExtended = DomainEvent<
  "TimeLimitedUpgradeExtended",
  {
    readonly upgradeId: string;
    readonly until: LocalDate;
    readonly then: PlannedUpgrade | null;
    readonly effectiveOn: LocalDate;
  }
>;
/** The upgrade was ended early: `effectiveOn` is its last day. Its planned upgrade is cancelled. */
export type TimeLimitedUpgradeEnded = DomainEvent<
  "TimeLimitedUpgradeEnded",
  { readonly upgradeId: string; readonly effectiveOn: LocalDate }
>;
/** The planned upgrade was cancelled; the time-limited upgrade before it goes on. */
export type PlannedUpgradeCancelled = DomainEvent<
  "PlannedUpgradeCancelled",
  { readonly upgradeId: string; readonly effectiveOn: LocalDate }
>;

/** The commitment moved to another offer. `effectiveOn` is the first day of the new fees. */
export type CommitmentUpgraded = DomainEvent<
  "CommitmentUpgraded",
  DiscountEndMove &
    Reasoned & {
      readonly terms: Terms;
      /** The new end date; null: the date that it has is kept. */
      readonly discountEndChoice: DiscountEndChoice | null;
      /** Time-limited upgrades that this one ends, with their last days. */
      readonly ended: readonly { readonly upgradeId: string; readonly until: LocalDate }[];
      /** Scheduled upgrades that it drops. Absent where there is none. */
      readonly droppedUpgradeIds?: readonly string[];
      /** Renewals of fees that it drops before their day. Absent where there is none. */
      readonly droppedRenewalIds?: readonly string[];
      readonly effectiveOn: LocalDate;
    }
>;

/** What becomes of the discount end date on the day of a scheduled upgrade. */
export interface ScheduledDiscountEnd {
  readonly kind: "KEEP" | "DEFAULT";
  /**
   * The default end date of the new terms: the new date with DEFAULT, and with KEEP where there is none to keep. Null:
   * they have no discount period.
   */
  readonly default: LocalDate | null;
}

/**
 * An upgrade to another offer was ordered for a coming day, with the offer's terms at the time of the command.
 * `effectiveOn` is the first day of the new fees.
 */
export type UpgradeScheduled = DomainEvent<
  "UpgradeScheduled",
  Reasoned & {
    readonly upgradeId: string;
    readonly terms: Terms;
    readonly discountEnd: ScheduledDiscountEnd;
    /** The customer's day on which the command was accepted. */
    readonly orderedOn: LocalDate;
    readonly effectiveOn: LocalDate;
  }
>;
/** A scheduled upgrade was cancelled before its day, which `effectiveOn` would have been. */
export type ScheduledUpgradeCancelled = DomainEvent<
  "ScheduledUpgradeCancelled",
  { readonly upgradeId: string; readonly effectiveOn: LocalDate }
>;

/**
 * Recurring fees and discounts are those of the offer's revision at the time of the command, from `effectiveOn` on: the
 * first day of a billing period. One-time fees are none of them.
 */
export type FeesRenewalOrdered = DomainEvent<
  "FeesRenewalOrdered",
  {
    readonly renewalId: string;
    readonly terms: Terms;
    /** The renewal that waited, and that this one replaces. Absent where there was none. */
    readonly replacedRenewalId?: string;
    /** The customer's day on which the command was accepted. */
    readonly orderedOn: LocalDate;
    readonly effectiveOn: LocalDate;
  }
>;
/** A renewal of fees was cancelled before its day, which `effectiveOn` would have been. */
export type FeesRenewalCancelled = DomainEvent<
  "FeesRenewalCancelled",
  { readonly renewalId: string; readonly effectiveOn: LocalDate }
>;
