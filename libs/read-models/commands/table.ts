import { type Instant } from "#domain/calendar.js";
import { bigint, entityOf, instant, numeric, text, uuidKey } from "../rows/columns.js";

/**
 * What a command from outside appended. A repeated idempotency key is looked up here first, for all streams at once.
 */
export interface ProcessedCommandRow {
  readonly providerId: string;
  readonly commandId: string;
  /** Distinguishes a repetition from another request with the same key. */
  readonly commandHash: string;
  readonly actor: string;
  readonly stream: string;
  readonly firstRevision: string;
  readonly lastRevision: string;
  /** Commit position of its last event. */
  readonly commit: string;
  readonly prepare: string;
  readonly recordedAt: Instant;
}

export const processedCommands = entityOf<ProcessedCommandRow>("ProcessedCommand", "processed_commands", {
  providerId: uuidKey,
  commandId: uuidKey,
  commandHash: text,
  actor: text,
  stream: text,
  firstRevision: bigint,
  lastRevision: bigint,
  commit: numeric,
  prepare: numeric,
  recordedAt: instant,
});
