import type Big from "big.js";
import { addDays, type Interval, type LocalDate } from "../calendar.js";
import { type CustomerClass } from "../catalog/customer-class.js";
import { type Commitment } from "../commitments/commitment.js";
import { discountEndOn } from "../commitments/discount-end.js";
import { holderOn } from "../commitments/holders.js";
import { type HeldTerms, heldTermsOn } from "../commitments/terms.js";
import { billingPeriodOf, type Customer, cycleOn, discountRateOn } from "../customers/customer.js";
import { type Amount, big, format, ZERO } from "../money.js";
import { computed, given, type Step } from "../step.js";
import { charges } from "./charges.js";
import { type CustomerHistory } from "../commitments/history.js";
import { classTermsOf } from "./class-terms.js";
import { type Line } from "./line.js";
import { type Recording } from "./recording.js";

/**
 * What each recurring fee row would still have been charged, net, had the commitment gone on from the day after its
 * last charged day until the discount end date (docs/rules.md#remaining-fees): per billing period, by `charges`, with
 * the terms and the customer's billing cycle, class and rate of the last charged day, without closings, pauses,
 * suspensions, and upgrades and renewals to come.
 * @param record takes down how they come about
 * @returns amounts by row id; rows without remaining fees are left out
 */
export const remainingFees = (
  history: CustomerHistory,
  commitment: Commitment,
  lastDay: LocalDate,
  record?: Recording,
): ReadonlyMap<string, Amount> => {
  const discountEnd = discountEndOn(commitment, lastDay, lastDay);
  const held = heldTermsOn(commitment, lastDay);
  if (discountEnd === null) return new Map();
  const goingOn = wentOn(history, commitment, held, lastDay, discountEnd);
  const { currency } = held.terms;
  const fees = new Map<string, Big>();
  const taken = new Map<string, Step[]>();
  const add = (lines: readonly Line[], times: number, through?: LocalDate): void => {
    for (const line of lines) {
      const { rowId, net } = line;
      const amount = big(net).times(times.toString());
      fees.set(rowId, (fees.get(rowId) ?? ZERO).plus(amount));
      const working = record?.workingOf(line);
      if (!working) continue;
      const period = { ...working.net, days: { from: line.from, until: line.until } };
      const of = [period, given("PERIOD_COUNT", "TIMES", `${times}`)];
      const days = { from: line.from, until: through ?? line.until };
      const several = computed("REMAINING_PERIODS", "PRODUCT", format(amount, currency), of, { days });
      taken.set(rowId, [...(taken.get(rowId) ?? []), times === 1 ? period : several]);
    }
  };
  // Nothing changes in the days left, so whole periods are all charged alike: a customer billed by the day has hundreds.
  const whole: Interval[] = [];
  let next = addDays(lastDay, 1);
  while (next < discountEnd) {
    const period = billingPeriodOf(goingOn.customer, next);
    if (period.from === next && period.to <= discountEnd) whole.push(period);
    else add(charges(goingOn, period, record), 1);
    next = period.to;
  }
  const [first] = whole;
  const last = whole.at(-1);
  if (first && last) add(charges(goingOn, first, record), whole.length, addDays(last.to, -1));
  const left = new Map(
    [...fees].flatMap(([rowId, net]) => (net.eq(ZERO) ? [] : [[rowId, format(net, currency)] as const])),
  );
  for (const [rowId, amount] of left) {
    record?.amount(left, rowId, computed("REMAINING_FEES", "SUM", amount, taken.get(rowId) ?? []));
  }
  return left;
};

/**
 * A commitment of the recurring rows for the days left. It prorates at both ends: neither is an end of the real one.
 */
const wentOn = (
  history: CustomerHistory,
  commitment: Commitment,
  { terms, eventId }: HeldTerms,
  lastDay: LocalDate,
  discountEnd: LocalDate,
): CustomerHistory => {
  const recurring = terms.recurring.map((row) => ({ ...row, prorateFirst: true, prorateLast: true }));
  const start = addDays(lastDay, 1);
  const [setting] = commitment.settings;
  const left: Commitment = {
    ...commitment,
    start,
    // Nobody else held these days: they are charged to the holder of the last one.
    holders: [{ ...holderOn(commitment, lastDay), from: start, transfer: null }],
    versions: [{ from: start, terms: { ...terms, recurring, oneTime: [] }, eventId }],
    settings: setting ? [{ ...setting, end: discountEnd, counted: {}, bounds: null, floor: null, ceiling: null }] : [],
    ceilings: [],
    pauses: [],
    pauseChanges: [],
    upgrades: [],
    scheduledUpgrades: [],
    renewals: [],
    termination: { on: addDays(discountEnd, -1), early: false, penaltyWaived: false, eventId: null },
  };
  // Rounded as the period of the last charged day, whatever class comes later: computing it again gives the same.
  const rounded = classTermsOf(history, billingPeriodOf(history.customer, lastDay));
  const pinned: CustomerClass = { customerClassId: PINNED, revisions: [{ ...rounded, effectiveOn: lastDay }] };
  return {
    customer: asOf(history.customer, lastDay),
    accounts: new Map(),
    classes: new Map([[PINNED, pinned]]),
    commitments: [left],
    others: new Map(),
  };
};

const PINNED = "as on the last day";

/** Open, served, and in the billing cycle, at the rate and in the class of that day for good. */
const asOf = (customer: Customer, lastDay: LocalDate): Customer => {
  const rate = discountRateOn(customer, lastDay);
  const discountRates = rate ? [{ ...rate, effectiveOn: addDays(lastDay, 1) }] : [];
  const classes = [{ effectiveOn: customer.createdOn, customerClassId: PINNED }];
  const cycles = [cycleOn(customer, lastDay)];
  return { ...customer, cycles, closedOn: null, closedEventId: null, suspensions: [], discountRates, classes };
};
