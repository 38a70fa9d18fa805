import { setTimeout } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { type Position } from "#event-store/position.js";
import { CheckpointFollower } from "./runner/checkpoint-follower.js";
import { type Checkpoint } from "./runner/checkpoints.js";
import { hasReached, type Progress, stallOf } from "./runner/progress.js";

/** Read-your-writes: waits until the read models show a command's events. */
export interface Visibility {
  /**
   * True when every read model has reached the position. False after the timeout, as soon as only parked ones have not,
   * and at once when the provider is stalled in one. Never throws: without a connection it is false after the timeout.
   * @param provider whose stalls count; left out: none do
   */
  waitUntilVisible(position: Position, timeoutMs?: number, provider?: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Holds its own connection and reconnects when that is lost. */
export const createVisibility = (dataSource: DataSource): Visibility => {
  const follower = new CheckpointFollower(dataSource, "tenure visibility");
  return {
    waitUntilVisible: async (position, timeoutMs = 2_000, provider) => {
      const waiting = new AbortController();
      const watch = progressOf(follower.progress, position, provider);
      void follower.lookUntil(waiting.signal);
      const timeout = setTimeout(timeoutMs, false, { signal: waiting.signal }).catch(() => false);
      return Promise.race([watch.visible, timeout]).finally(() => {
        watch.giveUp();
        waiting.abort();
      });
    },
    close: () => follower.close(),
  };
};

const progressOf = (progress: Progress, position: Position, provider: string | undefined) => {
  let giveUp: () => void = () => undefined;
  // What is known from an earlier look may say that all is there, but not that something stands still: it may be over.
  let isNew = false;
  const visible = new Promise<boolean>((resolve) => {
    giveUp = progress.wait((checkpoints) => {
      const answer = isVisible([...checkpoints.values()], position, provider);
      if (answer === undefined || (!answer && !isNew)) return false;
      resolve(answer);
      return true;
    });
    isNew = true;
  });
  return { visible, giveUp };
};

/** The result; undefined while waiting has to go on. */
const isVisible = (
  checkpoints: readonly Checkpoint[],
  position: Position,
  provider: string | undefined,
): boolean | undefined => {
  const behind = checkpoints.filter((found) => found.status !== "RETIRED" && !hasReached(found, position));
  if (checkpoints.length === 0) return undefined;
  if (checkpoints.some((found) => found.status !== "RETIRED" && stallOf(found, provider))) return false;
  if (behind.length === 0) return true;
  return behind.every(({ status }) => status === "FAILED") ? false : undefined;
};
