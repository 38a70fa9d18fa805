import { type LocalDate } from "../calendar.js";
import { type FeesByPeriod, type OneTimeFee, type PenaltyStrategy } from "../catalog/events.js";
import { type DomainEvent } from "../event.js";
import { type Amount, type Currency } from "../money.js";

/** A recurring fee as the commitment holds it, whatever the catalog says later. */
export interface RecurringRow {
  /** Unique within the commitment, e.g. "recurring-1". */
  readonly rowId: string;
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
  /** Unique within the commitment, e.g. "one-time-1". */
  readonly rowId: string;
}

/** What was agreed: copied from offer and subscriptions when assigned (domain.md 3). */
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

export const discountEndKinds = ["DEFAULT", "MANUAL"] as const;
export type DiscountEndKind = (typeof discountEndKinds)[number];

/** An account signed up for an offer. `effectiveOn` is the first charged day. */
export type CommitmentAssigned = DomainEvent<
  "CommitmentAssigned",
  {
    readonly commitmentId: string;
    readonly accountId: string;
    readonly customerId: string;
    readonly terms: Terms;
    /** First day without discount; null: the offer has no discount period. */
    readonly discountEnd: LocalDate | null;
    readonly discountEndKind: DiscountEndKind;
    readonly effectiveOn: LocalDate;
  }
>;
/** `effectiveOn` is the last charged day. A later one of these replaces the date. */
export type CommitmentTerminated = DomainEvent<
  "CommitmentTerminated",
  {
    readonly effectiveOn: LocalDate;
    /** As known when it was ordered, for readers; the close decides over the whole history. */
    readonly discountEnd: LocalDate | null;
    readonly early: boolean;
    /** The penalty that was previewed in the command's answer. */
    readonly penaltyPreview: Amount;
    /** Who or what ended it: a command, or the closing of what held it. */
    readonly reason: "ORDERED" | "ACCOUNT_CLOSED" | "CUSTOMER_CLOSED";
  }
>;

export type CommitmentEvent = CommitmentAssigned | CommitmentTerminated;
