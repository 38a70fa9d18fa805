import { compareText } from "../by-day.js";
import { addDays, earlier, type LocalDate } from "../calendar.js";
import { type Commitment, isEarly, type Pause, type TimeLimitedUpgrade } from "./commitment.js";
import { discountEndForServing, discountEndOn, discountSettingOn } from "./discount-end.js";
import { type DiscountEndKind, type Terms } from "./events.js";
import { heldTerms, lastUpgradedDay, termsOn } from "./terms.js";

/** What is to be told of a commitment on a day: read off its state, deciding nothing. */

/** The day that its end date and terms are those of: today, and from its termination on its last day. */
const judgedOn = ({ termination }: Commitment, today: LocalDate): LocalDate =>
  termination === null ? today : earlier(termination.on, today);

const isOver = ({ termination }: Commitment, today: LocalDate): boolean =>
  termination !== null && termination.on < today;

/** True for what does not come about because the commitment ends before. */
const isBeyondEnd = ({ termination }: Commitment, day: LocalDate): boolean =>
  termination !== null && termination.on < day;

/** A last day as the commitment's own last day cuts it. */
const cutAtEnd = <Day extends LocalDate | null>({ termination }: Commitment, from: LocalDate, last: Day) => {
  if (termination === null || termination.on < from) return last;
  return last === null ? termination.on : earlier(last, termination.on);
};

export const discountEndToday = (commitment: Commitment, today: LocalDate): LocalDate | null =>
  discountEndOn(commitment, judgedOn(commitment, today));

export const discountEndKindToday = (commitment: Commitment, today: LocalDate): DiscountEndKind =>
  discountSettingOn(commitment, judgedOn(commitment, today)).kind;

export const termsToday = (commitment: Commitment, today: LocalDate): Terms =>
  termsOn(commitment, judgedOn(commitment, today));

/** Whether its termination, if it has one, is early as things stand: what the close will find. */
export const terminatedEarly = (commitment: Commitment): boolean | null => {
  const { termination, start } = commitment;
  if (termination === null) return null;
  return termination.on >= start && isEarly(termination.on, discountEndOn(commitment, termination.on));
};

/** Each says something of its own: a discount may run while the commitment is paused. */
export interface Flags {
  readonly discountRunning: boolean;
  readonly discountEndOpen: boolean;
  readonly pauseScheduled: boolean;
  readonly upgradeRunning: boolean;
  readonly terminationScheduled: boolean;
}

export const flagsOn = (commitment: Commitment, today: LocalDate): Flags => {
  const { start, termination, pauses } = commitment;
  const discountEnd = discountEndToday(commitment, today);
  // As for the lines: a scheduled termination cuts what is shown, not what is given until then.
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
    terminationScheduled: termination !== null && !over,
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
    }));

const isRunning = (commitment: Commitment, upgrade: TimeLimitedUpgrade, today: LocalDate): boolean =>
  upgrade.from <= today && today <= cutAtEnd(commitment, upgrade.from, lastUpgradedDay(commitment, upgrade));

/** Time-limited upgrades in the order in which they were ordered, without those that another upgrade left no day. */
export const timeLimitedUpgradesOn = (commitment: Commitment, today: LocalDate) =>
  commitment.upgrades
    .filter((upgrade) => upgrade.from <= lastUpgradedDay(commitment, upgrade) && !isBeyondEnd(commitment, upgrade.from))
    .map((upgrade) => {
      const { rowId, addOnProductId, from, then } = upgrade;
      const until = lastUpgradedDay(commitment, upgrade);
      const follows = then !== null && !isBeyondEnd(commitment, then.from);
      return {
        ...{ rowId, addOnProductId, from },
        until: cutAtEnd(commitment, from, until),
        running: isRunning(commitment, upgrade, today),
        thenUpgradeTo: follows ? then.terms : null,
      };
    });

/** What was agreed with the days on which it is in force, both inclusive; what was in force on no day is left out. */
export const agreements = (commitment: Commitment) =>
  heldTerms(commitment)
    .filter(({ from, to }) => from !== to && !isBeyondEnd(commitment, from))
    .map(({ from, to, terms }) => ({
      from,
      until: cutAtEnd(commitment, from, to === null ? null : addDays(to, -1)),
      terms,
    }));
