import { addDays, type LocalDate, periodContaining } from "../calendar.js";
import { type Commitment } from "../commitment/commitment.js";
import { type Amount, big, format, sum, ZERO } from "../money.js";
import { charges } from "./charges.js";
import { type BillingHistory } from "./history.js";

/**
 * The nets that each recurring row would still have been charged, had the commitment gone on from the day after its
 * last one until the discount end date: per billing period, by `charges`, with the terms and the customer's billing as
 * they are on the last day, and nothing closed (domain.md 7).
 * @returns amounts by row id; rows without any are left out
 */
export const remainingFees = (
  history: BillingHistory,
  commitment: Commitment,
  lastDay: LocalDate,
): ReadonlyMap<string, Amount> => {
  const { discountEnd, terms } = commitment;
  const fees = new Map<string, Amount>();
  if (discountEnd === null) return fees;
  const goingOn = wentOn(history, commitment, lastDay, discountEnd);
  let next = addDays(lastDay, 1);
  while (next < discountEnd) {
    const period = periodContaining(history.customer.billingPeriod, next);
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
  lastDay: LocalDate,
  discountEnd: LocalDate,
): BillingHistory => {
  const recurring = commitment.terms.recurring.map((row) => ({ ...row, prorateFirst: true, prorateLast: true }));
  const left: Commitment = {
    ...commitment,
    start: addDays(lastDay, 1),
    termination: { on: addDays(discountEnd, -1), early: false, eventId: "" },
    terms: { ...commitment.terms, recurring, oneTime: [] },
  };
  const customer = { ...history.customer, closedOn: null, closedEventId: null };
  return { ...history, customer, accounts: new Map(), commitments: [left] };
};
