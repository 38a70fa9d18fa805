import { type SentencePart } from "../../texts/sentence.js";

/*
 * What the drawing of a commitment shows: `Commitment.timeline` of the API, whose names these are. Days are ISO texts in
 * the customer's zone; `until` is a last day, included, and null where it is not limited. Amounts are decimal texts.
 */

/** Who did it, when and why: an entry of the history, of an event that made a part of the drawing. */
export interface TimelineEvent {
  readonly id: string;
  /** What happened, in a sentence. */
  readonly summaryParts: readonly SentencePart[];
  readonly actorName: string;
  readonly reason: string | null;
  /** Instant. */
  readonly recordedAt: string;
}

/** Made by events, which `Timeline.events` tells; none: by a command that is not given yet. */
interface Made {
  readonly eventIds: readonly string[];
}

/** Days; null: not limited. */
export interface Days {
  readonly from: string;
  readonly until: string | null;
}

export interface TimelinePeriod {
  readonly from: string;
  readonly until: string;
  readonly state: "CLOSED" | "RUNNING" | "COMING";
  /** Issued documents with lines of the commitment for the period, its corrections included. */
  readonly invoices: readonly TimelineDocument[];
  /** What the commitment costs in it, as known now. */
  readonly net: string;
}

export interface TimelineDocument {
  readonly id: string;
  readonly number: string;
  readonly kind: "INVOICE" | "CREDIT_NOTE";
}

export interface TimelinePause extends Days, Made {
  readonly status: "SCHEDULED" | "RUNNING" | "ENDED" | "CANCELLED";
  readonly selfCare: boolean;
}

/** Days on which the customer is suspended; pauses are not taken out. */
export interface TimelineSuspension extends Days, Made {}

/** A discount rate of the customer, which replaces the commitment's discounts. */
export interface TimelineRate extends Days, Made {
  /** Percent. */
  readonly rate: string;
}

export interface TimelineAgreement extends Days, Made {
  readonly name: string;
  /** Sums of the recurring fee rows for the customer's billing type. */
  readonly fee: string;
  readonly discount: string;
  readonly net: string;
}

/** What a whole billing period costs on these days, served or not. */
export interface TimelinePrice extends Days {
  readonly fee: string;
  /** As it is given. */
  readonly discount: string;
  readonly net: string;
  readonly discountOrigin: "COMMITMENT" | "CUSTOMER_RATE" | null;
}

export interface TimelineUpgrade extends Days, Made {
  readonly until: string;
  readonly rowId: string;
  /** The better one; null: it is gone. */
  readonly addOnProduct: { readonly name: string } | null;
  /** Name of the offer that follows on the day after; null: none. */
  readonly thenUpgradeTo: string | null;
  readonly running: boolean;
}

export type ShiftCause = "AGREED" | "MANUAL" | "SYNCHRONISED" | "UPGRADE" | "PAUSE" | "LIMIT";

/** A move of the discount end date, in the order of recording. */
export interface TimelineShift extends Made {
  /** The first day without discount before it; null: there was none. */
  readonly from: string | null;
  readonly to: string;
  /** By how many days it moved; null where there was none before. */
  readonly days: number | null;
  readonly cause: ShiftCause;
  /** Days of the pause that moved it. */
  readonly causeFrom: string | null;
  readonly causeUntil: string | null;
}

/** A step of the discount ledger. */
export interface DiscountGiven {
  readonly on: string;
  readonly amount: string;
  /** Given so far, this included. */
  readonly total: string;
  /** Whether it is on an issued invoice. */
  readonly issued: boolean;
}

export interface TimelinePenalty {
  /** The last charged day, on which it is due. */
  readonly on: string;
  /** What it comes to before a waiver. */
  readonly amount: string;
  /** What is charged of it. */
  readonly total: string;
  readonly waived: boolean;
}

export interface TimelineTermination extends Made {
  /** The last charged day. */
  readonly on: string;
  /** Whether that day is today or still to come. */
  readonly scheduled: boolean;
  readonly early: boolean;
}

export interface Timeline {
  readonly today: string;
  /** The first day worth drawing: the start. */
  readonly from: string;
  /** The last day worth drawing. */
  readonly until: string;
  readonly currency: string;
  readonly periods: readonly TimelinePeriod[];
  readonly pauses: readonly TimelinePause[];
  /** Pauses that the customer asks for, and that wait for an answer; left out: none. */
  readonly requests?: readonly Days[];
  readonly suspensions: readonly TimelineSuspension[];
  readonly rates: readonly TimelineRate[];
  readonly agreements: readonly TimelineAgreement[];
  /** From the start on, one after another. */
  readonly prices: readonly TimelinePrice[];
  readonly upgrades: readonly TimelineUpgrade[];
  /** The first discounted day; null: there is no discount. */
  readonly discountFrom: string | null;
  /** The first day without discount; null: none. */
  readonly discountEnd: string | null;
  /** Whether an open pause moves that day, now or later. */
  readonly discountEndOpen: boolean;
  readonly shifts: readonly TimelineShift[];
  readonly given: readonly DiscountGiven[];
  readonly penalty: TimelinePenalty | null;
  readonly termination: TimelineTermination | null;
  readonly events: readonly TimelineEvent[];
}

/** What a command that is being filled in would do: drawn over what is, until it is confirmed or given up. */
export interface Ghost {
  /** Days that would be paused. */
  readonly pause?: Days | undefined;
  readonly discountEnd?: { readonly before: string | null; readonly after: string | null } | undefined;
  /** The last charged day that there would be. */
  readonly terminatedOn?: string | undefined;
  readonly upgradeUntil?: string | undefined;
}
