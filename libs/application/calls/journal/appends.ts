import { type NewEvent } from "#event-store/event.js";
import { fitOneAppend } from "../../command/pages.js";

/** Events in as few appends as take them, in their order. */
export const inAppendsOf = (events: readonly NewEvent[]): NewEvent[][] => {
  const appends: NewEvent[][] = [];
  for (const event of events) {
    const last = appends.at(-1);
    if (last && fitOneAppend([...last, event])) last.push(event);
    else appends.push([event]);
  }
  return appends;
};
