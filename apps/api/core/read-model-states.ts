import { type Checkpoint, type CheckpointStatus } from "#read-models/runner/checkpoints.js";

/** `STALLED`: rows of some provider stand still; `FAILED`: those of all. */
export type ReadModelStatus = Exclude<CheckpointStatus, "RETIRED"> | "STALLED";

export interface ReadModelState {
  readonly name: string;
  readonly version: number;
  readonly status: ReadModelStatus;
  /** Bytes of the log between its position and the tail, as far as is known. */
  readonly lag: string | null;
  readonly error: string | null;
}

/** How the program's read models stand. @param end commit of the log's tail; undefined: the event store does not answer */
export const readModelStates = (checkpoints: readonly Checkpoint[], end: bigint | undefined): ReadModelState[] =>
  checkpoints.flatMap(({ name, version, status, position, error, stalled }) => {
    if (status === "RETIRED") return [];
    const behind = end === undefined ? null : end - position.commit;
    const lag = behind === null ? null : String(behind > 0n ? behind : 0n);
    return [{ name, version, status: status !== "FAILED" && stalled.length > 0 ? "STALLED" : status, lag, error }];
  });
