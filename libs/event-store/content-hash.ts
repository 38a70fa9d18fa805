import { hash } from "node:crypto";
import { canonicalJson } from "./canonical-json.js";
import { type Metadata } from "./event.js";

/** sha-256 as lower-case hex. */
export const sha256 = (text: string): string => hash("sha256", text, "hex");

/**
 * Value of `Metadata.commandHash`: distinguishes a repeated command from another command with the same idempotency key.
 */
export const commandHash = (name: string, body: unknown): string => sha256(canonicalJson({ name, body: body ?? null }));

/** What a content hash covers: everything that is stored of an event except its id and the hash itself. */
export interface HashedContent {
  readonly stream: string;
  readonly type: string;
  /** As stored, before any upcaster. */
  readonly data: object;
  readonly metadata: Omit<Metadata, "contentHash">;
}

/** Previous hash of a stream's first event. The empty text is part of what is hashed and stored: it never changes. */
export const NO_HASH = "";

/**
 * Links an event to its predecessor in the stream: sha-256 over the previous event's hash followed by the canonical
 * JSON of this one's content. Changing, removing or swapping stored events breaks every later link.
 */
export const contentHash = (previousHash: string, { stream, type, data, metadata }: HashedContent): string => {
  const { actor, causationId, commandHash, commandId, correlationId, origin } = metadata;
  const { provider, recordedAt, role, schemaVersion } = metadata;
  const by = { actor, causationId, commandHash, commandId, correlationId };
  // In order, which saves sorting. Canonical JSON leaves out what is not recorded.
  return sha256(
    previousHash + canonicalJson({ ...by, data, origin, provider, recordedAt, role, schemaVersion, stream, type }),
  );
};

/** A stored event as `verifyChain` needs it. */
export interface ChainedEvent extends HashedContent {
  readonly revision: bigint;
  readonly metadata: Metadata;
  /** The data as stored, where an upcaster changed it. */
  readonly stored?: object;
}

export interface BrokenLink {
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;
  /** What is wrong, as a sentence. */
  readonly reason: string;
}

/**
 * Recomputes the chain over a stream's events in order, and returns the first event that does not match; `undefined`
 * when all do. The events start at the stream's beginning, or after an event whose revision and hash are given.
 */
export const verifyChain = (
  events: readonly ChainedEvent[],
  after: { readonly revision: bigint; readonly contentHash: string } = { revision: -1n, contentHash: NO_HASH },
): BrokenLink | undefined => {
  let { revision, contentHash: previous } = after;
  for (const event of events) {
    const broken = (reason: string): BrokenLink => {
      return { stream: event.stream, revision: event.revision, type: event.type, reason };
    };
    revision += 1n;
    if (event.revision !== revision) return broken(`expected revision ${revision}`);
    const expected = contentHash(previous, { ...event, data: event.stored ?? event.data });
    if (event.metadata.contentHash !== expected) return broken(`its content hash should be ${expected}`);
    previous = expected;
  }
  return undefined;
};
