import { writeBigint, writeInteger, writeSmallint } from "./integers.js";
import { MOST_NUMERIC_BYTES, writeNumeric } from "./numeric.js";
import { writeDate, writeInstant } from "./time.js";
import { UUID_BYTES, writeUuid } from "./uuid.js";
import { NOT_NATIVE, type Writer } from "./writer.js";

const writeBoolean = (buffer: Buffer, at: number, value: unknown): number => {
  if (typeof value !== "boolean") return NOT_NATIVE;
  buffer[at] = value ? 1 : 0;
  return 1;
};

/** The types that values are written in, by PostgreSQL's names: domains and types with a precision have others. */
export const nativeTypes = {
  boolean: { oid: 16, most: 1, write: writeBoolean },
  bigint: { oid: 20, most: 8, write: writeBigint },
  smallint: { oid: 21, most: 2, write: writeSmallint },
  integer: { oid: 23, most: 4, write: writeInteger },
  date: { oid: 1082, most: 4, write: writeDate },
  "timestamp with time zone": { oid: 1184, most: 8, write: writeInstant },
  numeric: { oid: 1700, most: MOST_NUMERIC_BYTES, write: writeNumeric },
  uuid: { oid: 2950, most: UUID_BYTES, write: writeUuid },
} as const satisfies Readonly<Record<string, Writer>>;

export type NativeType = keyof typeof nativeTypes;
export const isNative = (type: string): type is NativeType => Object.hasOwn(nativeTypes, type);
