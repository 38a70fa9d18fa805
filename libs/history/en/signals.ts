import { type Sentences, type TypesOf } from "../sentences-of.js";

/** What took effect by the passing of time. */
export const SIGNALS_EN: Sentences<TypesOf<"SIGNAL">> = {
  PauseStartTookEffect: ({ effectiveOn, until }, say) => `The pause began: ${say.days(effectiveOn, until)}.`,
  PauseEndTookEffect: ({ effectiveOn }, say) => `The pause is over: charges run from ${say.day(effectiveOn)} on.`,
  UpgradeRevertTookEffect: () => "The time-limited upgrade is over.",
  PlannedUpgradeTookEffect: ({ offerId }, say) => `The planned upgrade to “${say.name("OFFER", offerId)}” is in force.`,
  UpgradeTookEffect: ({ offerId }, say) => `The scheduled upgrade to “${say.name("OFFER", offerId)}” is in force.`,
  RenewalTookEffect: ({ offerId, offerRevision }, say) =>
    `The renewed fees are in force: those of revision ${offerRevision} of “${say.name("OFFER", offerId)}”.`,
  DiscountEndTookEffect: ({ effectiveOn }, say) =>
    `The discount ended: ${say.day(effectiveOn)} is the first day without it.`,
  CommitmentEndNears: ({ discountEnd }, say) => `The discount ends soon, on ${say.day(discountEnd)}.`,
  TerminationTookEffect: ({ effectiveOn }, say) =>
    `The commitment has ended: ${say.day(effectiveOn)} is the first day that is not charged.`,
  SuspensionTookEffect: () => "The suspension that was ordered for this day blocks the service.",
  UnsuspensionTookEffect: () => "The service is back, as it was ordered for this day.",
  SubscriptionDiscountRateTookEffect: ({ rate }, say) =>
    rate === null
      ? "The commitments’ own discounts count again."
      : `The discount rate of ${say.percent(rate)} that was ordered for this day is in force.`,
};
