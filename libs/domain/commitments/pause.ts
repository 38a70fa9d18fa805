import { addDays, earlier, type Instant, LAST_DATE, later, type LocalDate } from "../calendar.js";
import { reasoned } from "../event.js";
import { reject } from "../rejection.js";
import { type Facts } from "../rejection-facts.js";
import { type Commitment, type Pause, pauseOn, type SettingBounds, withUnrecorded } from "./commitment.js";
import { boundsOf, UNBOUNDED } from "./discount-end-bounds.js";
import { discountEndOn, lastPartOf, settingsOf, wholeEnd } from "./discount-end.js";
import {
  type DiscountEndBounds,
  type PauseCancelled,
  type PauseChanged,
  type PauseEnded,
  type PauseRequestApproved,
  type PauseScheduled,
} from "./events.js";
import { type Commanded, type CommitmentFacts, goingOn, requireChangeable } from "./guards.js";
import { lastOwnDay } from "./pause-changes.js";

export interface PauseCommitment {
  readonly pauseId: string;
  /** First paused day; left out: "pause now", paused from the day after the command's. */
  readonly from?: LocalDate;
  /** Last paused day; null: open until it is ended. */
  readonly until: LocalDate | null;
  /** The day of a "pause now", or on which one with days of its own counts as ordered; today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/**
 * Pauses a commitment: no service, no charges, and the discount end date moves (docs/rules.md#pauses).
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, PAUSE_INVALID,
 * PAUSE_OVERLAPS, DATE_ALREADY_INVOICED, CONFLICT
 */
export const pauseCommitment = (
  command: PauseCommitment,
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseScheduled[] => {
  const commanded = goingOn(state, facts, command.now);
  const { commitment, today, closedDays } = commanded;
  const { pauseId, until } = command;
  const now = command.from === undefined;
  const from = command.from ?? addDays(command.effectiveOn ?? today, 1);
  requirePausable(commanded, { from, until }, now ? "effectiveOn" : "from");
  // A day to come would order nothing else than today does.
  const orderedOn = now ? today : earlier(command.effectiveOn ?? today, today);
  // From that day on it may raise an end date that had passed; nothing is charged before the start.
  requireChangeable(commanded, later(commitment.start, earlier(orderedOn, from)), "effectiveOn");
  const scheduled = moving(commanded, (move) => ({
    type: "PauseScheduled",
    data: {
      pauseId,
      from,
      until,
      now,
      orderedOn,
      ...move,
      effectiveOn: from,
      ...reasoned(closedDays.reason),
    },
  }));
  // Said for the day before its first one, a "pause now" may move a date from that day on.
  const { chargesFrom } = scheduled.data;
  if (chargesFrom !== undefined) requireChangeable(commanded, later(commitment.start, chargesFrom), "effectiveOn");
  return [scheduled];
};

export interface ChangePause {
  /** First paused day of the pause that is meant. */
  readonly from: LocalDate;
  /** Left out: as it is. */
  readonly newFrom?: LocalDate;
  /** Left out: as it is. */
  readonly newUntil?: LocalDate;
  readonly now: Instant;
}

/**
 * Gives a pause that has not begun other days.
 * @returns no event when nothing changes
 * @throws Rejection as for pausing, and PAUSE_NOT_FOUND
 */
export const changePause = (command: ChangePause, state: Commitment | null, facts: CommitmentFacts): PauseChanged[] => {
  const commanded = goingOn(state, facts, command.now);
  const pause = futurePause(commanded, command.from);
  const { newFrom: from = pause.from, newUntil: until = pause.until } = command;
  requirePausable(commanded, { from, until, pauseId: pause.pauseId }, "newFrom");
  if (from === pause.from && until === pause.until) return [];
  const { pauseId } = pause;
  const effectiveOn = earlier(from, pause.from);
  const { today, closedDays } = commanded;
  return [
    moving(commanded, (move) => ({
      type: "PauseChanged",
      data: { pauseId, from, until, orderedOn: today, ...move, effectiveOn, ...reasoned(closedDays.reason) },
    })),
  ];
};

/** Cancels a pause that has not begun. @throws Rejection as for pausing, and PAUSE_NOT_FOUND */
export const cancelPause = (
  command: { readonly from: LocalDate; readonly now: Instant },
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseCancelled[] => {
  const commanded = goingOn(state, facts, command.now);
  return [cancelled(commanded, futurePause(commanded, command.from))];
};

export interface ResumeCommitment {
  /** Becomes the last paused day: today, an earlier day, or a coming day of the running pause. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/**
 * Ends a running pause: service is back at once, charges from the day after. On the day of a "pause now" itself it
 * cancels that pause (docs/rules.md#resume).
 * @throws Rejection as for pausing, and NOT_PAUSED
 */
export const resumeCommitment = (
  command: ResumeCommitment,
  state: Commitment | null,
  facts: CommitmentFacts,
): (PauseEnded | PauseCancelled)[] => {
  const commanded = goingOn(state, facts, command.now);
  const { commitment, today } = commanded;
  const on = command.effectiveOn ?? today;
  const pausedNow = commitment.pauses.find(
    ({ cancelled: gone, now, from }) => !gone && now && from === addDays(on, 1) && on === today,
  );
  if (pausedNow) return [cancelled(commanded, pausedNow)];
  const pause = pauseOn(commitment, on);
  // A pause that was resumed as of a coming day can still be ended earlier; on its last paused day it has ended.
  if (pause && pause.from <= today && (!pause.resumed || on !== pause.until)) {
    requireChangeable(commanded, addDays(on, 1), "effectiveOn");
    const { pauseId } = pause;
    return [
      moving(commanded, (move) => ({
        type: "PauseEnded",
        data: {
          pauseId,
          until: on,
          orderedOn: today,
          ...move,
          effectiveOn: on,
          ...reasoned(commanded.closedDays.reason),
        },
      })),
    ];
  }
  throw reject("NOT_PAUSED", `The commitment is not paused on ${on}.`, {
    field: "commitmentId",
    facts: { case: "NOT_PAUSED_ON", day: on },
  });
};

/** @throws Rejection PAUSE_NOT_FOUND, PAUSE_INVALID */
const futurePause = ({ commitment, today }: Commanded, first: LocalDate): Pause => {
  const pause = commitment.pauses.find(({ from, cancelled: gone }) => !gone && from === first);
  if (!pause) {
    throw reject("PAUSE_NOT_FOUND", `No pause begins on ${first}.`, {
      field: "from",
      facts: { case: "NO_PAUSE_FROM", from: first },
    });
  }
  if (pause.from > today) return pause;
  throw reject("PAUSE_INVALID", `The pause began on ${first}: it can only be ended.`, {
    field: "from",
    facts: { case: "PAUSE_BEGUN", from: first },
  });
};

/** @throws Rejection PAUSE_INVALID, PAUSE_OVERLAPS, DATE_ALREADY_INVOICED, CONFLICT */
export const requirePausable = (
  commanded: Commanded,
  { from, until, pauseId }: { readonly from: LocalDate; readonly until: LocalDate | null; readonly pauseId?: string },
  field: string,
): void => {
  const { start, pauses } = commanded.commitment;
  if (until !== null && until < from) {
    throw reject("PAUSE_INVALID", `A pause from ${from} cannot last until ${until}.`, {
      field,
      facts: { case: "PAUSE_ENDS_TOO_EARLY", from, until },
    });
  }
  if (from < start) {
    throw reject("PAUSE_INVALID", `${from} is before the commitment starts on ${start}.`, {
      field,
      facts: { case: "DAY_BEFORE_COMMITMENT", day: from, start },
    });
  }
  const other = pauses.find(
    (pause) =>
      pause.pauseId !== pauseId &&
      !pause.cancelled &&
      (until === null || pause.from <= until) &&
      (pause.until === null || from <= pause.until),
  );
  if (other) {
    const days = other.until === null ? `from ${other.from} on` : `from ${other.from} until ${other.until}`;
    throw reject("PAUSE_OVERLAPS", `There is a pause ${days} already.`, { field, facts: thereAlready(other) });
  }
  requireChangeable(commanded, from, field);
};

const thereAlready = ({ from, until }: Pause): Facts =>
  until === null ? { case: "OPEN_PAUSE_THERE", from } : { case: "PAUSE_THERE", from, until };

const cancelled = (commanded: Commanded, { pauseId, from }: Pause): PauseCancelled =>
  moving(commanded, (move) => ({
    type: "PauseCancelled",
    data: { pauseId, orderedOn: commanded.today, ...move, effectiveOn: from },
  }));

type Move = Pick<
  PauseScheduled["data"],
  "discountEndBefore" | "discountEndAfter" | "discountEndBounds" | "chargesFrom"
>;

/**
 * The event with its effect on the discount end date. No end date that was set is lowered below the command's own day,
 * or further where it lies before that day, and none is raised for days before it: then the event contains the bounds
 * (docs/rules.md#discount-end-bounds). Pauses count whole: a scheduled termination that cuts them may be cancelled.
 */
export const moving = <
  Event extends PauseScheduled | PauseChanged | PauseCancelled | PauseEnded | PauseRequestApproved,
>(
  { commitment, today }: Commanded,
  event: (move: Move) => Event,
): Event => {
  const changed = (move: Move): Commitment => withUnrecorded(commitment, event(move));
  const draft: Move = { discountEndBefore: discountEndOn(commitment, today), discountEndAfter: null };
  const discountEndBounds = boundsLeft(changed(draft));
  const bounded = { ...draft, ...(discountEndBounds.length > 0 && { discountEndBounds }) };
  const after = changed(bounded);
  const ends = endsMoved(commitment, after);
  requireDates(ends);
  const ownDay = lastOwnDay(after.pauseChanges);
  const { effectiveOn } = event(draft).data;
  const isEarlier = ownDay < effectiveOn && ends.some(({ from, to }) => earlier(from, to) < effectiveOn);
  const move = { ...bounded, ...(isEarlier && { chargesFrom: ownDay }) };
  return event({ ...move, discountEndAfter: discountEndOn(after, today) });
};

/** The bounds that the change which was recorded last leaves other than they were, with it among the changes. */
export const boundsLeft = ({ settings, pauseChanges, ceilings }: Commitment): DiscountEndBounds[] =>
  settings.flatMap((setting) => {
    const { kind, eventId: setBy, bounds: before, floor } = setting;
    if (kind === "DEFAULT") return [];
    const bounds = boundsOf(setting, pauseChanges);
    // Those of events from before are replaced, though nothing be left of them.
    const wasBound = floor !== null || ceilings.some((one) => one.setBy === setBy && one.raisedFrom !== undefined);
    const isSame = before === null ? !wasBound && areAlike(bounds, UNBOUNDED) : areAlike(bounds, before);
    return isSame ? [] : [{ setBy, ...bounds }];
  });

const areAlike = (one: SettingBounds, other: SettingBounds): boolean =>
  one.floor === other.floor &&
  one.ceilings.length === other.ceilings.length &&
  one.ceilings.every(({ day, raisedFrom }, index) => {
    const { day: otherDay, raisedFrom: otherFrom } = other.ceilings[index] ?? {};
    return day === otherDay && raisedFrom === otherFrom;
  });

interface MovedEnd {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The dates that the change which was recorded last moves, as of its own day. */
const endsMoved = (before: Commitment, after: Commitment): MovedEnd[] => {
  const ownDay = lastOwnDay(after.pauseChanges);
  const settings = settingsOf(after);
  return settingsOf(before).flatMap((setting, index) => {
    const from = wholeEnd(lastPartOf(setting, before), before, ownDay);
    const to = wholeEnd(lastPartOf(settings[index] ?? setting, after), after, ownDay);
    return from === null || to === null || from === to ? [] : [{ from, to }];
  });
};

/** @throws Rejection PAUSE_INVALID where one is raised beyond the last date there is */
const requireDates = (ends: readonly MovedEnd[]): void => {
  const beyond = ends.find(({ from, to }) => to > LAST_DATE && to > from);
  if (!beyond) return;
  const message = `The discount would end on ${beyond.to}, out of the range of dates to ${LAST_DATE}.`;
  throw reject("PAUSE_INVALID", message, {
    facts: { case: "DISCOUNT_END_OUT_OF_RANGE", end: beyond.to, last: LAST_DATE },
  });
};
