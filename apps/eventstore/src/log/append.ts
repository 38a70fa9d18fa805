import { type Retention } from "./retention.js";
import { TOMBSTONE_REVISION, type NewEvent } from "./row.js";

export type ExpectedRevision =
  | { readonly kind: "any" }
  | { readonly kind: "no_stream" }
  | { readonly kind: "stream_exists" }
  /** `text` is what the client sent: up to 2^64, which `revision` holds only roughly. */
  | { readonly kind: "exact"; readonly revision: number; readonly text: string };

/** A value that the server stores beside events. Without a value it is deleted. */
export interface StateChange {
  readonly key: string;
  readonly value: Buffer | undefined;
}

export interface Append {
  readonly stream: Buffer;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** Instead of events: deletes the stream, until the next append to it or for ever. */
  readonly deletion?: "soft" | "tombstone";
  /** Events of another log, which come with the metadata that the deletions and restarts of their streams have left. */
  readonly restored?: boolean;
  /** Becomes durable with the append, in a table of its own. */
  readonly state?: StateChange;
  /** True once the caller no longer waits for the answer: the append is then skipped. */
  readonly expired: () => boolean;
}

export type AppendResult =
  /** `revision` is -1 when nothing was appended to a stream without events. `position` is undefined for state alone. */
  | { readonly kind: "appended"; readonly revision: number; readonly position: number | undefined }
  /** `current` is -1 for a stream without events. */
  | { readonly kind: "wrong_expected_version"; readonly current: number }
  | { readonly kind: "stream_deleted" }
  | { readonly kind: "expired" };

/** State of the stream for the decision, including earlier appends of the same commit. */
export interface StreamView {
  readonly lastRevision: number;
  /** Retention by the stream's metadata. */
  readonly retention: Retention;
  /** Whether the stream has metadata: a stream with metadata exists even without events. */
  readonly hasMetadata: boolean;
  /** The id of the event at a revision that exists. */
  idAt(revision: number): Buffer;
  positionAt(revision: number): number;
  /** The revision of the newest event with this id. */
  revisionOf(id: Buffer): number | undefined;
}

export type Decision = { readonly kind: "write" } | Exclude<AppendResult, { kind: "expired" }>;

/**
 * Decides whether to write the events, or what to answer instead. An append whose events are already in the stream at
 * the expected place is a retry and gets its first answer, regardless of later events.
 */
export const decide = (append: Append, view: StreamView): Decision => {
  const { expected, events } = append;
  const current = view.lastRevision;
  const wrong: Decision = { kind: "wrong_expected_version", current };
  if (current === TOMBSTONE_REVISION) return { kind: "stream_deleted" };
  switch (expected.kind) {
    case "any":
      return decideByIds(events, view) ?? accepted(events, view);
    case "stream_exists":
      if (view.retention.deleted) return { kind: "stream_deleted" };
      if (current < 0 && !view.hasMetadata) return wrong;
      return decideByIds(events, view) ?? accepted(events, view);
    case "no_stream": {
      // The first revision of a stream that was deleted and begun again is in its metadata.
      const repeated = repetition(events, -1, view) ?? repetition(events, view.retention.truncateBefore - 1, view);
      return repeated ?? (current < 0 || view.retention.deleted ? accepted(events, view) : wrong);
    }
    case "exact":
      if (expected.revision === current) return accepted(events, view);
      return repetition(events, expected.revision, view) ?? wrong;
  }
};

/** An append without events writes nothing, but it also begins a deleted stream again. */
const accepted = (events: readonly NewEvent[], view: StreamView): Decision => {
  const { lastRevision } = view;
  if (events.length > 0 || view.retention.deleted) return { kind: "write" };
  const position = lastRevision < 0 ? undefined : view.positionAt(lastRevision);
  return { kind: "appended", revision: lastRevision, position };
};

/** The first answer, when these very events follow the revision `before`. */
const repetition = (events: readonly NewEvent[], before: number, view: StreamView): Decision | undefined => {
  const revision = before + events.length;
  const isRepeated =
    events.length > 0 &&
    revision <= view.lastRevision &&
    events.every((event, index) => view.idAt(before + 1 + index).equals(event.id));
  return isRepeated ? { kind: "appended", revision, position: view.positionAt(revision) } : undefined;
};

/** Whether to delete the stream. Repeating a soft deletion changes nothing and succeeds; a tombstone is final. */
export const decideDeletion = (append: Append, view: StreamView): Decision => {
  const { expected, deletion } = append;
  const current = view.lastRevision;
  const wrong: Decision = { kind: "wrong_expected_version", current };
  if (current === TOMBSTONE_REVISION) return { kind: "stream_deleted" };
  const neverWas = current < 0 && !view.hasMetadata;
  if (deletion === "soft" && neverWas) return wrong;
  switch (expected.kind) {
    case "any":
      return { kind: "write" };
    case "no_stream":
      return current < 0 || view.retention.deleted ? { kind: "write" } : wrong;
    case "stream_exists":
      if (view.retention.deleted) return { kind: "stream_deleted" };
      return neverWas ? wrong : { kind: "write" };
    case "exact":
      return expected.revision === current ? { kind: "write" } : wrong;
  }
};

const decideByIds = (events: readonly NewEvent[], view: StreamView): Decision | undefined => {
  const known = events.map((event) => view.revisionOf(event.id)).filter((revision) => revision !== undefined);
  const revision = known.at(-1);
  if (revision === undefined) return undefined;
  // Some of the events but not all: not a retry, and appending the rest would split the append.
  if (known.length < events.length) return { kind: "wrong_expected_version", current: view.lastRevision };
  return { kind: "appended", revision, position: view.positionAt(revision) };
};
