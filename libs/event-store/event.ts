import { type DomainEvent } from "#domain/event.js";
import { type AnyEvent } from "./catalogue.js";
import { type Position } from "./position.js";

/** Where a command came in: over the network, from a terminal, from a worker's own work, or from this program itself. */
export const origins = ["api", "cli", "worker", "system"] as const;
export type Origin = (typeof origins)[number];

/** Metadata of every event, stored as JSON beside its data. Decoding refuses an event that lacks a field. */
export interface Metadata {
  /** The provider (uuid, with dashes) that owns the stream. No command or event refers to another provider. */
  readonly provider: string;
  /** Groups all events caused by one request from outside. */
  readonly correlationId: string;
  /** Direct cause: an event's id, or the command's id for a command from outside. */
  readonly causationId: string;
  /** Who gave the command: a user, an integration, a worker. Part of the command's identity. */
  readonly actor: string;
  /** Absent in events of earlier versions of the program: see {@link originOf}. */
  readonly origin?: Origin;
  /** The role by which the actor could give the command. Absent where none was needed, and in earlier events. */
  readonly role?: string;
  /** uuid v5 of provider, actor and idempotency key (ids.ts). Events of one command share it. */
  readonly commandId: string;
  /** sha-256 (hex) over the canonical JSON of the command's name and the client's request body. */
  readonly commandHash: string;
  /** ISO instant (UTC, `Z`) from the injected clock. Billing never uses the store's own timestamp. */
  readonly recordedAt: string;
  /** Version of the event type's schema as stored, from 1; upcasting does not change it. */
  readonly schemaVersion: number;
  /** sha-256 (hex), chained per stream over everything else that is stored (content-hash.ts). */
  readonly contentHash: string;
}

/** An event to append. Built by `chainEvents`, which fills in id, schema version and content hash. */
export interface NewEvent {
  /** uuid v5 of the content hash: the same on every retry, different for any other content (ids.ts). */
  readonly id: string;
  readonly type: string;
  /** Plain JSON: no bigint, no Date, no Big. */
  readonly data: object;
  readonly metadata: Metadata;
}

/** Origin of the event's command; for events without one, derived from the actor's name. */
export const originOf = ({ origin, actor }: Metadata): Origin =>
  origin ?? (actor.startsWith("worker") ? "worker" : "api");

interface Recorded<Type, Data> {
  readonly stream: string;
  /** Number of the event in its stream, from 0. */
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: Type;
  readonly data: Data;
  readonly metadata: Metadata;
  /** The data as stored, present only when an upcaster changed it: audits hash this. */
  readonly stored?: object;
}

/**
 * An event as read: decoded, checked and upcast to the current version of its type. Of a union of events it is the
 * union of their recorded events, so that `type` determines the type of `data`.
 */
export type RecordedEvent<Event extends DomainEvent = AnyEvent> =
  Event extends DomainEvent<infer Type, infer Data> ? Recorded<Type, Data> : never;
/** Any event of the catalogue as read. */
export type AnyRecordedEvent = RecordedEvent;
