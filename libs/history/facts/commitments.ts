import { billingPeriodTypes } from "#domain/billing-periods.js";
import { type LocalDate } from "#domain/calendar.js";
import { type FeesByPeriod } from "#domain/catalog/events.js";
import { type Commitment } from "#domain/commitments/commitment.js";
import { type RecurringRow, type Terms } from "#domain/commitments/events.js";
import { holderOn } from "#domain/commitments/holders.js";
import {
  discountEndKindToday,
  discountEndToday,
  scheduledUpgradeOn,
  termsToday,
  waitingRenewalOn,
} from "#domain/commitments/on-day.js";
import { type Currency } from "#domain/money.js";
import { type Speaker } from "../speaker.js";
import { each, type Fact, type FactsOf } from "./fact.js";

/** Fees of a whole period by billing period type: `monthly $20.00, yearly $200.00`. */
export const feesText = (fees: FeesByPeriod, currency: Currency, { words, money }: Speaker): string =>
  words.and(
    billingPeriodTypes.flatMap((type) => {
      const fee = fees[type];
      return fee === undefined ? [] : [`${words.billingPeriods[type]} ${money(fee, currency)}`];
    }),
  );

const termsText = ({ name, offerRevision }: Terms, { words }: Speaker): string => words.revision(name, offerRevision);

const rowText = (row: RecurringRow, currency: Currency, say: Speaker): string => {
  const fees = say.words.fees(feesText(row.fees, currency, say), say.money(row.discount, currency));
  return `${row.description}: ${fees}`;
};

/** Terms that come on a later day. */
const comingText = (coming: { readonly terms: Terms; readonly from: LocalDate } | null, say: Speaker): string | null =>
  coming === null ? null : say.words.and([termsText(coming.terms, say), say.words.fromOn(say.day(coming.from))]);

/** Of several rows of one plan, the first is that plan's first row before and after a change too. */
const rowFacts = ({ recurring, currency }: Terms, say: Speaker): Fact[] => {
  const seen = new Map<string, number>();
  return recurring.map((row) => {
    const { subscriptionId, addOnProductId } = row;
    const plan = `${subscriptionId} ${addOnProductId ?? ""}`;
    const place = (seen.get(plan) ?? 0) + 1;
    seen.set(plan, place);
    return { field: "recurringFee", key: `${plan} ${place}`, value: rowText(row, currency, say) };
  });
};

export const commitmentFacts: FactsOf<Commitment> = (commitment, on, say) => {
  const { start, termination, annulled, pauses, pauseRequests, upgrades } = commitment;
  const terms = termsToday(commitment, on);
  const holder = holderOn(commitment, on);
  const end = discountEndToday(commitment, on);
  return [
    { field: "offer", value: termsText(terms, say) },
    { field: "account", value: say.name("ACCOUNT", holder.accountId) },
    { field: "customer", value: say.name("CUSTOMER", holder.customerId) },
    { field: "start", value: say.day(start) },
    { field: "discountEndDate", value: end === null ? null : say.day(end) },
    {
      field: "discountEndKind",
      value: end === null ? null : say.words.discountEnds[discountEndKindToday(commitment, on)],
    },
    { field: "terminatedOn", value: termination === null ? null : say.day(termination.on) },
    { field: "penaltyWaived", value: termination === null ? null : say.yesNo(termination.penaltyWaived) },
    { field: "annulled", value: annulled ? say.words.yes : null },
    ...rowFacts(terms, say),
    ...each(
      pauses.filter(({ cancelled }) => !cancelled),
      "pause",
      ({ pauseId }) => pauseId,
      ({ from, until }) => say.days(from, until),
    ),
    ...each(
      pauseRequests,
      "pauseRequest",
      ({ pauseId }) => pauseId,
      ({ from, until, status }) => say.words.and([say.days(from, until), say.words.pauseRequests[status]]),
    ),
    ...each(
      upgrades,
      "timeLimitedUpgrade",
      ({ upgradeId }) => upgradeId,
      ({ addOnProductId, from, until, then }) =>
        say.words.and([
          say.words.upgradedTo(say.name("ADD_ON_PRODUCT", addOnProductId), say.days(from, until)),
          ...(then === null ? [] : [say.words.followedBy(then.terms.name, say.day(then.from))]),
        ]),
    ),
    { field: "scheduledUpgrade", value: comingText(scheduledUpgradeOn(commitment, on), say) },
    { field: "waitingRenewal", value: comingText(waitingRenewalOn(commitment, on), say) },
  ];
};
