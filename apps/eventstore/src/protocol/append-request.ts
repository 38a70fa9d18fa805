import { isUtf8 } from "node:buffer";
import type { StreamIdentifier, UUID } from "@eventstore/db-client/generated/shared_pb.js";
import type { ExpectedRevision } from "../log/append.js";
import type { NewEvent } from "../log/row.js";
import {
  appendTooLarge,
  appendTooLong,
  invalidArgument,
  MAX_APPEND_BYTES,
  MAX_APPEND_TOTAL_BYTES,
  missingMetadata,
} from "./errors.js";
import { uuidBytes } from "./uuid.js";

/** Options common to Append and BatchAppend. */
interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getCustomMetadata_asU8(): Uint8Array;
  getData_asU8(): Uint8Array;
}

/** Collects the events of one append as they arrive, up to the maximum size of an append. */
export class ProposedEvents {
  private list: NewEvent[] = [];
  private dataBytes = 0;
  /** Types, metadata and data. */
  bytes = 0;

  /** Throws RequestError; the earlier events are then discarded. */
  add(message: ProposedMessage): void {
    const event = newEvent(message);
    this.dataBytes += event.data.length;
    this.bytes += event.type.length + event.metadata.length + event.data.length;
    const isTooLarge = this.dataBytes > MAX_APPEND_BYTES;
    if (isTooLarge || this.bytes > MAX_APPEND_TOTAL_BYTES) {
      this.list = [];
      this.bytes = 0;
      throw isTooLarge ? appendTooLarge() : appendTooLong();
    }
    this.list.push(event);
  }

  get events(): readonly NewEvent[] {
    return this.list;
  }
}

const NIL = Buffer.alloc(16);

const newEvent = (message: ProposedMessage): NewEvent => {
  const id = uuidBytes(message.getId());
  if (!id || id.equals(NIL)) throw invalidArgument("an event has no valid id");
  const metadata = message.getMetadataMap();
  const type = metadata.get("type");
  const contentType = metadata.get("content-type");
  if (!type || !contentType) throw missingMetadata();
  return { id, type, contentType, metadata: message.getCustomMetadata_asU8(), data: message.getData_asU8() };
};

/** Throws RequestError. */
export const streamName = (identifier: StreamIdentifier | undefined): Buffer => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []);
  if (name.length === 0) throw invalidArgument("the request names no stream");
  if (!isUtf8(name)) throw invalidArgument("the name of the stream is not valid UTF-8");
  return name;
};

/** Options common to Append, Delete and Tombstone. */
interface Expectation {
  hasRevision(): boolean;
  getRevision(): string;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
  hasAny(): boolean;
}

/** Throws RequestError. */
export const expectedRevision = (options: Expectation): ExpectedRevision => {
  if (options.hasRevision()) {
    return { kind: "exact", revision: Number(options.getRevision()), text: options.getRevision() };
  }
  if (options.hasNoStream()) return { kind: "no_stream" };
  if (options.hasStreamExists()) return { kind: "stream_exists" };
  if (options.hasAny()) return { kind: "any" };
  throw invalidArgument("the request has no expected revision");
};
