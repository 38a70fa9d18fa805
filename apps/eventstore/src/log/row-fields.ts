import { ROW_HEADER } from "./row.js";

/** The fields of a row beyond its header, decoded from the protobuf bytes. */
export interface RowFields {
  readonly contentType: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly metadata: Buffer;
  readonly data: Buffer;
}

const TICKS_PER_MILLISECOND = 10_000;
const EMPTY = Buffer.alloc(0);

/** `row` must have passed its checksum. */
export const rowFields = (row: Buffer): RowFields => {
  let metadata: Buffer = EMPTY;
  let data: Buffer = EMPTY;
  const properties = new Map<string, string>();
  for (const { field, bytes } of fieldsOf(row.subarray(ROW_HEADER))) {
    if (field === 6) properties.set(...mapEntry(bytes));
    else if (field === 7) metadata = bytes;
    else if (field === 8) data = bytes;
  }
  return {
    contentType: properties.get("content-type") ?? "",
    created: Math.floor(Number(properties.get("created") ?? "0") / TICKS_PER_MILLISECOND),
    metadata,
    data,
  };
};

const mapEntry = (bytes: Buffer): [key: string, value: string] => {
  const [key, value] = [...fieldsOf(bytes)].map((field) => field.bytes.toString());
  return [key ?? "", value ?? ""];
};

/** The fields of a message in the order in which they were written. Those that hold a number have no bytes here. */
function* fieldsOf(message: Buffer): Generator<{ field: number; bytes: Buffer }> {
  let offset = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = message[offset++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (offset < message.length) {
    const tag = varint();
    const field = tag >> 3;
    if ((tag & 7) === 0) {
      varint();
      yield { field, bytes: EMPTY };
    } else {
      const length = varint();
      yield { field, bytes: message.subarray(offset, offset + length) };
      offset += length;
    }
  }
}
