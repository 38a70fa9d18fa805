import { addDays, addMonths, later, type LocalDate } from "../calendar.js";
import { type Commitment, isEarly } from "../commitments/commitment.js";
import { discountEndOn } from "../commitments/discount-end.js";
import { plannedUpgrades, termsOn } from "../commitments/terms.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type Amount } from "../money.js";
import { type CustomerHistory, endOf } from "../commitments/history.js";
import { penaltyIfTerminated } from "./early-termination-quote.js";
import { type CustomerBilling, ledgerBefore } from "./ledger.js";
import { type Line } from "./line.js";
import { totalOf } from "./period.js";

/** What leaving on a day would cost, as far as known today. */
export interface LeavingCost {
  /** The last charged day. */
  readonly on: LocalDate;
  /** Whether a discounted day would stay unserved. */
  readonly early: boolean;
  readonly total: Amount;
  /** The penalty lines that `total` adds up. */
  readonly lines: readonly Line[];
}

/** How far ahead it can be asked, in months. */
export const MOST_MONTHS = 60;

/**
 * What it would cost to leave on the last day of the present and each coming calendar month, by the code of the close
 * (domain.md 7): whatever termination is scheduled, with the pauses, upgrades and rates known. The first month that is
 * not early is the last of the list, for all that follow cost nothing either, unless a planned upgrade begins a term
 * later. A commitment that has not started begins with the month of its start. None for one that has ended, or whose
 * account or customer was closed.
 * @param months entries at most, 1 to {@link MOST_MONTHS}
 */
export const leavingCosts = (
  commitment: Commitment,
  billing: CustomerBilling,
  today: LocalDate,
  months: number,
): LeavingCost[] => {
  const { history } = billing;
  const going = { ...commitment, termination: null };
  const ended = commitment.termination !== null && commitment.termination.on < today;
  if (ended || endOf(going, history)) return [];
  const first = later(today, commitment.start);
  const costs: LeavingCost[] = [];
  let known = billing;
  for (let month = 0; month < months; month += 1) {
    const on = lastDayOfMonth(first, month);
    known = { ...known, ...until(on, { ...history, commitments: [going] }, known) };
    const lines = penaltyIfTerminated(commitment, on, known);
    const early = isEarly(on, discountEndOn(going, on, on));
    costs.push({ on, early, total: totalOf(lines, termsOn(commitment, on).currency), lines });
    if (!early && !plannedUpgrades(going).some(({ from }) => from > on)) break;
  }
  return costs;
};

const lastDayOfMonth = (date: LocalDate, monthsLater: number): LocalDate =>
  addDays(addMonths(`${date.slice(0, 7)}-01`, monthsLater + 1), -1);

/**
 * The ledger through the billing period before that of a day. Such a period gives the same whichever later day the
 * commitment ends on, so it is computed once, and counts as closed for the months that follow.
 */
const until = (
  on: LocalDate,
  goingOn: CustomerHistory,
  { sealed, closedTo }: Pick<CustomerBilling, "sealed" | "closedTo">,
): Pick<CustomerBilling, "sealed" | "closedTo"> => {
  const period = billingPeriodOf(goingOn.customer, on);
  return {
    sealed: ledgerBefore(goingOn, period, sealed, closedTo),
    closedTo: closedTo === null ? period.from : later(closedTo, period.from),
  };
};
