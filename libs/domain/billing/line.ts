import { type LocalDate } from "../calendar.js";
import { type Amount, type Currency } from "../money.js";

export const lineKinds = ["RECURRING", "ONE_TIME", "PENALTY", "PENALTY_WAIVED"] as const;
export type LineKind = (typeof lineKinds)[number];

/**
 * Whose discount a line gives: the commitment's own, which an early termination claims back, or the customer's rate.
 */
export const discountOrigins = ["COMMITMENT", "CUSTOMER_RATE"] as const;
export type DiscountOrigin = (typeof discountOrigins)[number];

/** One line of an invoice. Fee and discount are rounded separately; net = fee - discount (docs/rules.md#lines). */
export interface Line {
  readonly kind: LineKind;
  readonly commitmentId: string;
  readonly accountId: string;
  /** Row of the commitment's terms. */
  readonly rowId: string;
  readonly description: string;
  /** First and last day, both inclusive, as people read them. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Days charged; 1 for one-time fees and penalties. */
  readonly days: number;
  /** Calendar days of the whole billing period; null for one-time fees and penalties. */
  readonly periodDays: number | null;
  /**
   * What fee and discount were prorated from: those of a whole billing period, of a one-time fee the amounts themselves.
   * The discount is exact, with more decimals than the currency has where a rate makes them. Absent on penalties, and on
   * lines recorded before these were.
   */
  readonly unitFee?: Amount;
  readonly unitDiscount?: Amount;
  readonly fee: Amount;
  readonly discount: Amount;
  /** Where the discount comes from; null where none is agreed. */
  readonly discountOrigin: DiscountOrigin | null;
  readonly net: Amount;
  readonly currency: Currency;
  /** Always empty: prices are net of tax. */
  readonly taxes: readonly never[];
  /** Ids of the events that this line comes from. */
  readonly causes: readonly string[];
}
