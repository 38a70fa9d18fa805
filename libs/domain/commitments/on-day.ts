import { compareText } from "../by-day.js";
import { addDays, earlier, later, type LocalDate } from "../calendar.js";
import { agreedTerms } from "./agreed-terms.js";
import { type FeesRenewal, type ScheduledUpgrade } from "./coming-terms.js";
import { type Commitment, isEarly, type Pause, type TimeLimitedUpgrade } from "./commitment.js";
import { discountEndForServing, discountEndOn, type DiscountEndSteps, discountSettingOn } from "./discount-end.js";
import { type DiscountEndKind, type Terms } from "./events.js";
import { requestStatusOn } from "./pause-request.js";
import { heldTerms, lastUpgradedDay, termsOn, upgradedRowOn } from "./terms.js";

/** What readers see of a commitment on a day, computed from its state. */

/** The day whose discount end date and terms are shown: today, or the last charged day where that has passed. */
const judgedOn = ({ termination }: Commitment, today: LocalDate): LocalDate =>
  termination === null ? today : earlier(termination.on, today);

const isOver = ({ termination }: Commitment, today: LocalDate): boolean =>
  termination !== null && termination.on < today;

/** True for a day after the commitment's last charged day. */
const isBeyondEnd = ({ termination }: Commitment, day: LocalDate): boolean =>
  termination !== null && termination.on < day;

/** A last day, but not after the commitment's last charged day. */
const cutAtEnd = <Day extends LocalDate | null>({ termination }: Commitment, from: LocalDate, last: Day) => {
  if (termination === null || termination.on < from) return last;
  return last === null ? termination.on : earlier(last, termination.on);
};

export const discountEndToday = (
  commitment: Commitment,
  today: LocalDate,
  taken?: DiscountEndSteps,
): LocalDate | null => discountEndOn(commitment, judgedOn(commitment, today), undefined, taken);

export const discountEndKindToday = (commitment: Commitment, today: LocalDate): DiscountEndKind =>
  discountSettingOn(commitment, judgedOn(commitment, today)).kind;

export const termsToday = (commitment: Commitment, today: LocalDate): Terms =>
  termsOn(commitment, judgedOn(commitment, today));

/** Whether the termination is early as known today, as the period close will decide; null: there is none. */
export const terminatedEarly = (commitment: Commitment): boolean | null => {
  const { termination, start } = commitment;
  if (commitment.annulled) return false;
  if (termination === null) return null;
  return termination.on >= start && isEarly(termination.on, discountEndOn(commitment, termination.on));
};

/** Independent of each other and of the status: a discount may run while the commitment is paused. */
export interface Flags {
  readonly discountRunning: boolean;
  readonly discountEndOpen: boolean;
  readonly pauseScheduled: boolean;
  readonly upgradeRunning: boolean;
  readonly upgradeScheduled: boolean;
  readonly renewalWaiting: boolean;
  readonly terminationScheduled: boolean;
}

export const flagsOn = (commitment: Commitment, today: LocalDate): Flags => {
  const { start, termination, pauses } = commitment;
  const discountEnd = discountEndToday(commitment, today);
  // As for charge lines: a scheduled termination changes the date shown, not the discounts until then.
  const serving = discountEndForServing(commitment, today);
  const over = isOver(commitment, today);
  return {
    discountRunning: !over && start <= today && serving !== null && today < serving,
    // A termination, a scheduled one too, ends an open pause.
    discountEndOpen:
      termination === null &&
      discountEnd !== null &&
      pauses.some((pause) => !pause.cancelled && pause.until === null && pause.from < discountEnd),
    pauseScheduled: pauses.some((pause) => pauseStatusOn(commitment, pause, today) === "SCHEDULED"),
    upgradeRunning: commitment.upgrades.some((upgrade) => isRunning(commitment, upgrade, today)),
    upgradeScheduled: scheduledUpgradeOn(commitment, today) !== null,
    renewalWaiting: waitingRenewalOn(commitment, today) !== null,
    terminationScheduled: termination !== null && !over && !commitment.annulled,
  };
};

export type PauseStatus = "SCHEDULED" | "RUNNING" | "ENDED" | "CANCELLED";

const pauseStatusOn = (commitment: Commitment, { from, until, cancelled }: Pause, today: LocalDate): PauseStatus => {
  if (cancelled || isBeyondEnd(commitment, from)) return "CANCELLED";
  if (today < from) return "SCHEDULED";
  const last = cutAtEnd(commitment, from, until);
  return last === null || today <= last ? "RUNNING" : "ENDED";
};

/** Pauses by first day, cancelled ones included. */
export const pausesOn = (commitment: Commitment, today: LocalDate) =>
  [...commitment.pauses]
    .sort((a, b) => compareText(a.from, b.from))
    .map((pause) => ({
      from: pause.from,
      until: cutAtEnd(commitment, pause.from, pause.until),
      status: pauseStatusOn(commitment, pause, today),
      selfCare: pause.selfCare,
      eventIds: [...new Set([pause.fromEventId, pause.untilEventId])],
    }));

/** What the customer asked for, in order of recording. */
export const pauseRequestsOn = ({ pauseRequests }: Commitment, today: LocalDate) =>
  pauseRequests.map((request) => ({ ...request, status: requestStatusOn(request, today) }));

const isRunning = (commitment: Commitment, upgrade: TimeLimitedUpgrade, today: LocalDate): boolean =>
  upgrade.from <= today && today <= cutAtEnd(commitment, upgrade.from, lastUpgradedDay(commitment, upgrade));

/** The scheduled upgrade that is to come; null: there is none, or something that comes before drops it. */
export const scheduledUpgradeOn = (commitment: Commitment, today: LocalDate): ScheduledUpgrade | null => {
  const found = agreedTerms(commitment).find(({ by, from }) => by === "SCHEDULED_UPGRADE" && from > today);
  return found?.by === "SCHEDULED_UPGRADE" ? found : null;
};

/** The renewal of fees that is to come; null: there is none, or something that comes before drops it. */
export const waitingRenewalOn = (commitment: Commitment, today: LocalDate): FeesRenewal | null => {
  const found = agreedTerms(commitment).find(({ by, from }) => by === "RENEWAL" && from > today);
  return found?.by === "RENEWAL" ? found : null;
};

/** Time-limited upgrades in order of recording, without those that have no day left because of another upgrade. */
export const timeLimitedUpgradesOn = (commitment: Commitment, today: LocalDate) =>
  commitment.upgrades
    .filter((upgrade) => upgrade.from <= lastUpgradedDay(commitment, upgrade) && !isBeyondEnd(commitment, upgrade.from))
    .map((upgrade) => {
      const { addOnProductId, from, then } = upgrade;
      const until = lastUpgradedDay(commitment, upgrade);
      const follows = agreedTerms(commitment).some(
        (terms) => terms.by === "PLANNED_UPGRADE" && terms.upgrade.upgradeId === upgrade.upgradeId,
      );
      return {
        rowId: upgradedRowOn(commitment, upgrade, earlier(later(today, from), until)) ?? upgrade.rowId,
        addOnProductId,
        from,
        until: cutAtEnd(commitment, from, until),
        running: isRunning(commitment, upgrade, today),
        thenUpgradeTo: follows ? (then?.terms ?? null) : null,
        eventId: upgrade.eventId,
      };
    });

/** All terms with their first and last days; those in force on no day are left out. */
export const agreements = (commitment: Commitment) =>
  heldTerms(commitment)
    .filter(({ from, to }) => from !== to && !isBeyondEnd(commitment, from))
    .map(({ from, to, terms }) => ({
      from,
      until: cutAtEnd(commitment, from, to === null ? null : addDays(to, -1)),
      terms,
    }));
