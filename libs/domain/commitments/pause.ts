import { addDays, earlier, type Instant, type LocalDate } from "../calendar.js";
import { firstChangeableDay } from "../customers/closed-days.js";
import { reject } from "../rejection.js";
import { type Commitment, commitmentEvolver, type Pause, pauseOn } from "./commitment.js";
import { discountEndOn, settingsOf, wholeEnd } from "./discount-end.js";
import { type PauseCancelled, type PauseChanged, type PauseEnded, type PauseScheduled } from "./events.js";
import { type Commanded, type CommitmentFacts, goingOn, requireChangeable } from "./guards.js";

export interface PauseCommitment {
  readonly pauseId: string;
  /** First free day; left out: "pause now", free from the day after the command's. */
  readonly from?: LocalDate;
  /** Last free day; null: open until it is ended. */
  readonly until: LocalDate | null;
  /** The day of a "pause now"; today unless given. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/**
 * Pauses a commitment: no service, no charges, and the discount end date moves (domain.md 5.4).
 * @throws Rejection COMMITMENT_NOT_FOUND, ALREADY_TERMINATED, CUSTOMER_CLOSED, ACCOUNT_CLOSED, PAUSE_INVALID,
 * PAUSE_OVERLAPS, DATE_ALREADY_INVOICED, CONFLICT
 */
export const pauseCommitment = (
  command: PauseCommitment,
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseScheduled[] => {
  const commanded = goingOn(state, facts, command.now);
  const { today } = commanded;
  const { pauseId, until } = command;
  const now = command.from === undefined;
  const from = command.from ?? addDays(command.effectiveOn ?? today, 1);
  requireFree(commanded, { from, until }, now ? "effectiveOn" : "from");
  return [
    moving(commanded, (move) => ({
      type: "PauseScheduled",
      data: { pauseId, from, until, now, orderedOn: today, ...move, effectiveOn: from },
    })),
  ];
};

export interface ChangePause {
  /** First free day of the pause that is meant. */
  readonly from: LocalDate;
  /** Left out: as it is. */
  readonly newFrom?: LocalDate;
  /** Left out: as it is. */
  readonly newUntil?: LocalDate;
  readonly now: Instant;
}

/** Moves a pause that has not begun. What changes nothing is no event. @throws Rejection also PAUSE_NOT_FOUND */
export const changePause = (command: ChangePause, state: Commitment | null, facts: CommitmentFacts): PauseChanged[] => {
  const commanded = goingOn(state, facts, command.now);
  const pause = futurePause(commanded, command.from);
  const { newFrom: from = pause.from, newUntil: until = pause.until } = command;
  requireFree(commanded, { from, until, pauseId: pause.pauseId }, "newFrom");
  if (from === pause.from && until === pause.until) return [];
  const { pauseId } = pause;
  const effectiveOn = earlier(from, pause.from);
  return [
    moving(commanded, (move) => ({
      type: "PauseChanged",
      data: { pauseId, from, until, orderedOn: commanded.today, ...move, effectiveOn },
    })),
  ];
};

/** Cancels a pause that has not begun: as if it had never been. @throws Rejection also PAUSE_NOT_FOUND */
export const cancelPause = (
  command: { readonly from: LocalDate; readonly now: Instant },
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseCancelled[] => {
  const commanded = goingOn(state, facts, command.now);
  return [cancelled(commanded, futurePause(commanded, command.from))];
};

export interface ResumeCommitment {
  /** Becomes the pause's last free day: today, a day of the running period, or a day of the running pause to come. */
  readonly effectiveOn?: LocalDate;
  readonly now: Instant;
}

/**
 * Ends a running pause: service is back at once, charges from the day after. On the day of a "pause now" itself it
 * cancels that pause (domain.md 2).
 * @throws Rejection also NOT_PAUSED
 */
export const resumeCommitment = (
  command: ResumeCommitment,
  state: Commitment | null,
  facts: CommitmentFacts,
): (PauseEnded | PauseCancelled)[] => {
  const commanded = goingOn(state, facts, command.now);
  const { commitment, today } = commanded;
  const on = command.effectiveOn ?? today;
  const orderedToday = commitment.pauses.find(
    ({ cancelled: gone, now, from }) => !gone && now && from === addDays(on, 1) && on === today,
  );
  if (orderedToday) return [cancelled(commanded, orderedToday)];
  const pause = pauseOn(commitment, on);
  // One that was resumed for a day to come can be ended earlier; on its last day it is ended already.
  if (pause && pause.from <= today && (!pause.resumed || on !== pause.until)) {
    requireChangeable(commanded, addDays(on, 1), "effectiveOn");
    const { pauseId } = pause;
    return [
      moving(commanded, (move) => ({
        type: "PauseEnded",
        data: { pauseId, until: on, orderedOn: today, ...move, effectiveOn: on },
      })),
    ];
  }
  throw reject("NOT_PAUSED", `The commitment is not paused on ${on}.`, { field: "commitmentId" });
};

/** @throws Rejection PAUSE_NOT_FOUND, PAUSE_INVALID */
const futurePause = ({ commitment, today }: Commanded, first: LocalDate): Pause => {
  const pause = commitment.pauses.find(({ from, cancelled: gone }) => !gone && from === first);
  if (!pause) throw reject("PAUSE_NOT_FOUND", `No pause begins on ${first}.`, { field: "from" });
  if (pause.from > today) return pause;
  throw reject("PAUSE_INVALID", `The pause began on ${first}: it can only be ended.`, { field: "from" });
};

/** @throws Rejection PAUSE_INVALID, PAUSE_OVERLAPS, DATE_ALREADY_INVOICED, CONFLICT */
const requireFree = (
  commanded: Commanded,
  { from, until, pauseId }: { readonly from: LocalDate; readonly until: LocalDate | null; readonly pauseId?: string },
  field: string,
): void => {
  const { start, pauses } = commanded.commitment;
  if (until !== null && until < from) {
    throw reject("PAUSE_INVALID", `A pause from ${from} cannot last until ${until}.`, { field });
  }
  if (from < start) {
    throw reject("PAUSE_INVALID", `${from} is before the commitment starts on ${start}.`, { field });
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
    throw reject("PAUSE_OVERLAPS", `There is a pause ${days} already.`, { field });
  }
  requireChangeable(commanded, from, field);
};

const cancelled = (commanded: Commanded, { pauseId, from }: Pause): PauseCancelled =>
  moving(commanded, (move) => ({
    type: "PauseCancelled",
    data: { pauseId, orderedOn: commanded.today, ...move, effectiveOn: from },
  }));

type Move = Pick<
  PauseScheduled["data"],
  "discountEndBefore" | "discountEndAfter" | "discountEndFloors" | "discountEndCeilings"
>;

/**
 * The event with what it does to the discount end date, by folding the pauses with it. No end date that was set may be
 * lowered below today, nor further where it is lower already (domain.md 5.3), and one in a closed period stays where it
 * is: then the event names that bound. Pauses count whole for it: a scheduled termination that cuts them may be cancelled.
 */
const moving = <Event extends PauseScheduled | PauseChanged | PauseCancelled | PauseEnded>(
  { commitment, customer, today, closedDays }: Commanded,
  event: (move: Move) => Event,
): Event => {
  const changed = (move: Move): Commitment => commitmentEvolver.evolve(commitment, event(move), "") ?? commitment;
  const discountEndBefore = discountEndOn(commitment, today);
  const draft: Move = { discountEndBefore, discountEndAfter: null, discountEndFloors: [] };
  const after = changed(draft);
  const moved = settingsOf(commitment).flatMap((setting) => {
    const same = settingsOf(after).find(({ eventId }) => eventId === setting.eventId) ?? setting;
    const [from, to] = [wholeEnd(setting, commitment, today), wholeEnd(same, after, today)];
    return from === null || to === null ? [] : [{ setBy: setting.eventId, from, to }];
  });
  const discountEndFloors = moved
    .map(({ setBy, from, to }) => ({ setBy, day: earlier(from, today), to }))
    .flatMap(({ setBy, day, to }) => (to < day ? [{ setBy, day }] : []));
  const changeableFrom = firstChangeableDay(closedDays, customer, today);
  const discountEndCeilings = moved.flatMap(({ setBy, from, to }) =>
    from < changeableFrom && from < to ? [{ setBy, day: from }] : [],
  );
  const move = { ...draft, discountEndFloors, ...(discountEndCeilings.length > 0 && { discountEndCeilings }) };
  return event({ ...move, discountEndAfter: discountEndOn(changed(move), today) });
};
