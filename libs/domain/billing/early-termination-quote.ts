import { addDays, addMonths, later, type LocalDate } from "../calendar.js";
import { agreedTerms } from "../commitments/agreed-terms.js";
import { type Commitment, isEarly } from "../commitments/commitment.js";
import { discountEndOn } from "../commitments/discount-end.js";
import { endOf } from "../commitments/history.js";
import { type QuoteEarlyTermination } from "../commitments/terminate.js";
import { termsOn } from "../commitments/terms.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type Amount } from "../money.js";
import { chargesCorrected, correctedLedger } from "./corrections.js";
import { type CustomerBilling, ledgerBefore, movedBy, withOthers } from "./ledger.js";
import { type Line } from "./line.js";
import { type Recording } from "./recording.js";
import { penaltiesOf, totalOf } from "./period.js";

/**
 * The penalty lines if a commitment ended on a day: by the code of the close, with this end put into the history. Their
 * causes are recorded events only.
 * @param on last charged day
 * @param billing with the lines billed for that day's period and later ones
 * @param penaltyWaived true: each line is followed by its equal credit
 * @param record takes down how each line is computed
 */
export const penaltyIfTerminated = (
  commitment: Commitment,
  on: LocalDate,
  billing: CustomerBilling,
  penaltyWaived = false,
  record?: Recording,
): Line[] => {
  const { history } = billing;
  const ended: Commitment = { ...commitment, termination: { on, early: false, penaltyWaived, eventId: null } };
  // A closing that comes before is what ends it.
  const lastDay = endOf(ended, history)?.on ?? on;
  const before = history.commitments.find(({ commitmentId }) => commitmentId === commitment.commitmentId);
  const endsAnyway = endOf(before ?? { ...commitment, termination: null }, history)?.on === lastDay;
  const known = movedBy(billing, { ...history, commitments: [ended] }, endsAnyway ? null : lastDay);
  return penaltiesOf(known, billingPeriodOf(history.customer, lastDay), record);
};

/** The quote that terminating a commitment records: the total of `penaltyIfTerminated`. */
export const quoteEarlyTermination =
  (billing: CustomerBilling): QuoteEarlyTermination =>
  (commitment, on, penaltyWaived) =>
    totalOf(penaltyIfTerminated(commitment, on, billing, penaltyWaived), termsOn(commitment, on).currency);

/** What terminating a commitment on a day would cost, as far as known today. */
export interface EarlyTerminationQuote {
  /** The last charged day. */
  readonly on: LocalDate;
  /** Whether at least one discounted day would not be served. */
  readonly early: boolean;
  /** In the currency of the terms held on that day. */
  readonly total: Amount;
  /** The penalty lines that `total` adds up. */
  readonly lines: readonly Line[];
}

/** How many calendar months can be quoted at most. */
export const MOST_MONTHS = 60;

/**
 * The quotes for the last days of the running and each coming calendar month, by the code of the close
 * (docs/rules.md#early-termination-quote). A scheduled termination is left out; pauses, upgrades and rates count as
 * they are known today. The first month that is not early is the last of the list: those that follow cost nothing
 * either, unless an upgrade to come begins a discount period. For a commitment that has not started the first
 * month is that of its start.
 * @param today the customer's
 * @param months entries at most, 1 to {@link MOST_MONTHS}
 * @param record takes down how each line is computed
 * @returns empty for a commitment that has ended, or whose account or customer was closed
 */
export const earlyTerminationQuotes = (
  commitment: Commitment,
  billing: CustomerBilling,
  today: LocalDate,
  months: number,
  record?: Recording,
): EarlyTerminationQuote[] => {
  const { history } = billing;
  const going = { ...commitment, termination: null };
  const ended = commitment.annulled || (commitment.termination !== null && commitment.termination.on < today);
  if (ended || endOf(going, history)) return [];
  const first = later(today, commitment.start);
  const quotes: EarlyTerminationQuote[] = [];
  // What other holders were given is the same whichever day is quoted: it is computed once.
  const sealed = withOthers(
    history,
    commitment,
    first,
    correctedLedger(billing, chargesCorrected(billing, record), record),
    record,
  );
  let known: CustomerBilling = { ...billing, sealed, movedFrom: null, history: { ...history, others: new Map() } };
  for (let month = 0; month < months; month += 1) {
    const on = lastDayOfMonth(first, month);
    known = billedBefore(on, { ...known, history: { ...known.history, commitments: [going] } }, record);
    const lines = penaltyIfTerminated(commitment, on, known, false, record);
    const early = isEarly(on, discountEndOn(going, on, on));
    quotes.push({ on, early, total: totalOf(lines, termsOn(commitment, on).currency), lines });
    if (!early && !agreedTerms(going).some(({ by, from }) => by !== "RENEWAL" && from > on)) break;
  }
  return quotes;
};

const lastDayOfMonth = (date: LocalDate, monthsLater: number): LocalDate =>
  addDays(addMonths(`${date.slice(0, 7)}-01`, monthsLater + 1), -1);

/**
 * The billing with the ledger through the billing period before that of a day. Such a period gives the same whichever
 * later day the commitment ends on, so it is computed once, and counts as closed for the months that follow.
 */
const billedBefore = (on: LocalDate, billing: CustomerBilling, record?: Recording): CustomerBilling => {
  const { history, sealed, closedTo } = billing;
  const period = billingPeriodOf(history.customer, on);
  return {
    ...billing,
    sealed: ledgerBefore(history, period, sealed, closedTo, record),
    closedTo: closedTo === null ? period.from : later(closedTo, period.from),
  };
};
