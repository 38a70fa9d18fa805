import { createHash } from "node:crypto";
import type { FilterSpec } from "../protocol/filter.js";

export type StrategyName = "RoundRobin" | "DispatchToSingle" | "Pinned" | "PinnedByCorrelation";

export interface GroupSettings {
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  /** Milliseconds that a consumer may take for a message. 0: no limit. */
  readonly messageTimeoutMs: number;
  /** Number of retries before a message is parked. */
  readonly maxRetryCount: number;
  readonly checkpointAfterMs: number;
  readonly minCheckpointCount: number;
  readonly maxCheckpointCount: number;
  /** 0: any number. */
  readonly maxSubscriberCount: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
  readonly strategy: StrategyName;
}

/** Inclusive: a revision of the stream, or a position in the log. */
export type StartFrom = "start" | "end" | number;

export const ALL = "$all";

export interface GroupConfig {
  /** A stream, or ALL. */
  readonly source: string;
  readonly group: string;
  readonly startFrom: StartFrom;
  readonly settings: GroupSettings;
  readonly filter?: FilterSpec | undefined;
}

/** State of a group that is kept over restarts. */
export interface GroupState {
  readonly config: GroupConfig;
  /** The revision or position at which the group continues. All messages before it are settled. */
  readonly next: number;
  /** Whether `next` was reached by consuming; false: the group began there. */
  readonly checkpointed: boolean;
}

const STATE_PREFIX = "persistent-subscription/";

/** Key of a group, within the length limit of LMDB's keys for names of any length. */
export const stateKey = (source: string, group: string): string =>
  `${STATE_PREFIX}${createHash("sha256").update(groupKey(source, group)).digest("hex")}`;

export const groupKey = (source: string, group: string): string => JSON.stringify([source, group]);

export const encodeState = (state: GroupState): Buffer => Buffer.from(JSON.stringify(state));

export const decodeState = (bytes: Buffer): GroupState => JSON.parse(bytes.toString("utf8")) as GroupState;

export const ALL_STATES = STATE_PREFIX;
