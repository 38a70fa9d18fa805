import { expect } from "vitest";
import { type DomainEvent, type Evolver } from "../event.js";
import { Rejection, type RejectionCode } from "../rejection.js";

/** The state after these events, whose ids are "event-1", "event-2", … */
export const stateOf = <State, Event extends DomainEvent>(
  evolver: Evolver<State, Event>,
  events: readonly Event[],
): State => events.reduce((state, event, index) => evolver.evolve(state, event, `event-${index + 1}`), evolver.initial);

type Outcome =
  { readonly events: readonly DomainEvent[] } | { readonly rejected: RejectionCode; readonly field?: string };

const outcomeOf = (decide: () => readonly DomainEvent[]): Outcome => {
  try {
    return { events: decide() };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    expect(error.message).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
    return { rejected: error.code, ...(error.field === undefined ? {} : { field: error.field }) };
  }
};

/** `given(events…).when(state => decide(…)).then([exact events])`, or `.thenRejected(code, field)`. */
export const givenFor =
  <State, Event extends DomainEvent>(evolver: Evolver<State, Event>) =>
  (...events: readonly Event[]) => ({
    when: (decide: (state: State) => readonly DomainEvent[]) => {
      const outcome = outcomeOf(() => decide(stateOf(evolver, events)));
      return {
        then: (expected: readonly DomainEvent[]) => {
          expect(outcome).toStrictEqual({ events: expected });
        },
        /** Without a field: the rejection blames none. */
        thenRejected: (code: RejectionCode, field?: string) => {
          expect(outcome).toStrictEqual({ rejected: code, ...(field === undefined ? {} : { field }) });
        },
      };
    },
  });

/** For rules that are no deciders: the code and field of what a function refuses. */
export const rejectionOf = (act: () => unknown): { code: RejectionCode; field: string | undefined } => {
  try {
    act();
  } catch (error) {
    if (error instanceof Rejection) return { code: error.code, field: error.field };
    throw error;
  }
  throw new Error("nothing was refused");
};
