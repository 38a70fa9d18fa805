import { type LocalDate } from "../calendar.js";
import { type DomainEvent, type Reasoned } from "../event.js";
import {
  type DiscountEndBound,
  type DiscountEndBounds,
  type DiscountEndCeiling,
  type DiscountEndMove,
} from "./discount-end-events.js";

interface PauseMove extends DiscountEndMove {
  readonly pauseId: string;
  /** The customer's day on which the command was accepted; of a pause with days of its own the day given for that. */
  readonly orderedOn: LocalDate;
  /**
   * The own day, where the change moves a discount end date that lies before `effectiveOn`: the first day that may be
   * charged otherwise. Absent where none before `effectiveOn` is, and in events from before `discountEndBounds`.
   */
  readonly chargesFrom?: LocalDate;
  /**
   * The bounds of discount end dates with this change, in the place of all that were recorded of them before
   * (docs/rules.md#discount-end-bounds). Absent where the change leaves them as they were.
   */
  readonly discountEndBounds?: readonly DiscountEndBounds[];
  /**
   * The days below which the change did not lower discount end dates, where it would have. Only in events from before
   * `discountEndBounds`.
   */
  readonly discountEndFloors?: readonly DiscountEndBound[];
  /**
   * The end dates that had passed before the command's own day, and that the change raised: days before the own day
   * keep them. Only in events from before `discountEndBounds`.
   */
  readonly discountEndCeilings?: readonly DiscountEndCeiling[];
}

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
