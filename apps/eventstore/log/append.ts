import type { NewEvent } from "./row.js";

export type ExpectedRevision =
  | { readonly kind: "any" }
  | { readonly kind: "no_stream" }
  | { readonly kind: "stream_exists" }
  /** `text` is what the client sent: up to 2^64, which `revision` holds only roughly. */
  | { readonly kind: "exact"; readonly revision: number; readonly text: string };

export interface Append {
  readonly stream: Buffer;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** True once nobody waits for the answer any more: the append is then left out. */
  readonly expired: () => boolean;
}

export type AppendResult =
  /** `revision` is -1 and `position` undefined when nothing was appended to a stream without events. */
  | { readonly kind: "appended"; readonly revision: number; readonly position: number | undefined }
  /** `current` is -1 for a stream without events. */
  | { readonly kind: "wrong_expected_version"; readonly current: number }
  | { readonly kind: "expired" };

/** What the decision needs to know about the stream, including appends that wait in the same commit. */
export interface StreamView {
  readonly lastRevision: number;
  /** The id of the event at a revision that exists. */
  idAt(revision: number): Buffer;
  positionAt(revision: number): number;
  /** The revision of an event that was appended without an exact expected revision. */
  revisionOf(id: Buffer): number | undefined;
}

export type Decision = { readonly kind: "write" } | Exclude<AppendResult, { kind: "expired" }>;

/**
 * Whether to write the events, or what to answer instead. An append whose events are in the stream already, where it
 * wanted them, is a retry: it gets its first answer, however far the stream has moved on since.
 */
export const decide = (append: Append, view: StreamView): Decision => {
  const { expected, events } = append;
  const current = view.lastRevision;
  const wrong: Decision = { kind: "wrong_expected_version", current };
  if (expected.kind === "any" || expected.kind === "stream_exists") {
    if (expected.kind === "stream_exists" && current < 0) return wrong;
    return decideByIds(events, view) ?? { kind: "write" };
  }
  const before = expected.kind === "no_stream" ? -1 : expected.revision;
  if (before === current) return events.length > 0 ? { kind: "write" } : unchanged(view);
  const after = before + events.length;
  const repeated =
    events.length > 0 &&
    after <= current &&
    events.every((event, index) => view.idAt(before + 1 + index).equals(event.id));
  return repeated ? { kind: "appended", revision: after, position: view.positionAt(after) } : wrong;
};

const decideByIds = (events: readonly NewEvent[], view: StreamView): Decision | undefined => {
  if (events.length === 0) return unchanged(view);
  const known = events.map((event) => view.revisionOf(event.id)).filter((revision) => revision !== undefined);
  if (known.length === 0) return undefined;
  // Some of the events but not all: not a retry, and appending the rest would tear it.
  if (known.length < events.length) return { kind: "wrong_expected_version", current: view.lastRevision };
  const revision = Math.max(...known);
  return { kind: "appended", revision, position: view.positionAt(revision) };
};

const unchanged = (view: StreamView): Decision => ({
  kind: "appended",
  revision: view.lastRevision,
  position: view.lastRevision < 0 ? undefined : view.positionAt(view.lastRevision),
});
