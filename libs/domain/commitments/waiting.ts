import { type LocalDate } from "../calendar.js";
import { agreedTerms, dropsRenewal } from "./agreed-terms.js";
import { type FeesRenewal, type ScheduledUpgrade } from "./coming-terms.js";
import { type Commitment, type TimeLimitedUpgrade } from "./commitment.js";
import { type CommitmentUpgraded } from "./events.js";
import { upgradedRowOn } from "./terms.js";

/*
 * What was ordered for a coming day and can still come, cancelled or replaced: also where a scheduled termination, or
 * another coming day, would drop it (docs/rules.md#dropped-terms), because those can be cancelled too.
 */

export const waitingUpgrade = ({ scheduledUpgrades }: Commitment, today: LocalDate): ScheduledUpgrade | undefined =>
  scheduledUpgrades.find(({ from }) => from > today);

export const waitingRenewal = (commitment: Commitment, today: LocalDate): FeesRenewal | undefined => {
  const begun = agreedTerms(commitment).filter(({ from }) => from <= today);
  return commitment.renewals.find(
    (renewal) => renewal.from > today && !begun.some((terms) => dropsRenewal(terms, renewal)),
  );
};

/** The time-limited upgrade with a planned upgrade that waits. */
export const waitingPlan = (commitment: Commitment, today: LocalDate): TimeLimitedUpgrade | undefined =>
  commitment.upgrades.find(
    (upgrade) =>
      upgrade.then !== null && upgrade.then.from > today && upgradedRowOn(commitment, upgrade, today) !== null,
  );

/**
 * What an upgrade made on a day drops: a renewal that waits, and a scheduled upgrade, unless that was ordered after the
 * upgrade's own day, to which it is dated back.
 */
export const droppedBy = (
  commitment: Commitment,
  on: LocalDate,
  today: LocalDate,
): Pick<CommitmentUpgraded["data"], "droppedUpgradeIds" | "droppedRenewalIds"> => {
  const upgrade = waitingUpgrade(commitment, today);
  const renewal = waitingRenewal(commitment, today);
  return {
    ...(upgrade && upgrade.orderedOn <= on && { droppedUpgradeIds: [upgrade.upgradeId] }),
    ...(renewal && { droppedRenewalIds: [renewal.renewalId] }),
  };
};
