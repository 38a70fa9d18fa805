import { addDays, type LocalDate } from "#domain/calendar.js";
import { statusOn } from "#domain/commitments/commitment.js";
import { holdings } from "#domain/commitments/holders.js";
import { type Terms as AgreedTerms } from "#domain/commitments/events.js";
import { type CommitmentRow } from "#read-models/commitments/table.js";
import { feesShown, oneTimeFeeShown } from "../catalog/shown.js";
import { type Plain } from "../graphql/plain.js";
import {
  agreements,
  discountEndKindToday,
  discountEndToday,
  flagsOn,
  pauseRequestsOn,
  pausesOn,
  scheduledUpgradeOn,
  terminatedEarly,
  termsToday,
  timeLimitedUpgradesOn,
  waitingRenewalOn,
} from "#domain/commitments/on-day.js";
import { type Commitment, type Terms } from "./models.js";

/** The GraphQL form of a commitment's row on the customer's today; field resolvers load what depends on invoices. */
export const commitmentShown = (row: CommitmentRow, today: LocalDate): Plain<Commitment> => {
  const { id, createdAt, updatedAt, start, terminatedOn, state, accountId, customerId } = row;
  const terms = termsToday(state, today);
  const [upgrade, renewal] = [scheduledUpgradeOn(state, today), waitingRenewalOn(state, today)];
  return {
    id,
    createdAt,
    updatedAt,
    start,
    terminatedOn,
    offerId: terms.offerId,
    accountId,
    customerId,
    status: statusOn(state, today),
    terms: termsShown(terms),
    agreements: agreements(state).map((agreement) => ({ ...agreement, terms: termsShown(agreement.terms) })),
    discountEndDate: discountEndToday(state, today),
    discountEndKind: discountEndKindToday(state, today),
    ...flagsOn(state, today),
    holders: holdings(state).map(({ holder, from, to }) => ({
      from,
      until: to === null ? null : addDays(to, -1),
      transferFee: holder.transfer?.fee ?? null,
      accountId: holder.accountId,
      customerId: holder.customerId,
    })),
    pauses: pausesOn(state, today),
    pauseRequests: pauseRequestsOn(state, today),
    timeLimitedUpgrades: timeLimitedUpgradesOn(state, today).map((upgrade) => ({
      ...upgrade,
      thenUpgradeTo: upgrade.thenUpgradeTo && termsShown(upgrade.thenUpgradeTo),
    })),
    scheduledUpgrade: upgrade && {
      ...upgrade,
      terms: termsShown(upgrade.terms),
      discountEnd: upgrade.discountEnd.kind,
    },
    waitingRenewal: renewal && { ...renewal, terms: termsShown(renewal.terms) },
    terminatedEarly: terminatedEarly(state),
    annulled: state.annulled,
    penaltyWaived: state.termination?.penaltyWaived ?? false,
  };
};

const termsShown = (terms: AgreedTerms): Plain<Terms> => ({
  ...terms,
  recurring: terms.recurring.map(({ subscriptionId, fees, ...row }) => ({
    ...row,
    planId: subscriptionId,
    fees: feesShown(fees),
  })),
  oneTime: terms.oneTime.map((row) => oneTimeFeeShown(row, terms.currency)),
});
