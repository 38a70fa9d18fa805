import { type DataSource } from "typeorm";
import { isOutage } from "#application/processes/outage.js";
import { type Instant } from "#domain/calendar.js";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { type EventStore } from "#event-store/event-store.js";
import { clocksOf } from "#read-models/providers/queries.js";
import { DatabaseSession } from "#read-models/runner/database-session.js";
import { messageOf } from "#read-models/runner/failures.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type ProjectionRunner } from "#read-models/runner/runner.js";
import { type Processor } from "./processor.js";
import { providersWithTasks, settleTask, type TakenTask, takeTasks, TASKS_CHANNEL } from "./tasks.js";

export interface DispatcherOptions {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly projections: Pick<ProjectionRunner, "reached">;
  readonly processors: readonly Processor[];
  readonly log: (line: string) => void;
  /** How often a task is tried before it is parked. Default 10. */
  readonly attempts?: number;
  /** Called after each attempt. */
  readonly onTried?: (processor: string, outcome: "done" | "failed" | "parked") => void;
}

export interface Dispatcher {
  status(): { readonly running: number; readonly lastError: string | undefined };
  /** Starts no further tasks and waits for those in progress. */
  stop(): Promise<void>;
}

const TASKS_AT_ONCE = 8;
/** Milliseconds after which a task in progress may be taken by another process. */
const TASK_LASTS_MS = 60_000;
/** Milliseconds between queries for due tasks, for lost notifications and tasks due by the clock. */
const LOOK_AGAIN_MS = 1_000;
const ATTEMPTS = 10;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
const pauses: Backoff = { firstMs: 100, mostMs: 5_000 };

/** Runs tasks when they are due, several at once; any number of processes may do so concurrently. */
export const startDispatcher = (options: DispatcherOptions): Dispatcher => {
  const { dataSource, log, processors } = options;
  // Tasks of processors of a newer version of the program are left to it.
  const names = processors.map(({ name }) => name);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let lastError: string | undefined;
  let called = false;
  const isStopped = () => stopping.signal.aborted;
  const isCalled = () => called;

  const takeAll = async (session: DatabaseSession): Promise<void> => {
    while (!isStopped()) {
      const room = TASKS_AT_ONCE - running.size;
      if (room === 0) {
        await Promise.race(running);
        continue;
      }
      const clocks = await clocksOf(dataSource, await providersWithTasks(dataSource, names));
      const taken = await takeTasks(session, names, clocks, room, TASK_LASTS_MS);
      for (const task of taken) {
        const run = runTask(options, task, clocks.get(task.provider_id) ?? new Date().toISOString())
          .catch((error: unknown) => {
            lastError = messageOf(error);
            log(`a task of ${task.processor} could not be noted: ${lastError}`);
          })
          .finally(() => running.delete(run));
        running.add(run);
      }
      if (taken.length < room) return;
    }
  };

  const loop = async (): Promise<void> => {
    let failures = 0;
    while (!isStopped()) {
      let session: DatabaseSession | undefined;
      try {
        session = await DatabaseSession.open(dataSource, "tenure tasks");
        session.onNotification(() => (called = true));
        await session.query(`LISTEN ${TASKS_CHANNEL}`);
        while (!isStopped() && !session.isEnded) {
          called = false;
          await takeAll(session);
          failures = 0;
          lastError = undefined;
          if (!isCalled()) await session.notification(LOOK_AGAIN_MS, stopping.signal);
        }
      } catch (error) {
        failures += 1;
        lastError = messageOf(error);
        log(`tasks wait: ${lastError}`);
        await backOff(pauses, failures, stopping.signal);
      } finally {
        await session?.close();
      }
    }
  };

  const looping = loop();
  return {
    status: () => ({ running: running.size, lastError }),
    stop: async () => {
      stopping.abort();
      await looping;
      await Promise.all(running);
    },
  };
};

/** The read models that the task reads have not reached its event yet. */
class Waits extends Error {
  override readonly name = "Waits";
}

const runTask = async (options: DispatcherOptions, task: TakenTask, now: Instant): Promise<void> => {
  const { dataSource, store, projections, processors, log, attempts = ATTEMPTS, onTried } = options;
  const processor = processors.find(({ name }) => name === task.processor);
  try {
    if (!processor) throw new Error(`this program has no processor ${task.processor}`);
    await projections
      .reached({ commit: BigInt(task.commit), prepare: BigInt(task.prepare) }, processor.reads, task.provider_id)
      .catch((error: unknown) => {
        throw new Waits(messageOf(error));
      });
    await faultPoint("task.before");
    const { provider_id: provider, key, data } = task;
    const next = await processor.run({ provider, key, data, now }, { store, dataSource });
    await faultPoint("task.after");
    await settleTask(dataSource, task, next ? { status: "AGAIN", dueAt: next.again } : { status: "DONE" });
    onTried?.(task.processor, "done");
  } catch (error) {
    const reason = messageOf(error);
    const counts = !(error instanceof Waits || isOutage(error));
    const parked = counts && task.attempts >= attempts;
    log(`the task ${task.key} of ${task.processor} failed${parked ? " and is parked" : ""}: ${reason}`);
    const inMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (task.attempts - 1));
    await settleTask(
      dataSource,
      task,
      parked ? { status: "PARKED", error: reason } : { status: "RETRY", inMs, error: reason, counts },
    );
    onTried?.(task.processor, parked ? "parked" : "failed");
  }
};
