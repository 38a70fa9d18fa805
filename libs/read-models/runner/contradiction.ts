import { type RecordedEvent } from "#event-store/event.js";
import { messageOf } from "./failures.js";

/** Thrown by projections for an event that contradicts the log before it. */
export class ContradictoryEvent extends Error {
  override readonly name = "ContradictoryEvent";
  constructor(
    readonly event: RecordedEvent,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Runs a task for one event and attributes any error to that event. */
export const because = <Result>(event: RecordedEvent, task: () => Result): Result => {
  try {
    return task();
  } catch (error) {
    if (error instanceof ContradictoryEvent) throw error;
    throw new ContradictoryEvent(event, messageOf(error), { cause: error });
  }
};

/** PostgreSQL's error classes for values that it does not accept: data exceptions, constraint violations. */
const BAD_VALUE = /^2[23][0-9A-Z]{3}$/;

/** Whether an error is caused by the data of an event, and not by the projection. The error does not name the event. */
export const isAboutData = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  const { code } = error as { code?: unknown };
  return typeof code === "string" && BAD_VALUE.test(code);
};
