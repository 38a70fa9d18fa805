import { describedStream, KEEPS_EVERYTHING, metadataStream, parseRetention, type Retention } from "../log/retention.js";
import { rowFields } from "../log/row-fields.js";
import { TOMBSTONE_REVISION } from "../log/row.js";
import type { LogStore } from "../log/store.js";

/** A stream as its readers see it now. */
export type VisibleStream =
  /** It never had an event, or has been softly deleted. */
  | { readonly kind: "missing" }
  | { readonly kind: "tombstoned" }
  /** `first` is the first revision: after the last one when all events are too old. */
  | { readonly kind: "visible"; readonly number: number; readonly first: number; readonly last: number };

/** Throws CorruptRow when the stream's metadata cannot be read. */
export const visibleStream = (store: LogStore, name: Buffer): VisibleStream => {
  const described = describedStream(name);
  if (described && isTombstoned(store, described)) return { kind: "tombstoned" };
  const number = store.streamNumber(name);
  const last = lastRevisionOf(store, name);
  if (number === undefined || last < 0) return { kind: "missing" };
  if (last === TOMBSTONE_REVISION) return { kind: "tombstoned" };
  // Only the newest event of a stream of metadata counts.
  const retention = described ? { ...KEEPS_EVERYTHING, maxCount: 1 } : retentionOf(store, name);
  if (retention.deleted) return { kind: "missing" };
  return { kind: "visible", number, first: firstRevision(store, number, last, retention), last };
};

/** A batch of durable rows from a revision on, regardless of the stream's metadata. Throws CorruptRow. */
export const storedRows = (store: LogStore, name: Buffer, revision: number): Buffer[] => {
  const number = store.streamNumber(name);
  return number === undefined ? [] : store.pageOfStream(number, revision, "forwards");
};

/** Revision of the stream's last durable event, regardless of its metadata; -1 when it never had one. */
export const lastRevisionOf = (store: LogStore, name: Buffer): number => {
  const number = store.streamNumber(name);
  return number === undefined ? -1 : store.lastDurableRevision(number);
};

const isTombstoned = (store: LogStore, name: Buffer): boolean => lastRevisionOf(store, name) === TOMBSTONE_REVISION;

/** A stream's last durable event, regardless of its metadata; undefined when it never had one. Throws CorruptRow. */
export const lastDurableEvent = (store: LogStore, name: Buffer): Buffer | undefined => {
  const number = store.streamNumber(name);
  const last = lastRevisionOf(store, name);
  return number === undefined || last < 0 ? undefined : store.eventAt(number, last);
};

const retentionOf = (store: LogStore, name: Buffer): Retention => {
  const row = lastDurableEvent(store, metadataStream(name));
  return row ? parseRetention(rowFields(row).data) : KEEPS_EVERYTHING;
};

const firstRevision = (store: LogStore, number: number, last: number, retention: Retention): number => {
  const { truncateBefore, maxCount, maxAgeMilliseconds } = retention;
  const first = Math.max(truncateBefore, maxCount === undefined ? 0 : last - maxCount + 1);
  if (maxAgeMilliseconds === undefined) return first;
  const oldest = Date.now() - maxAgeMilliseconds;
  // Events are in the order of their time, so the first one that is recent enough is found by binary search.
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = store.eventAt(number, middle);
    if (row && rowFields(row).created < oldest) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * A durable event that readers of its stream can see; revision -1 means the last; undefined when there is none. Throws
 * CorruptRow.
 */
export const visibleEvent = (store: LogStore, name: Buffer, revision: number): Buffer | undefined => {
  const stream = visibleStream(store, name);
  if (stream.kind !== "visible") return undefined;
  const wanted = revision === -1 ? stream.last : revision;
  return wanted < stream.first || wanted > stream.last ? undefined : store.eventAt(stream.number, wanted);
};
