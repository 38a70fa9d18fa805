import { canonicalJson } from "#event-store/canonical-json.js";
import { NO_HASH, sha256 } from "#event-store/content-hash.js";

/** An entry of a provider's log as the chain over the log covers it: never by position, since an import gives new ones. */
export interface LogEntry {
  readonly stream: string;
  readonly revision: bigint;
  readonly contentHash: string;
}

/** A place in a provider's log, and the chain up to it. */
export interface LogHead {
  /** Of the last entry, from 1; 0: before the first. */
  readonly sequence: bigint;
  readonly logHash: string;
}

/** Before the first entry of a log. */
export const EMPTY_LOG: LogHead = { sequence: 0n, logHash: NO_HASH };

/** The head after one more entry: sha-256 (hex) over the hash before and the canonical JSON of the entry. */
export const nextHead = ({ sequence, logHash }: LogHead, { stream, revision, contentHash }: LogEntry): LogHead => ({
  sequence: sequence + 1n,
  logHash: sha256(logHash + canonicalJson([stream, revision.toString(), contentHash])),
});
