import { addDays, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitment/commitment.js";
import { discountEndOn } from "../commitment/discount-end.js";
import { type Terms } from "../commitment/events.js";
import { termsOn } from "../commitment/terms.js";
import { billingPeriodOf, type Customer, discountRateOn } from "../customer/customer.js";
import { type Amount, big, format, sum, ZERO } from "../money.js";
import { charges } from "./charges.js";
import { type BillingHistory } from "./history.js";

/**
 * The nets that each recurring row would still have been charged, had the commitment gone on from the day after its
 * last one until the discount end date: per billing period, by `charges`, with the terms and the customer's billing and
 * rate as they are on the last day, nothing closed, paused, suspended or planned (domain.md 7).
 * @returns amounts by row id; rows without any are left out
 */
export const remainingFees = (
  history: BillingHistory,
  commitment: Commitment,
  lastDay: LocalDate,
): ReadonlyMap<string, Amount> => {
  const discountEnd = discountEndOn(commitment, lastDay, lastDay);
  const terms = termsOn(commitment, lastDay);
  const fees = new Map<string, Amount>();
  if (discountEnd === null) return fees;
  const goingOn = wentOn(history, commitment, terms, lastDay, discountEnd);
  let next = addDays(lastDay, 1);
  while (next < discountEnd) {
    const period = billingPeriodOf(history.customer, next);
    for (const { rowId, net } of charges(goingOn, period)) {
      fees.set(rowId, format(sum([fees.get(rowId) ?? "0", net].map(big)), terms.currency));
    }
    next = period.to;
  }
  return new Map([...fees].filter(([, net]) => !big(net).eq(ZERO)));
};

/** Only the days left, only the recurring rows; neither edge of those days is a first or last day of the commitment. */
const wentOn = (
  history: BillingHistory,
  commitment: Commitment,
  terms: Terms,
  lastDay: LocalDate,
  discountEnd: LocalDate,
): BillingHistory => {
  const recurring = terms.recurring.map((row) => ({ ...row, prorateFirst: true, prorateLast: true }));
  const start = addDays(lastDay, 1);
  const [setting] = commitment.settings;
  const left: Commitment = {
    ...commitment,
    start,
    versions: [{ from: start, terms: { ...terms, recurring, oneTime: [] }, eventId: commitment.assignedEventId }],
    settings: setting ? [{ ...setting, end: discountEnd, counted: {}, floor: null }] : [],
    pauses: [],
    upgrades: [],
    termination: { on: addDays(discountEnd, -1), early: false, penaltyWaived: false, eventId: "" },
  };
  return { ...history, customer: asOf(history.customer, lastDay), accounts: new Map(), commitments: [left] };
};

/** Open, served, and at the rate of that day for good. */
const asOf = (customer: Customer, lastDay: LocalDate): Customer => {
  const rate = discountRateOn(customer, lastDay);
  const discountRates = rate ? [{ ...rate, effectiveOn: addDays(lastDay, 1) }] : [];
  return { ...customer, closedOn: null, closedEventId: null, suspensions: [], discountRates };
};
