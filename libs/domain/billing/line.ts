import { type LocalDate, type PeriodDays } from "../calendar.js";
import { type Amount, type Currency } from "../money.js";
import { type UsageCounts } from "../voice/usage.js";

export const lineKinds = [
  "RECURRING",
  "ONE_TIME",
  "PENALTY",
  "PENALTY_WAIVED",
  "TRANSFER_FEE",
  "USAGE",
  "ADJUSTMENT",
] as const;
export type LineKind = (typeof lineKinds)[number];

/**
 * Whose discount a line gives: the commitment's own, which an early termination claims back, or the customer's rate.
 */
export const discountOrigins = ["COMMITMENT", "CUSTOMER_RATE"] as const;
export type DiscountOrigin = (typeof discountOrigins)[number];

/** A run of neighbouring days of a row that are charged alike, as a corrected period is charged now. */
export interface ChargedDays extends PeriodDays {
  /** Discount of a whole billing period, as {@link Line.unitDiscount}. */
  readonly unitDiscount: Amount;
  readonly discountOrigin: DiscountOrigin | null;
}

/** What an ADJUSTMENT corrects (docs/rules.md#corrections). */
export interface Correction {
  /** The kind of line that is corrected; any but ADJUSTMENT. */
  readonly kind: LineKind;
  /** First and last day of the billing period that it belongs to. */
  readonly period: PeriodDays;
  /** The lines that it corrects, by position in their invoice, from 1; none where nothing was billed. */
  readonly lines: readonly { readonly invoiceId: string; readonly line: number }[];
  /** RECURRING: how the row is charged in the period from now on. A later correction compares with it. */
  readonly charged?: readonly ChargedDays[];
  /** True: the lines are void with their invoice. What is charged on a single day comes back only with a reissue. */
  readonly voids?: true;
}

/** One line of an invoice. Fee and discount are rounded separately; net = fee - discount (docs/rules.md#lines). */
export interface Line {
  readonly kind: LineKind;
  /** Null: it is of calls, which belong to no commitment. */
  readonly commitmentId: string | null;
  readonly accountId: string;
  /** Row of the commitment's terms; of calls the same for the same account, tariff, leg and prefix. */
  readonly rowId: string;
  readonly description: string;
  /** First and last day, both inclusive, as people read them. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Days charged; 1 for one-time fees and penalties; of calls those from the first to the last one. */
  readonly days: number;
  /** Calendar days of the whole billing period; null for one-time fees, penalties and calls. */
  readonly periodDays: number | null;
  /**
   * What fee and discount were prorated from: those of a whole billing period, of a one-time fee the amounts themselves.
   * The discount is exact, with more decimals than the currency has where a rate makes them. Absent on penalties and
   * transfer fees, and on lines recorded before these were.
   */
  readonly unitFee?: Amount;
  readonly unitDiscount?: Amount;
  readonly fee: Amount;
  readonly discount: Amount;
  /** Where the discount comes from; null where none is agreed. */
  readonly discountOrigin: DiscountOrigin | null;
  readonly net: Amount;
  /** RECURRING: the charged days, both inclusive, where a proration flag makes them other ones than the days shown. */
  readonly charged?: PeriodDays;
  /** USAGE: how many calls it is, and how long they were. */
  readonly usage?: UsageCounts;
  /** ADJUSTMENT: what it corrects. */
  readonly corrects?: Correction;
  readonly currency: Currency;
  /** Always empty: prices are net of tax. */
  readonly taxes: readonly never[];
  /** Ids of the events that this line comes from. */
  readonly causes: readonly string[];
}
