import { type LocalDate } from "../calendar.js";
import {
  type CategoryEvents,
  COMMAND_ACCEPTED,
  type CommandAccepted,
  type DomainEvent,
  type Reasoned,
} from "../event.js";
import { type Amount } from "../money.js";
import { type DiscountEndKind, type DiscountEndSet } from "./discount-end-events.js";
import {
  type PauseCancelled,
  type PauseChanged,
  type PauseEnded,
  type PauseRequestApproved,
  type PauseRequestDeclined,
  type PauseRequestLapsed,
  type PauseRequestWithdrawn,
  type PauseRequested,
  type PauseScheduled,
} from "./pause-events.js";
import { type Terms } from "./recorded-terms.js";
import {
  type CommitmentUpgraded,
  type FeesRenewalCancelled,
  type FeesRenewalOrdered,
  type PlannedUpgradeCancelled,
  type ScheduledUpgradeCancelled,
  type TimeLimitedUpgradeEnded,
  type TimeLimitedUpgradeExtended,
  type TimeLimitedUpgradeOrdered,
  type UpgradeScheduled,
} from "./upgrade-events.js";

export * from "./discount-end-events.js";
export type * from "./pause-events.js";
export type * from "./recorded-terms.js";
export type * from "./upgrade-events.js";

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
