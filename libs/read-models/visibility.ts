import { setTimeout } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { type Position } from "#event-store/position.js";
import { type Checkpoint, loadCheckpoints, PROGRESS_CHANNEL } from "./runner/checkpoints.js";
import { DatabaseSession } from "./runner/database-session.js";
import { hasReached, Progress } from "./runner/progress.js";

/** Read-your-writes: tells when the read models show what a command did. */
export interface Visibility {
  /**
   * True when every read model has reached the position. False after the timeout, and as soon as all but parked ones
   * have. Never throws: without a connection it is false after the timeout.
   */
  waitUntilVisible(position: Position, timeoutMs?: number): Promise<boolean>;
  close(): Promise<void>;
}

const pauses: Backoff = { firstMs: 50, mostMs: 2_000 };
/** Should a notification get lost, the checkpoints are read again after this. */
const LOOK_AGAIN_MS = 250;

/** Holds one connection of its own, and comes back by itself when that is lost. */
export const createVisibility = (dataSource: DataSource): Visibility => {
  const progress = new Progress();
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  let session: DatabaseSession | undefined;
  let reading = false;
  let readAgain = false;

  /** However many ask: one query at a time, and one that began after the last of them asked. */
  const look = async (): Promise<void> => {
    readAgain = true;
    if (reading) return;
    reading = true;
    try {
      while (readAgain && session !== undefined) {
        readAgain = false;
        progress.update(await loadCheckpoints(session));
      }
    } catch {
      // The connection is gone; the next one looks again.
    } finally {
      reading = false;
    }
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!isStopped()) {
      try {
        const opened = await DatabaseSession.open(dataSource, "tenure visibility");
        opened.onNotification(() => {
          if (progress.waited) void look();
        });
        await opened.query(`LISTEN ${PROGRESS_CHANNEL}`);
        session = opened;
        failures = 0;
        void look();
        await Promise.race([opened.ended, aborted(stopping.signal)]);
        session = undefined;
        await opened.close();
      } catch {
        failures += 1;
      }
      if (!isStopped()) await backOff(pauses, failures + 1, stopping.signal);
    }
  };

  const running = run();
  return {
    waitUntilVisible: async (position, timeoutMs = 2_000) => {
      const waiting = new AbortController();
      const watch = progressOf(progress, position);
      const lookAgain = async () => {
        while (!waiting.signal.aborted) {
          await look();
          await setTimeout(LOOK_AGAIN_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
        }
      };
      void lookAgain();
      const timeout = setTimeout(timeoutMs, false, { signal: waiting.signal }).catch(() => false);
      return Promise.race([watch.visible, timeout]).finally(() => {
        watch.giveUp();
        waiting.abort();
      });
    },
    close: async () => {
      stopping.abort();
      await running;
    },
  };
};

const progressOf = (progress: Progress, position: Position) => {
  let giveUp: () => void = () => undefined;
  const visible = new Promise<boolean>((resolve) => {
    giveUp = progress.wait((checkpoints) => {
      const answer = isVisible([...checkpoints.values()], position);
      if (answer !== undefined) resolve(answer);
      return answer !== undefined;
    });
  });
  return { visible, giveUp };
};

/** Undefined while there is something to wait for. */
const isVisible = (checkpoints: readonly Checkpoint[], position: Position): boolean | undefined => {
  const behind = checkpoints.filter((found) => found.status !== "RETIRED" && !hasReached(found, position));
  if (checkpoints.length === 0) return undefined;
  if (behind.length === 0) return true;
  return behind.every(({ status }) => status === "FAILED") ? false : undefined;
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
