import { isUtf8 } from "node:buffer";
import { rowFields } from "../log/row-fields.js";
import { rowId, rowPosition, rowRevision, rowStream, rowStreamBytes, rowType, TOMBSTONE_REVISION } from "../log/row.js";
import { uuidText } from "../protocol/uuid.js";

/** An event as a line of an export, with its place in the log. */
export interface PortableEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly created: string;
  /** Bytes of JSON that JSON.parse and JSON.stringify reproduce exactly are exported as JSON … */
  readonly metadata?: unknown;
  readonly data?: unknown;
  /** … all other bytes in base64. Absent: no bytes. */
  readonly metadataBase64?: string;
  readonly dataBase64?: string;
}

/** The protocol's number for the event that ends a stream for good. */
export const TOMBSTONE = "9223372036854775807";

/** `row` must have passed its checksum. */
export const portableEvent = (row: Buffer): PortableEvent => {
  const { contentType, created, metadata, data } = rowFields(row);
  const revision = rowRevision(row);
  return {
    position: rowPosition(row).toString(),
    stream: rowStream(row),
    revision: revision === TOMBSTONE_REVISION ? TOMBSTONE : revision.toString(),
    id: uuidText(rowId(row)),
    type: rowType(row),
    contentType,
    created: new Date(created).toISOString(),
    ...written("metadata", metadata),
    ...written("data", data),
  };
};

const written = (name: "metadata" | "data", bytes: Buffer): Partial<PortableEvent> => {
  if (bytes.length === 0) return {};
  const value = exactJson(bytes);
  return value === undefined ? { [`${name}Base64`]: bytes.toString("base64") } : { [name]: value };
};

/** The bytes parsed as JSON, if writing it again gives the same bytes. */
const exactJson = (bytes: Buffer): unknown => {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return Buffer.from(JSON.stringify(value)).equals(bytes) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The bytes of the event's metadata or data. */
export const bytesOf = (event: PortableEvent, name: "metadata" | "data"): Buffer => {
  const base64 = event[`${name}Base64`];
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  return event[name] === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(event[name]));
};

/** Streams of the server itself and of parked messages of persistent subscriptions, with their metadata. */
const SERVERS_OWN = /^(\$\$)?(\$tenure-eventstore|\$persistentsubscription-.*-parked)$/s;

/** Why an event is left out of an export; undefined: it is exported. */
export const leftOutFor = (row: Buffer): "server" | "name" | undefined => {
  if (SERVERS_OWN.test(rowStream(row))) return "server";
  return isUtf8(rowStreamBytes(row)) ? undefined : "name";
};
