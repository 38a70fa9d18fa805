import { type Instant, type LocalDate } from "../calendar.js";
import { reasoned } from "../event.js";
import {
  chosenDiscountEnd,
  type GivenDiscountEnd,
  requireEndReason,
  requireSyncTarget,
} from "./choose-discount-end.js";
import { type Commitment, withUnrecorded } from "./commitment.js";
import { discountEndOn, pausesWithin } from "./discount-end.js";
import { type DiscountEndSet } from "./events.js";
import { type CommitmentFacts, existing, goingOn } from "./guards.js";
import { termsOn } from "./terms.js";

/**
 * Sets the discount end date by hand or copies another commitment's, from today on (docs/rules.md#discount-end-date).
 * The date includes the pauses known now; later changes of those move it by the difference.
 * @throws Rejection COMMITMENT_NOT_FOUND, VALIDATION_FAILED (reason), ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, SYNC_TARGET_INVALID,
 * DISCOUNT_END_INVALID
 */
export const setDiscountEnd = (
  command: { readonly discountEnd: GivenDiscountEnd; readonly now: Instant },
  state: Commitment | null,
  facts: CommitmentFacts & { readonly syncTarget: Commitment | null },
): DiscountEndSet[] => {
  existing(state);
  requireEndReason(command.discountEnd, facts.closedDays);
  requireSyncTarget(command.discountEnd, facts.syncTarget);
  const { commitment, today } = goingOn(state, facts, command.now);
  const { accountId, commitmentId, start } = commitment;
  const terms = termsOn(commitment, today);
  const given = command.discountEnd;
  const { syncTarget } = facts;
  const discountEnd = chosenDiscountEnd({
    given,
    terms,
    accountId,
    commitmentId,
    start,
    least: today,
    today,
    syncTarget,
  });
  const event = (discountEndAfter: LocalDate | null): DiscountEndSet => ({
    type: "DiscountEndSet",
    data: {
      kind: given.kind,
      discountEnd,
      counted: pausesWithin(commitment, discountEnd, today),
      synchronisedWith: given.kind === "SYNCHRONISED" ? given.commitmentId : null,
      discountEndBefore: discountEndOn(commitment, today),
      discountEndAfter,
      effectiveOn: today,
      ...reasoned(facts.closedDays.reason),
    },
  });
  // With a scheduled termination an open pause counts beyond today, so that the date shown may be a later one.
  return [event(discountEndOn(withUnrecorded(commitment, event(null)), today))];
};
