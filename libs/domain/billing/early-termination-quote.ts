import { type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { endOf } from "../commitments/history.js";
import { type QuoteEarlyTermination } from "../commitments/terminate.js";
import { termsOn } from "../commitments/terms.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type CustomerBilling } from "./ledger.js";
import { type Line } from "./line.js";
import { periodLines, totalOf } from "./period.js";

/**
 * The penalty lines if a commitment ended on a day: by the code of the close, with this end put into the history. Their
 * causes are recorded events only.
 * @param on last charged day
 * @param penaltyWaived true: each line is followed by its equal credit
 */
export const penaltyIfTerminated = (
  commitment: Commitment,
  on: LocalDate,
  { history, sealed, closedTo }: CustomerBilling,
  penaltyWaived = false,
): Line[] => {
  const ended: Commitment = { ...commitment, termination: { on, early: false, penaltyWaived, eventId: null } };
  // A closing that comes before is what ends it.
  const lastDay = endOf(ended, history)?.on ?? on;
  const period = billingPeriodOf(history.customer, lastDay);
  const lines = periodLines({ ...history, commitments: [ended] }, period, sealed, closedTo);
  return lines.filter(({ kind }) => kind === "PENALTY" || kind === "PENALTY_WAIVED");
};

/** The early-termination quote that terminating a commitment records: the total of `penaltyIfTerminated`. */
export const quoteEarlyTermination =
  (billing: CustomerBilling): QuoteEarlyTermination =>
  (commitment, on, penaltyWaived) =>
    totalOf(penaltyIfTerminated(commitment, on, billing, penaltyWaived), termsOn(commitment, on).currency);
