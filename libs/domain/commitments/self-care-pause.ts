import {
  addDays,
  addMonths,
  days,
  daysBetween,
  type Instant,
  intersect,
  type Interval,
  type LocalDate,
} from "../calendar.js";
import { classTermsOn, selfPauseLimitsOf } from "../catalog/customer-class.js";
import { type SelfPauseLimits } from "../catalog/events.js";
import { classIdOn } from "../customers/customer.js";
import { doneWithReason, requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type Commitment } from "./commitment.js";
import {
  type PauseRequestApproved,
  type PauseRequestDeclined,
  type PauseRequested,
  type PauseRequestLapsed,
  type PauseRequestWithdrawn,
  type PauseScheduled,
} from "./events.js";
import { type Commanded, type CommitmentFacts, goingOn } from "./guards.js";
import { moving, requirePausable } from "./pause.js";
import { lapsingRequest, openRequestOn, type PauseRequest } from "./pause-request.js";

export interface RequestPause {
  readonly pauseId: string;
  /** First and last paused day. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly now: Instant;
}

/**
 * A pause by the customer (docs/rules.md#self-care-pauses): within the limits of its class it is one at once, beyond
 * them it is asked for, one at a time, and waits for an answer.
 * @throws Rejection as for pausing
 */
export const requestPause = (
  command: RequestPause,
  state: Commitment | null,
  facts: CommitmentFacts,
): (PauseScheduled | PauseRequested)[] => {
  const commanded = goingOn(state, facts, command.now);
  const { commitment, today } = commanded;
  const { pauseId, from, until } = command;
  if (from < today) {
    throw reject("PAUSE_INVALID", `${from} has passed: customers pause from today on.`, { field: "from" });
  }
  requirePausable(commanded, { from, until }, "from");
  if (isWithinLimits(commitment, limitsOf(commanded, facts), today, { from, to: addDays(until, 1) })) {
    return [
      moving(commanded, (move) => ({
        type: "PauseScheduled",
        data: { pauseId, from, until, now: false, selfCare: true, orderedOn: today, ...move, effectiveOn: from },
      })),
    ];
  }
  if (from === today) {
    throw reject("PAUSE_INVALID", "A pause from today on cannot be asked for: its first day has begun.", {
      field: "from",
    });
  }
  const open = openRequestOn(commitment, today);
  if (open) {
    const message = `A pause from ${open.from} until ${open.until} is asked for already, and not answered yet.`;
    throw reject("PAUSE_INVALID", message, { field: "from" });
  }
  return [{ type: "PauseRequested", data: { pauseId, from, until, effectiveOn: today } }];
};

/** Today's limits of the class of the customer that holds the commitment. */
const limitsOf = ({ customer, today }: Commanded, { history }: CommitmentFacts): SelfPauseLimits => {
  const classId = classIdOn(customer, today);
  return selfPauseLimitsOf(classTermsOn(classId === null ? null : history.classes.get(classId), today));
};

const isWithinLimits = (
  { pauses }: Commitment,
  { selfPauseDaysPerYear, selfPauseLongestDays, selfPauseNoticeDays }: SelfPauseLimits,
  today: LocalDate,
  asked: Interval,
): boolean => {
  if (days(asked) > selfPauseLongestDays || daysBetween(today, asked.from) < selfPauseNoticeDays) return false;
  const own = pauses.filter(({ selfCare, cancelled }) => selfCare && !cancelled);
  const paused: Interval[] = [asked, ...own.map(({ from, until }) => ({ from, to: addDays(until ?? today, 1) }))];
  return yearsOf(asked).every(
    (year) => paused.reduce((sum, pause) => sum + daysIn(pause, year), 0) <= selfPauseDaysPerYear,
  );
};

const daysIn = (pause: Interval, year: Interval): number => {
  const shared = intersect(pause, year);
  return shared ? days(shared) : 0;
};

/** The calendar years that an interval has days in. */
const yearsOf = ({ from, to }: Interval): Interval[] => {
  const first = `${from.slice(0, 4)}-01-01`;
  const next = addMonths(first, 12);
  return [{ from: first, to: next }, ...(next < to ? yearsOf({ from: next, to }) : [])];
};

interface Answer {
  /** First paused day that is asked for. */
  readonly from: LocalDate;
  readonly now: Instant;
}

/** Orders the pause that is asked for. @throws Rejection as for pausing, and PAUSE_NOT_FOUND */
export const approvePause = (
  command: Answer,
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseRequestApproved[] => {
  const commanded = goingOn(state, facts, command.now);
  const { pauseId, from, until } = asked(commanded, command.from);
  requirePausable(commanded, { from, until }, "from");
  const { today } = commanded;
  return [
    moving(commanded, (move) => ({
      type: "PauseRequestApproved",
      data: { pauseId, from, until, orderedOn: today, ...move, effectiveOn: from },
    })),
  ];
};

/** @throws Rejection VALIDATION_FAILED (reason), and as for pausing, PAUSE_NOT_FOUND */
export const declinePause = (
  command: Answer & { readonly reason: string },
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseRequestDeclined[] => {
  const reason = requireReason(command.reason.trim() || null, doneWithReason.declinePause);
  const commanded = goingOn(state, facts, command.now);
  const { pauseId } = asked(commanded, command.from);
  return [{ type: "PauseRequestDeclined", data: { pauseId, effectiveOn: commanded.today, personal: { reason } } }];
};

/** The customer takes its request back. @throws Rejection as for pausing, and PAUSE_NOT_FOUND */
export const withdrawPause = (
  command: Answer,
  state: Commitment | null,
  facts: CommitmentFacts,
): PauseRequestWithdrawn[] => {
  const commanded = goingOn(state, facts, command.now);
  const { pauseId } = asked(commanded, command.from);
  return [{ type: "PauseRequestWithdrawn", data: { pauseId, effectiveOn: commanded.today } }];
};

/** @throws Rejection PAUSE_NOT_FOUND */
const asked = ({ commitment, today }: Commanded, first: LocalDate): PauseRequest => {
  const open = openRequestOn(commitment, today);
  if (open?.from === first) return open;
  throw reject("PAUSE_NOT_FOUND", `No pause from ${first} on is asked for.`, {
    field: "from",
    facts: { case: "NO_REQUEST_FROM", from: first },
  });
};

/** Records that the first day of a request has begun without an answer; nothing where none has. */
export const lapsePauseRequest = (state: Commitment | null, today: LocalDate): PauseRequestLapsed[] => {
  const request = state ? lapsingRequest(state) : undefined;
  if (!request || today < request.from) return [];
  return [{ type: "PauseRequestLapsed", data: { pauseId: request.pauseId, effectiveOn: request.from } }];
};
