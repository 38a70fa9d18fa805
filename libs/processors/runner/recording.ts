import { type DataSource, type EntityManager } from "typeorm";
import { eventTypes } from "#event-store/catalogue.js";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { type Projection } from "#read-models/runner/projection.js";
import { type Call, type Processor, recordedBy } from "./processor.js";
import { recordCalls } from "./tasks.js";

/**
 * Creates the cursors of new processors. Call it before projections of {@link recordingOf} start.
 * @param tail returns the log's tail; called only when a processor begins there
 */
export const placeCursors = async (
  dataSource: DataSource,
  processors: readonly Pick<Processor, "name" | "from">[],
  tail: () => Promise<Position>,
): Promise<void> => {
  for (const { name, from } of processors) {
    const { commit, prepare } = from === "START" ? START : await tail();
    await dataSource.query(
      "INSERT INTO processor_cursors (processor, commit, prepare) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      [name, commit.toString(), prepare.toString()],
    );
  }
};

/**
 * A projection that records the calls of events as tasks, in the transaction that moves the checkpoint. The processor's
 * own cursor moves in the same transaction, and events before it are passed over: a checkpoint reset to the start for a
 * rebuild replays nothing. Events of a provider that was stalled are before the cursor, and are recorded all the same.
 */
export const recordingOf = (processor: Processor): Projection => {
  /** The cursor, provided that our last transaction was committed. */
  let assumed: Position | undefined;
  return {
    name: recordedBy(processor),
    version: 1,
    tables: [],
    categories: processor.types.flatMap((type) => eventTypes[type].categories),
    async apply(manager, events, { catchingUp } = { catchingUp: false }) {
      const handled = events.filter(({ type }) => processor.types.includes(type));
      const [first] = handled;
      if (!first) return;
      // If the events seem to be recorded already, read the cursor from the database.
      if (assumed && comparePositions(first.position, assumed) <= 0) assumed = undefined;
      for (;;) {
        const expected = assumed ?? (await loadCursor(manager, processor));
        assumed = undefined;
        const fresh = catchingUp ? handled : handled.filter(({ position }) => comparePositions(position, expected) > 0);
        const last = fresh.at(-1);
        if (!last) return;
        const calls = oneForEachSubject(processor.calls(fresh));
        const next = catchingUp ? expected : last.position;
        if (!(await recordCalls(manager, processor.name, calls, expected, next))) continue;
        assumed = next;
        return;
      }
    },
  };
};

const loadCursor = async (manager: EntityManager, { name }: Processor): Promise<Position> => {
  const [row] = await manager.query<{ commit: string; prepare: string }[]>(
    "SELECT commit, prepare FROM processor_cursors WHERE processor = $1",
    [name],
  );
  if (!row) throw new Error(`The processor ${name} has no cursor`);
  return { commit: BigInt(row.commit), prepare: BigInt(row.prepare) };
};

/** One call for each subject: the last one, with the earliest due time; it creates a task if any of them does. */
const oneForEachSubject = (calls: readonly Call[]): Call[] => {
  const found = new Map<string, Call>();
  for (const call of calls) {
    const subject = `${call.provider} ${call.key}`;
    const before = found.get(subject);
    if (before === undefined || (before.onlyAgain === true && call.onlyAgain !== true)) found.set(subject, call);
    else if (before.onlyAgain === true || call.onlyAgain !== true) found.set(subject, earliest(before, call));
  }
  return [...found.values()];
};

const earliest = (before: Call, call: Call): Call => {
  const { dueAt: _, ...rest } = call;
  if (before.dueAt === undefined || call.dueAt === undefined) return rest;
  return { ...rest, dueAt: before.dueAt < call.dueAt ? before.dueAt : call.dueAt };
};
