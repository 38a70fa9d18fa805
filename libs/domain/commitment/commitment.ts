import { addDays, type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type CommitmentEvent, type DiscountEndKind, type Terms } from "./events.js";

export interface Commitment {
  readonly commitmentId: string;
  readonly accountId: string;
  readonly customerId: string;
  /** First charged day. */
  readonly start: LocalDate;
  readonly terms: Terms;
  /** First day without discount. */
  readonly discountEnd: LocalDate | null;
  readonly discountEndKind: DiscountEndKind;
  readonly termination: { readonly on: LocalDate; readonly early: boolean; readonly eventId: string } | null;
  readonly assignedEventId: string;
}

export const commitmentEvolver: Evolver<Commitment | null, CommitmentEvent> = {
  initial: null,
  evolve(state, event, id) {
    switch (event.type) {
      case "CommitmentAssigned": {
        const { effectiveOn, ...data } = event.data;
        return { ...data, start: effectiveOn, termination: null, assignedEventId: id };
      }
      case "CommitmentTerminated": {
        const { effectiveOn, early } = event.data;
        return state && { ...state, termination: { on: effectiveOn, early, eventId: id } };
      }
    }
  },
};

export type CommitmentStatus = "ACTIVE" | "TERMINATED";

/** Terminated from the day after the last charged one (domain.md 2). */
export const statusOn = (commitment: Commitment, date: LocalDate): CommitmentStatus =>
  commitment.termination && date > commitment.termination.on ? "TERMINATED" : "ACTIVE";

/** A termination is early when at least one discounted day stays unserved: D + 1 < E. */
export const isEarly = (lastDay: LocalDate, discountEnd: LocalDate | null): boolean =>
  discountEnd !== null && addDays(lastDay, 1) < discountEnd;
