import { type BillingPeriodType } from "../billing-periods.js";
import { addDays, earlier, type Instant, type LocalDate } from "../calendar.js";
import { cycleOn } from "../customers/customer.js";
import { reasoned } from "../event.js";
import { reject } from "../rejection.js";
import { agree, type AgreementFacts, existingOffer } from "./agreement.js";
import {
  chosenDiscountEnd,
  type GivenDiscountEnd,
  requireEndReason,
  requireSyncTarget,
} from "./choose-discount-end.js";
import { type Commitment, withUnrecorded } from "./commitment.js";
import { discountEndOn, endOfDiscountPeriods, pausesBefore, pausesWithin } from "./discount-end.js";
import { type CommitmentUpgraded, type DiscountEndChoice, type Terms, type UpgradeScheduled } from "./events.js";
import { type Commanded, type CommitmentFacts, existing, goingOn, requireChangeable } from "./guards.js";
import { scheduled } from "./schedule-upgrade.js";
import { droppedBy } from "./waiting.js";

export interface UpgradeCommitment {
  /** Of a scheduled upgrade. */
  readonly upgradeId: string;
  readonly discountEnd: { readonly kind: "KEEP" | "DEFAULT" } | GivenDiscountEnd;
  /** First day of the new fees, which may lie in the future; today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

export interface UpgradeFacts extends CommitmentFacts, AgreementFacts {
  readonly syncTarget: Commitment | null;
}

/**
 * Moves a commitment to another offer: new fees from that day, no penalty, the discount ledger is kept
 * (docs/rules.md#upgrade). Time-limited upgrades end on the day before, planned upgrades are cancelled, and what was
 * ordered by then for later is dropped. For a coming day the upgrade is scheduled (docs/rules.md#scheduled-upgrade).
 * @throws Rejection COMMITMENT_NOT_FOUND, VALIDATION_FAILED, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, those
 * of agreeing on the offer, SYNC_TARGET_INVALID, DISCOUNT_END_INVALID, UPGRADE_INVALID, DATE_ALREADY_INVOICED,
 * CONFLICT
 */
export const upgradeCommitment = (
  command: UpgradeCommitment,
  state: Commitment | null,
  facts: UpgradeFacts,
): (CommitmentUpgraded | UpgradeScheduled)[] => {
  existing(state);
  requireEndReason(command.discountEnd, facts.closedDays);
  const offer = existingOffer(facts.offer);
  requireSyncTarget(command.discountEnd, facts.syncTarget);
  const commanded = goingOn(state, facts, command.now);
  const { commitment, customer, today } = commanded;
  const on = command.effectiveOn ?? today;
  const terms = agree(offer, customer, on, facts, commitment.termsAgreed);
  if (on > today) return [scheduled(command, commanded, terms, on)];
  const discountEndChoice = chooseEnd(command, commanded, terms, on, facts.syncTarget);
  if (on < commitment.start) {
    const message = `${on} is before the commitment starts on ${commitment.start}.`;
    throw reject("UPGRADE_INVALID", message, {
      field: "effectiveOn",
      facts: { case: "DAY_BEFORE_COMMITMENT", day: on, start: commitment.start },
    });
  }
  requireChangeable(commanded, on, "effectiveOn");
  const lastDay = addDays(on, -1);
  const ended = commitment.upgrades
    .filter(({ until }) => until >= on)
    .map(({ upgradeId }) => ({ upgradeId, until: lastDay }));
  const dropped = droppedBy(commitment, on, today);
  const discountEndBefore = discountEndOn(commitment, today);
  const event = (discountEndAfter: LocalDate | null): CommitmentUpgraded => ({
    type: "CommitmentUpgraded",
    data: {
      terms,
      discountEndChoice,
      ended,
      ...dropped,
      discountEndBefore,
      discountEndAfter,
      effectiveOn: on,
      ...reasoned(commanded.closedDays.reason),
    },
  });
  return [event(discountEndOn(withUnrecorded(commitment, event(null)), today))];
};

/**
 * @returns null: the date that the commitment has is kept.
 * @throws Rejection SYNC_TARGET_INVALID, DISCOUNT_END_INVALID
 */
const chooseEnd = (
  { discountEnd: given }: UpgradeCommitment,
  { commitment, customer, today }: Commanded,
  terms: Terms,
  on: LocalDate,
  syncTarget: Commitment | null,
): DiscountEndChoice | null => {
  const { accountId, commitmentId } = commitment;
  switch (given.kind) {
    case "KEEP":
      if (discountEndOn(commitment, on) !== null) return null;
      return defaultTerm(commitment, terms, cycleOn(customer, on).type, on);
    case "DEFAULT":
      // An offer without a discount period has no default: the date stays, so that upgrading avoids no penalty.
      return defaultTerm(commitment, terms, cycleOn(customer, on).type, on);
    case "MANUAL":
    case "SYNCHRONISED": {
      const before = discountEndOn(commitment, today);
      const least = before === null ? null : earlier(before, today);
      const choosing = { given, terms, accountId, commitmentId, start: on, least, today, syncTarget };
      const discountEnd = chosenDiscountEnd(choosing);
      return {
        kind: given.kind,
        discountEnd,
        counted: pausesWithin(commitment, discountEnd, today),
        synchronisedWith: given.kind === "SYNCHRONISED" ? given.commitmentId : null,
      };
    }
  }
};

/** The offer's discount period from a day on: pause days from then on move its end, earlier ones do not. */
const defaultTerm = (
  commitment: Commitment,
  { discountPeriods }: Terms,
  billingPeriod: BillingPeriodType,
  on: LocalDate,
): DiscountEndChoice | null =>
  discountPeriods === null
    ? null
    : {
        kind: "DEFAULT",
        discountEnd: endOfDiscountPeriods(billingPeriod, on, discountPeriods),
        counted: pausesBefore(commitment, on),
        synchronisedWith: null,
      };
