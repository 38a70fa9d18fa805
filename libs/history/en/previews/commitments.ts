import { type PreviewedOf } from "../../previewed.js";
import { type Sentences } from "../../sentences-of.js";

/** Of commands on a commitment. */
export const COMMITMENT_PREVIEWS_EN: Sentences<PreviewedOf<"COMMITMENT">> = {
  CommitmentAssigned: ({ terms, accountId, effectiveOn }, say) =>
    `The account “${say.name("ACCOUNT", accountId)}” will have the offer “${terms.name}” from ${say.day(effectiveOn)} on.`,
  DiscountEndSet: ({ kind, discountEnd }, say) =>
    kind === "SYNCHRONISED"
      ? `The discount end date will be copied from another commitment: ${say.day(discountEnd)}.`
      : `The discount end date will be set to ${say.day(discountEnd)}.`,

  PauseScheduled: ({ from, until }, say) => `The commitment will be paused: ${say.days(from, until)}.`,
  PauseChanged: ({ from, until }, say) => `The pause will have other days: ${say.days(from, until)}.`,
  PauseCancelled: ({ effectiveOn }, say) => `There will be no pause from ${say.day(effectiveOn)} on: it is cancelled.`,
  PauseEnded: ({ until }, say) => `The pause will end: ${say.day(until)} is its last day.`,
  PauseRequested: ({ from, until }, say) =>
    `A pause will be asked for: ${say.days(from, until)}. Nothing changes until it is approved.`,
  PauseRequestApproved: ({ from, until }, say) =>
    `The pause that was asked for will be approved: ${say.days(from, until)}.`,
  PauseRequestDeclined: () => "The pause that was asked for will be declined.",
  PauseRequestWithdrawn: () => "The request for a pause will be taken back.",

  TimeLimitedUpgradeOrdered: ({ addOnProductId, until, effectiveOn, then }, say) =>
    `There will be a time-limited upgrade to “${say.name("ADD_ON_PRODUCT", addOnProductId)}”: ${say.days(effectiveOn, until)}${
      then === null ? "" : `, then the offer “${then.terms.name}” from ${say.day(then.from)} on`
    }.`,
  TimeLimitedUpgradeExtended: ({ until }, say) => `The time-limited upgrade will last through ${say.day(until)}.`,
  TimeLimitedUpgradeEnded: ({ effectiveOn }, say) =>
    `The time-limited upgrade will end: ${say.day(effectiveOn)} is its last day.`,
  PlannedUpgradeCancelled: () => "The upgrade that is planned after the time-limited one will not be made.",
  CommitmentUpgraded: ({ terms, effectiveOn }, say) =>
    `The commitment will move to the offer “${terms.name}” on ${say.day(effectiveOn)}.`,
  UpgradeScheduled: ({ terms, effectiveOn }, say) =>
    `The commitment will move to the offer “${terms.name}” on ${say.day(effectiveOn)}; until then that can be cancelled.`,
  ScheduledUpgradeCancelled: ({ effectiveOn }, say) =>
    `The upgrade that is ordered for ${say.day(effectiveOn)} will not be made.`,
  FeesRenewalOrdered: ({ terms, effectiveOn }, say) =>
    `The fees will be renewed: those of revision ${terms.offerRevision} of “${terms.name}” count from ${say.day(effectiveOn)} on.`,
  FeesRenewalCancelled: ({ effectiveOn }, say) =>
    `The fees will not be renewed on ${say.day(effectiveOn)}: the order is cancelled.`,

  CommitmentTransferred: ({ fromAccountId, accountId, transferFee, effectiveOn }, say) =>
    `The commitment will pass from the account “${say.name("ACCOUNT", fromAccountId)}” to “${say.name("ACCOUNT", accountId)}”, which holds it from ${say.day(effectiveOn)} on; transfer fee ${say.money(transferFee)}.`,
  CommitmentTerminated: ({ effectiveOn, early, penaltyPreview, penaltyWaived }, say) => {
    const penalty = early ? `, with a penalty of ${say.money(penaltyPreview)} as known now` : "";
    return `The commitment will be terminated: ${say.day(effectiveOn)} is the last charged day${
      penaltyWaived === true ? ", and the penalty is waived" : penalty
    }.`;
  },
  TerminationCancelled: () => "The commitment will go on: its termination is cancelled.",
  CommitmentAnnulled: () => "The commitment will be annulled: nothing of it is charged, and what it cost is credited.",
};
