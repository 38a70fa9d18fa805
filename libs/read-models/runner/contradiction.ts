import { type RecordedEvent } from "#event-store/event.js";
import { messageOf } from "./failures.js";

/** Thrown by projections for an event that says what cannot be, as far as the log before it is known. */
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

/** Does something with one event: whatever it throws is that event's fault. */
export const because = <Result>(event: RecordedEvent, task: () => Result): Result => {
  try {
    return task();
  } catch (error) {
    if (error instanceof ContradictoryEvent) throw error;
    throw new ContradictoryEvent(event, messageOf(error), { cause: error });
  }
};

/** Classes of PostgreSQL's codes for values that it does not take: data exceptions, violated constraints. */
const BAD_VALUE = /^2[23][0-9A-Z]{3}$/;

/** Whether some event's data are to blame, rather than the projection: which event, the error does not tell. */
export const isAboutData = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  const { code } = error as { code?: unknown };
  return typeof code === "string" && BAD_VALUE.test(code);
};
