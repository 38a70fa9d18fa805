import { type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { doneWithReason, requireReason } from "../reason.js";
import { type EventQuarantined, type QuarantineEvent } from "./events.js";

/** An event of the log that is passed over from now on. */
export interface QuarantinedEvent {
  readonly stream: string;
  /** Of the event in its stream: decimal text of a bigint. */
  readonly revision: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly reason: string;
}

/** What was quarantined of a provider, in the order in which it was. */
export type Quarantine = readonly QuarantinedEvent[];

export const quarantineEvolver: Evolver<Quarantine, QuarantineEvent> = {
  initial: [],
  evolve(state, event) {
    if (event.type === "CommandAccepted") return state;
    const { stream, revision, eventId, eventType, personal } = event.data;
    return [...state, { stream, revision, eventId, eventType, reason: personal.reason }];
  },
};

export const isQuarantined = (quarantine: Quarantine, event: Pick<QuarantinedEvent, "stream" | "revision">): boolean =>
  quarantine.some(({ stream, revision }) => stream === event.stream && revision === event.revision);

/** Puts an event into quarantine; one that is in it already stays as it is. @throws Rejection VALIDATION_FAILED (reason) */
export const quarantineEvent = (
  event: QuarantinedEvent & { readonly today: LocalDate },
  state: Quarantine,
): EventQuarantined[] => {
  const { stream, revision, eventId, eventType, today } = event;
  if (isQuarantined(state, event)) return [];
  const reason = requireReason(event.reason.trim() || null, doneWithReason.quarantineEvent);
  const data = { stream, revision, eventId, eventType, effectiveOn: today, personal: { reason } };
  return [{ type: "EventQuarantined", data }];
};
