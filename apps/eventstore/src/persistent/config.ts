import { createHash } from "node:crypto";
import type { FilterSpec } from "../protocol/filter.js";

export type StrategyName = "RoundRobin" | "DispatchToSingle" | "Pinned" | "PinnedByCorrelation";

export interface GroupSettings {
  readonly resolveLinks: boolean;
  readonly extraStatistics: boolean;
  /** How long a consumer may take for a message. 0: as long as it likes. */
  readonly messageTimeoutMs: number;
  /** How often a message is sent again before it is parked. */
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

/** What a group is when the server comes up again. */
export interface GroupState {
  readonly config: GroupConfig;
  /** The revision or position that the group goes on with. All before it has been settled. */
  readonly next: number;
  /** Whether `next` has been reached by consuming, rather than being where the group began. */
  readonly checkpointed: boolean;
}

const STATE_PREFIX = "persistent-subscription/";

/** As long as LMDB's keys may be, however long the names are. */
export const stateKey = (source: string, group: string): string =>
  `${STATE_PREFIX}${createHash("sha256").update(groupKey(source, group)).digest("hex")}`;

export const groupKey = (source: string, group: string): string => JSON.stringify([source, group]);

export const encodeState = (state: GroupState): Buffer => Buffer.from(JSON.stringify(state));

export const decodeState = (bytes: Buffer): GroupState => JSON.parse(bytes.toString("utf8")) as GroupState;

export const ALL_STATES = STATE_PREFIX;
