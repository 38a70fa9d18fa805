import { type EventStore } from "#event-store/event-store.js";
import { type Position } from "#event-store/position.js";
import { readLog } from "#event-store/read-log.js";
import { type JobRun } from "../job.js";
import { type EventSide } from "./event-side.js";

interface ReadingEvents {
  readonly side: EventSide;
  readonly store: EventStore;
  /** The position after which they are read; null: from the first on. */
  readonly from: Position | null;
  readonly through: Position;
  readonly job: JobRun;
  readonly total: number | null;
}

/** Lets one side take the events of a part of the log. @param taken after each batch, with its position, and at the end. @returns how many events there were, of all runs */
export const readEvents = async (
  { side, store, from, through, job, total }: ReadingEvents,
  taken: (position: Position, isEnd: boolean) => Promise<void>,
): Promise<number> => {
  const count = (): number => [...side.logs.values()].reduce((sum, { events }) => sum + events, 0);
  await readLog(store, {
    ...{ name: "verify", ...(from && { from }), through, signal: job.signal },
    onBatch: async (batch) => {
      await side.take(batch);
      job.progress({ phase: "reading the event store", done: count(), total });
      await taken(batch.position, false);
    },
  });
  side.end();
  await taken(through, true);
  return count();
};
