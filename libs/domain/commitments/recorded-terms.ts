import { type FeesByPeriod, type OneTimeFee, type PenaltyStrategy } from "../catalog/events.js";
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
