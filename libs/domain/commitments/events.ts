import { type LocalDate } from "../calendar.js";
import { type FeesByPeriod, type OneTimeFee, type PenaltyStrategy } from "../catalog/events.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Reasoned,
} from "../event.js";
import { type Amount, type Currency } from "../money.js";

/** A recurring fee row of the terms: later changes of the catalog do not change it. */
export interface RecurringRow {
  /** Unique within the commitment, over all its upgrades, e.g. "recurring-1". */
  readonly rowId: string;
  /** The row of the terms before that this one follows, where its fees were renewed (docs/rules.md#renewal). */
  readonly renews?: string;
  readonly subscriptionId: string;
  readonly description: string;
  readonly addOnProductId: string | null;
  readonly fees: FeesByPeriod;
  readonly discount: Amount;
  readonly minimumPeriods: number | null;
  /** The penalty of this row under FIXED; absent under the other strategies. */
  readonly penaltyAmount?: Amount;
  readonly prorateFirst: boolean;
  readonly prorateLast: boolean;
}

export interface OneTimeRow extends OneTimeFee {
  /** Unique within the commitment, over all its upgrades, e.g. "one-time-1". */
  readonly rowId: string;
}

/** What was agreed: copied from offer and subscriptions when assigned, upgraded or renewed (docs/rules.md#terms). */
export interface Terms {
  readonly offerId: string;
  readonly offerRevision: number;
  readonly name: string;
  readonly currency: Currency;
  readonly discountPeriods: number | null;
  readonly penalty: PenaltyStrategy;
  readonly transferFee: Amount;
  readonly recurring: readonly RecurringRow[];
  readonly oneTime: readonly OneTimeRow[];
}

export const discountEndKinds = ["DEFAULT", "MANUAL", "SYNCHRONISED"] as const;
/** Where a discount end date comes from. */
export type DiscountEndKind = (typeof discountEndKinds)[number];

/** Days of a pause that a discount end date includes already. */
export interface CountedPause {
  readonly pauseId: string;
  readonly days: number;
}

/**
 * A discount end date as somebody set it: pauses move it by their days beyond those counted here
 * (docs/rules.md#discount-end-and-pauses).
 */
export interface DiscountEndChoice {
  readonly kind: DiscountEndKind;
  /** First day without discount. */
  readonly discountEnd: LocalDate;
  readonly counted: readonly CountedPause[];
  /** The commitment whose date was copied. */
  readonly synchronisedWith: string | null;
}

/** The discount end date, as shown on the day of the command, before and after it. */
interface DiscountEndMove {
  readonly discountEndBefore: LocalDate | null;
  readonly discountEndAfter: LocalDate | null;
}

/** A day beyond which a change of a pause does not move a discount end date, with the event that set that date. */
export interface DiscountEndBound {
  readonly setBy: string;
  readonly day: LocalDate;
}

/** An end date that a change of a pause raises for later days only. */
export interface DiscountEndCeiling extends DiscountEndBound {
  /** The first day that has the raised date. Absent in events from before corrections existed: none has. */
  readonly raisedFrom?: LocalDate;
}

interface PauseMove extends DiscountEndMove {
  readonly pauseId: string;
  /** The customer's day on which the command was accepted; of a pause with days of its own the day given for that. */
  readonly orderedOn: LocalDate;
  /**
   * The days below which the change does not lower discount end dates, where it would
   * (docs/rules.md#discount-end-bounds). Mostly empty.
   */
  readonly discountEndFloors: readonly DiscountEndBound[];
  /**
   * The end dates that had passed before the command's own day, and that the change would raise: days before the own day
   * keep them. Absent where there are none.
   */
  readonly discountEndCeilings?: readonly DiscountEndCeiling[];
}

/** An account signed up for an offer. `effectiveOn` is the first charged day; it may lie in the future. */
export type CommitmentAssigned = DomainEvent<
  "CommitmentAssigned",
  Reasoned & {
    readonly commitmentId: string;
    readonly accountId: string;
    readonly customerId: string;
    readonly terms: Terms;
    /** First day without discount; null: the offer has no discount period. */
    readonly discountEnd: LocalDate | null;
    readonly discountEndKind: DiscountEndKind;
    /** The commitment whose date was copied; absent where none was. */
    readonly synchronisedWith?: string;
    readonly effectiveOn: LocalDate;
  }
>;

/** The discount end date was set by hand or copied from another commitment. Days before `effectiveOn` keep theirs. */
export type DiscountEndSet = DomainEvent<
  "DiscountEndSet",
  DiscountEndChoice & DiscountEndMove & { readonly effectiveOn: LocalDate }
>;

/** A range of days without service and charges. `effectiveOn` is its first paused day. */
export type PauseScheduled = DomainEvent<
  "PauseScheduled",
  PauseMove &
    Reasoned & {
      readonly from: LocalDate;
      /** Last paused day; null: the pause is open until it is ended. */
      readonly until: LocalDate | null;
      /** A "pause now": on the day before the first paused one, resuming cancels it. */
      readonly now: boolean;
      /** The customer paused by itself, within the limits of its class. Absent: it did not. */
      readonly selfCare?: boolean;
      readonly effectiveOn: LocalDate;
    }
>;
/**
 * A pause that has not begun has other days. `effectiveOn` is the earlier of its first paused days before and after.
 */
export type PauseChanged = DomainEvent<
  "PauseChanged",
  PauseMove & Reasoned & { readonly from: LocalDate; readonly until: LocalDate | null; readonly effectiveOn: LocalDate }
>;
/** A pause was cancelled before it began. `effectiveOn` would have been its first paused day. */
export type PauseCancelled = DomainEvent<"PauseCancelled", PauseMove & { readonly effectiveOn: LocalDate }>;
/** A running pause was ended: `until`, also `effectiveOn`, is its last paused day. Service is back on that day. */
export type PauseEnded = DomainEvent<
  "PauseEnded",
  PauseMove & Reasoned & { readonly until: LocalDate; readonly effectiveOn: LocalDate }
>;

/** The customer asks for a pause, beyond what it may do by itself: without effect until it is approved. */
export type PauseRequested = DomainEvent<
  "PauseRequested",
  {
    /** Of the pause that is asked for. */
    readonly pauseId: string;
    /** First and last paused day. */
    readonly from: LocalDate;
    readonly until: LocalDate;
    /** The day of the request. */
    readonly effectiveOn: LocalDate;
  }
>;
/** The pause that was asked for is ordered. `effectiveOn` is its first paused day. */
export type PauseRequestApproved = DomainEvent<
  "PauseRequestApproved",
  PauseMove & { readonly from: LocalDate; readonly until: LocalDate; readonly effectiveOn: LocalDate }
>;
/** The request was refused. */
export type PauseRequestDeclined = DomainEvent<
  "PauseRequestDeclined",
  {
    readonly pauseId: string;
    readonly effectiveOn: LocalDate;
    /** Free text of a person. */
    readonly personal: { readonly reason: string };
  }
>;
/** The customer took the request back. */
export type PauseRequestWithdrawn = DomainEvent<
  "PauseRequestWithdrawn",
  { readonly pauseId: string; readonly effectiveOn: LocalDate }
>;
/** The first day that was asked for has begun, and nobody had answered: recorded by the worker on that day. */
export type PauseRequestLapsed = DomainEvent<
  "PauseRequestLapsed",
  { readonly pauseId: string; readonly effectiveOn: LocalDate }
>;

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

/**
 * Another account, of the same or another customer, holds the commitment: start, discount end date, ledger, pauses and
 * upgrades go along. `effectiveOn` is the first day charged to it.
 */
export type CommitmentTransferred = DomainEvent<
  "CommitmentTransferred",
  Reasoned & {
    readonly accountId: string;
    readonly customerId: string;
    /** Who held it until then. */
    readonly fromAccountId: string;
    readonly fromCustomerId: string;
    /** Charged to the receiver: that of the terms held on the day, with their name. */
    readonly transferFee: Amount;
    readonly termsName: string;
    readonly effectiveOn: LocalDate;
  }
>;

/** `effectiveOn` is the last charged day. A later one of these replaces date and waiver. */
export type CommitmentTerminated = DomainEvent<
  "CommitmentTerminated",
  {
    readonly effectiveOn: LocalDate;
    /** As known at the command, for readers; the period close decides over the whole history. */
    readonly discountEnd: LocalDate | null;
    readonly early: boolean;
    /** The early-termination quote that the command answered. */
    readonly penaltyPreview: Amount;
    /** What ended it: a command, or the closing of its account or customer. */
    readonly reason: "ORDERED" | "ACCOUNT_CLOSED" | "CUSTOMER_CLOSED" | "NON_PAYMENT";
    /** True: the penalty is shown and credited. Absent: it is due. */
    readonly penaltyWaived?: boolean;
    /** Free text of a person: why the penalty is waived, and why it ended on a day of a closed period. */
    readonly personal?: { readonly waiverReason?: string; readonly reason?: string };
  }
>;
/** A scheduled termination was cancelled; what it would have cut short is as before. */
export type TerminationCancelled = DomainEvent<
  "TerminationCancelled",
  { readonly discountEnd: LocalDate | null; readonly effectiveOn: LocalDate }
>;

/**
 * The customer withdrew within the cooling-off days: nothing is charged, and what was charged is credited.
 * `effectiveOn` is the commitment's first day, and its last.
 */
export type CommitmentAnnulled = DomainEvent<
  "CommitmentAnnulled",
  {
    /** The customer's day on which the command was accepted. */
    readonly orderedOn: LocalDate;
    readonly effectiveOn: LocalDate;
    /** Free text of a person. */
    readonly personal: { readonly reason: string };
  }
>;

export type CommitmentEvent =
  | CommitmentAssigned
  | DiscountEndSet
  | PauseScheduled
  | PauseChanged
  | PauseCancelled
  | PauseEnded
  | PauseRequested
  | PauseRequestApproved
  | PauseRequestDeclined
  | PauseRequestWithdrawn
  | PauseRequestLapsed
  | TimeLimitedUpgradeOrdered
  | TimeLimitedUpgradeExtended
  | TimeLimitedUpgradeEnded
  | PlannedUpgradeCancelled
  | CommitmentUpgraded
  | UpgradeScheduled
  | ScheduledUpgradeCancelled
  | FeesRenewalOrdered
  | FeesRenewalCancelled
  | CommitmentTransferred
  | CommitmentTerminated
  | TerminationCancelled
  | CommitmentAnnulled
  | CommandAccepted;

export const commitmentEvents: CategoryEvents<"commitment", CommitmentEvent> = {
  category: "commitment",
  types: {
    CommitmentAssigned: { version: 1, movesCharges: true, callsForWork: false },
    DiscountEndSet: { version: 1, movesCharges: true, callsForWork: true },
    PauseScheduled: { version: 1, movesCharges: true, callsForWork: true },
    PauseChanged: { version: 1, movesCharges: true, callsForWork: true },
    PauseCancelled: { version: 1, movesCharges: true, callsForWork: true },
    PauseEnded: { version: 1, movesCharges: true, callsForWork: true },
    PauseRequested: { version: 1, movesCharges: false, callsForWork: false },
    PauseRequestApproved: { version: 1, movesCharges: true, callsForWork: true },
    PauseRequestDeclined: { version: 1, movesCharges: false, callsForWork: false },
    PauseRequestWithdrawn: { version: 1, movesCharges: false, callsForWork: false },
    PauseRequestLapsed: { version: 1, movesCharges: false, callsForWork: false },
    TimeLimitedUpgradeOrdered: { version: 1, movesCharges: true, callsForWork: false },
    TimeLimitedUpgradeExtended: { version: 1, movesCharges: true, callsForWork: false },
    TimeLimitedUpgradeEnded: { version: 1, movesCharges: true, callsForWork: false },
    PlannedUpgradeCancelled: { version: 1, movesCharges: true, callsForWork: false },
    CommitmentUpgraded: { version: 1, movesCharges: true, callsForWork: true },
    UpgradeScheduled: { version: 1, movesCharges: true, callsForWork: false },
    ScheduledUpgradeCancelled: { version: 1, movesCharges: true, callsForWork: false },
    FeesRenewalOrdered: { version: 1, movesCharges: true, callsForWork: false },
    FeesRenewalCancelled: { version: 1, movesCharges: true, callsForWork: false },
    CommitmentTransferred: { version: 1, movesCharges: true, callsForWork: true },
    CommitmentTerminated: { version: 1, movesCharges: true, callsForWork: true },
    TerminationCancelled: { version: 1, movesCharges: true, callsForWork: false },
    CommitmentAnnulled: { version: 1, movesCharges: true, callsForWork: true },
    ...COMMAND_ACCEPTED,
  },
};
