import { type LocalDate } from "#domain/calendar.js";
import { commitmentEvolver } from "#domain/commitments/commitment.js";
import { cancelPause, changePause, pauseCommitment, resumeCommitment } from "#domain/commitments/pause.js";
import { approvePause, declinePause, requestPause, withdrawPause } from "#domain/commitments/self-care-pause.js";
import { type Reason } from "../command/closed-days.js";
import { commandsOn } from "../command/definition.js";
import { billingOf } from "./facts.js";

export interface PauseCommitment extends Reason {
  readonly commitmentId: string;
  /** The first paused day. Left out: "pause now", paused from the day after `effectiveOn`. */
  readonly from?: LocalDate;
  /** The last paused day. Left out: an open pause. */
  readonly until?: LocalDate | null;
  /** The day of a "pause now", itself still charged; with `from` the day on which it counts as ordered, at the latest today. Today unless given. */
  readonly effectiveOn?: LocalDate;
}
export interface ChangePause extends Reason {
  readonly commitmentId: string;
  /** The first paused day of the pause to change. */
  readonly from: LocalDate;
  readonly newFrom?: LocalDate;
  readonly newUntil?: LocalDate;
}
export interface CancelPause {
  readonly commitmentId: string;
  /** The first paused day of the pause to change. */
  readonly from: LocalDate;
}
export interface ResumeCommitment extends Reason {
  readonly commitmentId: string;
  /** The last paused day; today unless given. */
  readonly effectiveOn?: LocalDate;
}

export interface RequestPause {
  readonly commitmentId: string;
  /** The first and the last paused day. */
  readonly from: LocalDate;
  readonly until: LocalDate;
}
/** Answers the request for a pause from that day on. */
export interface AnswerPause {
  readonly commitmentId: string;
  readonly from: LocalDate;
}
export interface DeclinePause extends AnswerPause {
  readonly reason: string;
}

const command = commandsOn("commitment", commitmentEvolver);

export const pauseCommands = {
  pauseCommitment: command({
    bills: true,
    target: ({ commitmentId }: PauseCommitment) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: ({ until = null, ...days }, { state, now, facts, newId }) =>
      pauseCommitment({ ...days, until, pauseId: newId("pause"), now }, state, facts),
  }),
  changePause: command({
    bills: true,
    target: ({ commitmentId }: ChangePause) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => changePause({ ...input, now }, state, facts),
  }),
  cancelPause: command({
    bills: true,
    target: ({ commitmentId }: CancelPause) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: ({ from }, { state, now, facts }) => cancelPause({ from, now }, state, facts),
  }),
  resumeCommitment: command({
    bills: true,
    target: ({ commitmentId }: ResumeCommitment) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => resumeCommitment({ ...input, now }, state, facts),
  }),
  requestPause: command({
    bills: true,
    target: ({ commitmentId }: RequestPause) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts, newId }) =>
      requestPause({ ...input, pauseId: newId("pause"), now }, state, facts),
  }),
  approvePause: command({
    bills: true,
    target: ({ commitmentId }: AnswerPause) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => approvePause({ ...input, now }, state, facts),
  }),
  declinePause: command({
    bills: true,
    target: ({ commitmentId }: DeclinePause) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => declinePause({ ...input, now }, state, facts),
  }),
  withdrawPause: command({
    bills: true,
    target: ({ commitmentId }: AnswerPause) => commitmentId,
    facts: (_input, loading) => billingOf(loading),
    decide: (input, { state, now, facts }) => withdrawPause({ ...input, now }, state, facts),
  }),
};
