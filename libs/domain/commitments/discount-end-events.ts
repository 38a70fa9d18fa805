import { type LocalDate } from "../calendar.js";
import { type DomainEvent, type Reasoned } from "../event.js";

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
export interface DiscountEndMove {
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

/** Days before `raisedFrom` keep the end date `day`, which had passed by then. */
export interface RaisedDate {
  readonly day: LocalDate;
  readonly raisedFrom: LocalDate;
}

/** How far changes of pauses move a discount end date, with the event that set that date. */
export interface DiscountEndBounds {
  readonly setBy: string;
  /** The day below which they do not lower it; null: they would not. */
  readonly floor: LocalDate | null;
  /** By `raisedFrom`, each before the next. */
  readonly ceilings: readonly RaisedDate[];
}

/** The discount end date was set by hand or copied from another commitment. Days before `effectiveOn` keep theirs. */
export type DiscountEndSet = DomainEvent<
  "DiscountEndSet",
  DiscountEndChoice & DiscountEndMove & Reasoned & { readonly effectiveOn: LocalDate }
>;
