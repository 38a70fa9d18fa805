import { type Instant, type LocalDate } from "../calendar.js";
import { cycleOn } from "../customers/customer.js";
import { reasoned } from "../event.js";
import { reject } from "../rejection.js";
import { type Commitment } from "./commitment.js";
import { type GivenDiscountEnd } from "./choose-discount-end.js";
import { discountEndOn, endOfDiscountPeriods } from "./discount-end.js";
import { type ScheduledUpgradeCancelled, type Terms, type UpgradeScheduled } from "./events.js";
import { type Commanded, type CommitmentFacts, goingOn } from "./guards.js";
import { waitingUpgrade } from "./waiting.js";

/**
 * An upgrade for a coming day, with terms copied and checked now (docs/rules.md#scheduled-upgrade).
 * @throws Rejection DISCOUNT_END_INVALID, UPGRADE_INVALID
 */
export const scheduled = (
  command: {
    readonly upgradeId: string;
    readonly discountEnd: { readonly kind: "KEEP" | "DEFAULT" } | GivenDiscountEnd;
  },
  { commitment, customer, today, closedDays }: Commanded,
  terms: Terms,
  on: LocalDate,
): UpgradeScheduled => {
  const { upgradeId, discountEnd } = command;
  if (discountEnd.kind !== "KEEP" && discountEnd.kind !== "DEFAULT") {
    const message = "An upgrade for a coming day keeps the discount end date or begins the offer's discount period.";
    throw reject("DISCOUNT_END_INVALID", message, {
      field: "discountEnd",
      facts: { case: "DISCOUNT_END_OF_COMING_UPGRADE" },
    });
  }
  const { kind } = discountEnd;
  const { discountPeriods } = terms;
  // A date that there is now will be there on that day.
  const begins = discountPeriods !== null && (kind === "DEFAULT" || discountEndOn(commitment, today) === null);
  const end = begins ? endOfDiscountPeriods(cycleOn(customer, on).type, on, discountPeriods) : null;
  if (on < commitment.start) {
    const message = `${on} is before the commitment starts on ${commitment.start}.`;
    throw reject("UPGRADE_INVALID", message, {
      field: "effectiveOn",
      facts: { case: "DAY_BEFORE_COMMITMENT", day: on, start: commitment.start },
    });
  }
  const other = waitingUpgrade(commitment, today);
  if (other) {
    const message = `An upgrade is scheduled for ${other.from} already: cancel it first.`;
    throw reject("UPGRADE_INVALID", message, {
      field: "effectiveOn",
      facts: { case: "UPGRADE_SCHEDULED", day: other.from },
    });
  }
  const ordered = { orderedOn: today, effectiveOn: on, ...reasoned(closedDays.reason) };
  return { type: "UpgradeScheduled", data: { upgradeId, terms, discountEnd: { kind, default: end }, ...ordered } };
};

/**
 * Cancels a scheduled upgrade before its day.
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, NOT_SCHEDULED
 */
export const cancelScheduledUpgrade = (
  command: {
    /** The day for which it must be scheduled; any unless given. */
    readonly effectiveOn?: LocalDate;
    readonly now: Instant;
  },
  state: Commitment | null,
  facts: CommitmentFacts,
): ScheduledUpgradeCancelled[] => {
  const { commitment, today } = goingOn(state, facts, command.now);
  const upgrade = waitingUpgrade(commitment, today);
  const { effectiveOn: on = upgrade?.from } = command;
  if (upgrade && upgrade.from === on) {
    return [{ type: "ScheduledUpgradeCancelled", data: { upgradeId: upgrade.upgradeId, effectiveOn: upgrade.from } }];
  }
  const message = on === undefined ? "No upgrade is scheduled." : `No upgrade is scheduled for ${on}.`;
  throw reject("NOT_SCHEDULED", message, {
    field: on === undefined ? "commitmentId" : "effectiveOn",
    facts: { case: "NO_UPGRADE_SCHEDULED" },
  });
};
