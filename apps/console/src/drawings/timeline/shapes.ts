import {
  type DiscountGiven,
  type Timeline,
  type TimelineAgreement,
  type TimelinePause,
  type TimelinePenalty,
  type TimelinePeriod,
  type TimelinePrice,
  type TimelineRate,
  type TimelineShift,
  type TimelineSuspension,
  type TimelineTermination,
  type TimelineUpgrade,
} from "./data.js";

/** The lanes from top to bottom, with the place of each in px. */
export const LANES = {
  periods: { y: 34, height: 26 },
  service: { y: 78, height: 34 },
  package: { y: 130, height: 42 },
  discount: { y: 190, height: 58 },
  money: { y: 266, height: 60 },
} as const;
export type Lane = keyof typeof LANES;
export const LANE_NAMES = Object.keys(LANES) as Lane[];

/** Height of the whole drawing in px; the axis is above the lanes. */
export const HEIGHT = 334;

interface Placed {
  /** One per shape of a drawing, the same whenever it is drawn again. */
  readonly key: string;
  readonly lane: Lane;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** First and last day; the last is null where it is not limited. */
  readonly from: string;
  readonly until: string | null;
}

/** A part of the drawing: where it is, what kind of thing, and of what. */
export type Shape = Placed &
  (
    | { readonly kind: "period"; readonly of: TimelinePeriod }
    /** Periods of one state that are drawn as one. */
    | { readonly kind: "periods"; readonly of: readonly TimelinePeriod[] }
    | { readonly kind: "service"; readonly coming: boolean }
    | { readonly kind: "pause"; readonly of: TimelinePause; readonly look: "hatched" | "outlined" | "fading" }
    /** A pause that waits for an answer. */
    | { readonly kind: "request" }
    | { readonly kind: "suspension"; readonly of: TimelineSuspension }
    | { readonly kind: "cap"; readonly of: TimelineTermination }
    /** Days of an agreement with one price; the first of them has its name. */
    | {
        readonly kind: "agreement";
        readonly of: TimelineAgreement;
        readonly price: TimelinePrice;
        /** The customer's rate in the place of the discount; null: none. */
        readonly rate: TimelineRate | null;
        readonly isFirst: boolean;
      }
    | { readonly kind: "upgrade"; readonly of: TimelineUpgrade }
    /** Days with discount; those under a rate of the customer are grey. */
    | { readonly kind: "discount"; readonly rate: TimelineRate | null }
    /** The first day without discount. */
    | { readonly kind: "end"; readonly open: boolean }
    /** From the old end to the new one; without an arc where there was none before. */
    | { readonly kind: "shift"; readonly of: TimelineShift; readonly arc: string | null }
    | { readonly kind: "given"; readonly of: DiscountGiven; readonly currency: Timeline["currency"] }
    | { readonly kind: "penalty"; readonly of: TimelinePenalty; readonly currency: Timeline["currency"] }
  );
