import { type DomainEvent } from "#domain/event.js";
import { type EventTypes, schemaVersionOf } from "./codec.js";
import { contentHash, sha256 } from "./content-hash.js";
import { type NewEvent, type Origin } from "./event.js";
import { eventId } from "./ids.js";
import { eventTypes } from "./catalogue.js";

export interface ChainOptions {
  readonly stream: string;
  /** Content hash of the stream's last event; `NO_HASH` for a new stream. */
  readonly previousHash: string;
  readonly provider: string;
  readonly actor: string;
  /** Default: not recorded. */
  readonly origin?: Origin;
  /** Default: not recorded. */
  readonly role?: string;
  readonly commandId: string;
  /** Default, for commands of workers, which have no client: a hash of the command's id. */
  readonly commandHash?: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly recordedAt: string;
  readonly events: readonly DomainEvent[];
  /** Event types; default: the catalogue's. Specs give their own. */
  readonly types?: EventTypes;
}

/**
 * Turns domain events into events ready for `append`: derives ids, sets schema versions and continues the content hash
 * chain. Also for workers that know a stream's last revision and hash without reading it; the last event's
 * `metadata.contentHash` is the next `previousHash`. Throws a `TypeError` for an unregistered type or data that is not
 * plain JSON.
 */
export const chainEvents = (options: ChainOptions): NewEvent[] => {
  const {
    stream,
    provider,
    actor,
    origin,
    role,
    commandId,
    commandHash = sha256(options.commandId),
    correlationId,
    causationId,
    recordedAt,
  } = options;
  const { events, types = eventTypes } = options;
  const common = {
    provider,
    correlationId,
    causationId,
    actor,
    commandId,
    commandHash,
    recordedAt,
    ...(origin && { origin }),
    ...(role && { role }),
  };
  let previous = options.previousHash;
  return events.map(({ type, data }) => {
    const metadata = { ...common, schemaVersion: schemaVersionOf(types, type) };
    previous = contentHash(previous, { stream, type, data, metadata });
    return { id: eventId(previous), type, data, metadata: { ...metadata, contentHash: previous } };
  });
};
