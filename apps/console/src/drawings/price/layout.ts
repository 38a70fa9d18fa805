import { addDays, addMonths, dayNumber, later } from "../days.js";
import { type DayScale, dayScale, rounded } from "../scale.js";

/** What an offer costs: `Offer.costs` of the API. Amounts are decimal texts, days ISO dates. */
export interface OfferPrice {
  /** The first charged day. */
  readonly start: string;
  /** The first day without discount; null: the offer has no discount period. */
  readonly discountEnd: string | null;
  readonly discountedPrice: string;
  readonly priceAfterDiscount: string;
  readonly leaving: readonly LeavingOffer[];
}

export interface LeavingOffer {
  /** The last charged day. */
  readonly on: string;
  readonly penalty: string;
}

/** Room of the two lanes, in px: the price above, what leaving costs below. */
export const PRICE = { y: 32, height: 96 } as const;
export const LEAVING = { y: 160, height: 64 } as const;
export const PRICE_HEIGHT = 232;

/** The price of a billing period while it is the same. */
export interface PriceStep {
  readonly is: "discounted" | "full";
  readonly price: string;
  readonly from: string;
  /** The last day; null: it goes on. */
  readonly until: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LeavingColumn {
  readonly of: LeavingOffer;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PriceLayout {
  readonly scale: DayScale;
  readonly steps: readonly PriceStep[];
  readonly columns: readonly LeavingColumn[];
  /** Where the discount ends; null: there is no discount period. */
  readonly endX: number | null;
}

/** Of an offer without discount period, so many months are drawn. */
const WITHOUT_TERM = 12;
/** Days after the end of the discount that are drawn at least. */
const BEYOND = 61;

/**
 * The price over the term on a line of days, and below it what leaving costs by months.
 * @param width of the whole drawing in px
 */
export const layoutPrice = (costs: OfferPrice, width: number): PriceLayout => {
  const { start, discountEnd, discountedPrice, priceAfterDiscount, leaving } = costs;
  const scale = dayScale(start, lastDay(costs), width);
  // Of a drawing only: the amounts that are said are the API's.
  const highestPrice = Math.max(Number(discountedPrice), Number(priceAfterDiscount));
  const step = (is: PriceStep["is"], price: string, from: string, until: string | null): PriceStep => ({
    ...{ is, price, from, until },
    ...column(scale.x(from), scale.end(until ?? scale.until), share(price, highestPrice), PRICE),
  });
  const highestPenalty = Math.max(...leaving.map(({ penalty }) => Number(penalty)), 0);
  return {
    scale,
    steps:
      discountEnd === null
        ? [step("full", priceAfterDiscount, start, null)]
        : [
            step("discounted", discountedPrice, start, addDays(discountEnd, -1)),
            step("full", priceAfterDiscount, discountEnd, null),
          ],
    columns: leaving.map((of, at) => {
      const before = leaving[at - 1];
      const from = before ? scale.end(before.on) : scale.x(start);
      return { of, ...column(from, scale.end(of.on), share(of.penalty, highestPenalty), LEAVING) };
    }),
    endX: discountEnd === null ? null : scale.x(discountEnd),
  };
};

/** The last day that is drawn: some time after the discount, and all of what leaving costs. */
const lastDay = ({ start, discountEnd, leaving }: OfferPrice): string => {
  const afterTerm =
    discountEnd === null
      ? addDays(addMonths(start, WITHOUT_TERM), -1)
      : addDays(discountEnd, Math.max(BEYOND, Math.floor((dayNumber(discountEnd) - dayNumber(start)) / 6)));
  return later(afterTerm, leaving.at(-1)?.on ?? afterTerm);
};

const share = (amount: string, highest: number): number => (highest === 0 ? 0 : Number(amount) / highest);

const column = (from: number, until: number, share: number, lane: { readonly y: number; readonly height: number }) => ({
  x: from,
  y: rounded(lane.y + lane.height * (1 - share)),
  width: rounded(until - from),
  height: rounded(lane.height * share),
});
