import { earlier, later, type LocalDate } from "../calendar.js";
import { type Commitment, type CommitmentStatus, statusOn } from "../commitments/commitment.js";
import { endOf, inOrder } from "../commitments/history.js";
import { discountEndToday, termsToday } from "../commitments/on-day.js";
import { type RateRange, rateRanges, type SuspendedRange, suspendedRanges } from "../customers/ranges.js";
import { lastDayDrawn, pausesDrawn, type TimelinePause } from "./commitment-timeline.js";
import { type CustomerBilling } from "./ledger.js";

/** A commitment on an axis with others. */
export interface CommitmentBar {
  readonly commitmentId: string;
  readonly accountId: string;
  /** Of its terms. */
  readonly name: string;
  readonly status: CommitmentStatus;
  /** Its first charged day. */
  readonly from: LocalDate;
  /** Its last charged day, also where its account or customer is closed; null: none is known. */
  readonly lastDay: LocalDate | null;
  /** The first day without discount; null: there is none. */
  readonly discountEnd: LocalDate | null;
  readonly pauses: readonly TimelinePause[];
}

/** Commitments that a customer holds, on one axis, as known today. */
export interface CommitmentsTimeline {
  readonly today: LocalDate;
  /** The first start; today where that is earlier, or there is none. */
  readonly from: LocalDate;
  /** The last day that is worth drawing of any of them. */
  readonly until: LocalDate;
  readonly commitments: readonly CommitmentBar[];
  readonly suspensions: readonly SuspendedRange[];
  readonly rates: readonly RateRange[];
}

/**
 * @param held whether a commitment is asked for; those that another customer holds now never are
 * @param today the customer's
 */
export const commitmentsTimeline = (
  { history }: CustomerBilling,
  held: (commitment: Commitment) => boolean,
  today: LocalDate,
): CommitmentsTimeline => {
  const { customer } = history;
  const drawn = inOrder(history.commitments)
    .filter((commitment) => commitment.customerId === customer.customerId && held(commitment))
    .map((commitment) => ({ commitment, end: endOf(commitment, history)?.on ?? null }));
  const from = drawn.reduce<LocalDate>((first, { commitment: { start } }) => earlier(first, start), today);
  const until = drawn.reduce<LocalDate>(
    (last, { commitment, end }) => later(last, lastDayDrawn(commitment, customer, end, today)),
    today,
  );
  return {
    ...{ today, from, until },
    commitments: drawn.map(({ commitment, end }) => ({
      commitmentId: commitment.commitmentId,
      accountId: commitment.accountId,
      name: termsToday(commitment, today).name,
      status: end !== null && end < today ? "TERMINATED" : statusOn(commitment, today),
      from: commitment.start,
      lastDay: end,
      discountEnd: discountEndToday(commitment, today),
      pauses: pausesDrawn(commitment, today),
    })),
    suspensions: suspendedRanges(customer, { from, until }),
    rates: rateRanges(customer, { from, until }),
  };
};
