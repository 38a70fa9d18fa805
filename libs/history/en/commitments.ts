import { type Sentences, type TypesOf } from "../sentences-of.js";

/** Of decisions about a commitment. */
export const COMMITMENTS_EN: Sentences<TypesOf<"COMMITMENT">> = {
  CommitmentAssigned: ({ terms, accountId, effectiveOn }, say) =>
    `The offer “${terms.name}” was assigned to the account “${say.name("ACCOUNT", accountId)}”, from ${say.day(effectiveOn)} on.`,
  DiscountEndSet: ({ kind, discountEnd }, say) =>
    kind === "SYNCHRONISED"
      ? `The discount end date was copied from another commitment: ${say.day(discountEnd)}.`
      : `The discount end date was set to ${say.day(discountEnd)}.`,

  PauseScheduled: ({ from, until, selfCare }, say) =>
    `${selfCare === true ? "The customer ordered a pause" : "A pause was ordered"}: ${say.days(from, until)}.`,
  PauseChanged: ({ from, until }, say) => `The pause was changed: ${say.days(from, until)}.`,
  PauseCancelled: ({ effectiveOn }, say) => `The pause that was to begin on ${say.day(effectiveOn)} was cancelled.`,
  PauseEnded: ({ until }, say) => `The pause was ended: ${say.day(until)} is its last day.`,
  PauseRequested: ({ from, until }, say) => `The customer asked for a pause: ${say.days(from, until)}.`,
  PauseRequestApproved: ({ from, until }, say) =>
    `The pause that was asked for was approved: ${say.days(from, until)}.`,
  PauseRequestDeclined: () => "The pause that was asked for was declined.",
  PauseRequestWithdrawn: () => "The customer took the request for a pause back.",
  PauseRequestLapsed: ({ effectiveOn }, say) =>
    `The request for a pause lapsed: its first day, ${say.day(effectiveOn)}, began without an answer.`,

  TimeLimitedUpgradeOrdered: ({ addOnProductId, until, effectiveOn, then }, say) =>
    `A time-limited upgrade to “${say.name("ADD_ON_PRODUCT", addOnProductId)}” was ordered: ${say.days(effectiveOn, until)}${
      then === null ? "" : `, then the offer “${then.terms.name}” from ${say.day(then.from)} on`
    }.`,
  TimeLimitedUpgradeExtended: ({ until }, say) => `The time-limited upgrade was extended through ${say.day(until)}.`,
  TimeLimitedUpgradeEnded: ({ effectiveOn }, say) =>
    `The time-limited upgrade was ended: ${say.day(effectiveOn)} is its last day.`,
  PlannedUpgradeCancelled: () => "The upgrade that was planned after the time-limited one was cancelled.",
  CommitmentUpgraded: ({ terms, effectiveOn }, say) =>
    `The commitment moved to the offer “${terms.name}” on ${say.day(effectiveOn)}.`,
  UpgradeScheduled: ({ terms, effectiveOn }, say) =>
    `An upgrade to the offer “${terms.name}” was ordered for ${say.day(effectiveOn)}.`,
  ScheduledUpgradeCancelled: ({ effectiveOn }, say) =>
    `The upgrade that was ordered for ${say.day(effectiveOn)} was cancelled.`,
  FeesRenewalOrdered: ({ terms, effectiveOn }, say) =>
    `A renewal of the fees was ordered: those of revision ${terms.offerRevision} of “${terms.name}” count from ${say.day(effectiveOn)} on.`,
  FeesRenewalCancelled: ({ effectiveOn }, say) =>
    `The renewal of the fees that was ordered for ${say.day(effectiveOn)} was cancelled.`,

  CommitmentTransferred: ({ fromAccountId, accountId, transferFee, effectiveOn }, say) =>
    `The commitment was transferred from the account “${say.name("ACCOUNT", fromAccountId)}” to “${say.name("ACCOUNT", accountId)}”, which holds it from ${say.day(effectiveOn)} on; transfer fee ${say.money(transferFee)}.`,
  CommitmentTerminated: ({ effectiveOn, early, penaltyPreview, penaltyWaived, reason }, say) => {
    const why = {
      ORDERED: "",
      ACCOUNT_CLOSED: " because its account was closed",
      CUSTOMER_CLOSED: " because its customer was closed",
      NON_PAYMENT: " for non-payment",
    }[reason];
    const penalty = early ? `, with a penalty of ${say.money(penaltyPreview)} as known then` : "";
    return `The commitment was terminated${why}: ${say.day(effectiveOn)} is the last charged day${
      penaltyWaived === true ? ", and the penalty is waived" : penalty
    }.`;
  },
  TerminationCancelled: () => "The termination was cancelled: the commitment goes on.",
  CommitmentAnnulled: () => "The customer withdrew: the commitment was annulled, and nothing of it is charged.",
};
