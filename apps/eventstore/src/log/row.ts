import { crc32 } from "node:zlib";
import { fieldLength, ProtoWriter } from "../protocol/proto-writer.js";

/**
 * A row of the log: a header of fixed length, then the fields 2 to 8 of the protocol's RecordedEvent as protobuf bytes.
 * Reading an event means putting its id in front of these bytes (the client chooses the id's form): no decoding.
 *
 *   0  u32  CRC-32 of everything after it
 *   4  u32  number of the stream
 *   8  u64  position in the log
 *  16  u64  revision in the stream
 *  24  16 B event id
 *  40  u32, u32  where the stream's name lies, and its length
 *  48  u32, u32  where the event's type lies, and its length
 *  56  the protobuf bytes
 */
export const ROW_HEADER = 56;

export interface NewEvent {
  readonly id: Buffer;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
  /** Milliseconds since 1970, for an event of another log. Default: the time of its commit. */
  readonly created?: number;
}

export interface Placement {
  readonly stream: Buffer;
  readonly streamNumber: number;
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export class CorruptRow extends Error {
  constructor(
    readonly position: number,
    what: string,
  ) {
    super(`the event at log position ${position} is corrupt: ${what}`);
  }
}

/**
 * The revision of the event that ends a stream for good. The protocol gives it the largest number of 63 bits, which a
 * JavaScript number cannot represent; in the index it is the largest safe one, and so the stream's last.
 */
export const TOMBSTONE_REVISION = Number.MAX_SAFE_INTEGER;
const TOMBSTONE_ON_THE_WIRE = Buffer.from("ffffffffffffffff7f", "hex");

/** The protocol counts time in units of 100 nanoseconds. */
const TICKS_PER_MILLISECOND = 10_000n;
const TYPE = Buffer.from("type");
const CONTENT_TYPE = Buffer.from("content-type");
const CREATED = Buffer.from("created");

export const encodeRow = (event: NewEvent, at: Placement): Buffer => {
  const type = Buffer.from(event.type);
  const contentType = Buffer.from(event.contentType);
  const created = Buffer.from((BigInt(at.created) * TICKS_PER_MILLISECOND).toString());
  const roomForTagsAndNumbers = 160;
  const buffer = Buffer.allocUnsafe(
    ROW_HEADER +
      roomForTagsAndNumbers +
      at.stream.length +
      type.length +
      contentType.length +
      event.metadata.length +
      event.data.length,
  );
  const writer = new ProtoWriter(buffer);
  writer.offset = ROW_HEADER;
  writer.lengthField(2, fieldLength(at.stream.length));
  writer.bytesField(3, at.stream);
  const nameOffset = writer.offset - at.stream.length;
  if (at.revision === TOMBSTONE_REVISION) {
    writer.varint(3 << 3);
    writer.bytes(TOMBSTONE_ON_THE_WIRE);
  } else writer.numberField(3, at.revision);
  writer.numberField(4, at.position);
  writer.numberField(5, at.position);
  mapEntry(writer, TYPE, type);
  const typeOffset = writer.offset - type.length;
  mapEntry(writer, CONTENT_TYPE, contentType);
  mapEntry(writer, CREATED, created);
  if (event.metadata.length > 0) writer.bytesField(7, event.metadata);
  if (event.data.length > 0) writer.bytesField(8, event.data);

  const row = buffer.subarray(0, writer.offset);
  row.writeUInt32BE(at.streamNumber, 4);
  writeU64(row, at.position, 8);
  writeU64(row, at.revision, 16);
  event.id.copy(row, 24);
  row.writeUInt32BE(nameOffset, 40);
  row.writeUInt32BE(at.stream.length, 44);
  row.writeUInt32BE(typeOffset, 48);
  row.writeUInt32BE(type.length, 52);
  row.writeUInt32BE(crc32(row.subarray(4)), 0);
  return row;
};

/** An entry of the RecordedEvent's map `metadata`, field 6. */
const mapEntry = (writer: ProtoWriter, key: Buffer, value: Buffer): void => {
  writer.lengthField(6, fieldLength(key.length) + fieldLength(value.length));
  writer.bytesField(1, key);
  writer.bytesField(2, value);
};

/** Throws CorruptRow unless `row` is exactly what was written at `position`. */
export const checkRow = (row: Buffer | undefined, position: number): Buffer => {
  if (!row) throw new CorruptRow(position, "the index names it, but it is missing");
  if (row.length < ROW_HEADER) throw new CorruptRow(position, "it is cut off");
  if (crc32(row.subarray(4)) !== row.readUInt32BE(0)) throw new CorruptRow(position, "its checksum does not match");
  if (rowPosition(row) !== position) throw new CorruptRow(position, "it belongs to another position");
  return row;
};

export const rowStreamNumber = (row: Buffer): number => row.readUInt32BE(4);
export const rowPosition = (row: Buffer): number => readU64(row, 8);
export const rowRevision = (row: Buffer): number => readU64(row, 16);
export const rowId = (row: Buffer): Buffer => row.subarray(24, 40);
export const rowStream = (row: Buffer): string => rowStreamBytes(row).toString("utf8");
export const rowType = (row: Buffer): string => bytesAt(row, 48).toString("utf8");
/** Older servers accepted names that are not valid UTF-8: their bytes distinguish streams, their text may not. */
export const rowStreamBytes = (row: Buffer): Buffer => bytesAt(row, 40);

const bytesAt = (row: Buffer, field: number): Buffer => {
  const start = row.readUInt32BE(field);
  return row.subarray(start, start + row.readUInt32BE(field + 4));
};

/**
 * Positions and revisions stay below 2^53, so numbers represent them; a BigInt per row would cost more than the rest.
 */
export const writeU64 = (buffer: Buffer, value: number, offset: number): void => {
  buffer.writeUInt32BE(Math.floor(value / 0x1_0000_0000), offset);
  buffer.writeUInt32BE(value % 0x1_0000_0000, offset + 4);
};

export const readU64 = (buffer: Buffer, offset: number): number =>
  buffer.readUInt32BE(offset) * 0x1_0000_0000 + buffer.readUInt32BE(offset + 4);
