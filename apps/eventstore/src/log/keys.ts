import { createHash } from "node:crypto";
import { readU64, writeU64 } from "./row.js";

/** Keys of the tables. All are big-endian, so that LMDB's byte order is the order of the numbers. */

export const positionKey = (position: number): Buffer => {
  const key = Buffer.allocUnsafe(8);
  writeU64(key, position, 0);
  return key;
};

export const keyPosition = (key: Buffer): number => readU64(key, 0);

export const revisionKey = (streamNumber: number, revision: number): Buffer => {
  const key = Buffer.allocUnsafe(12);
  key.writeUInt32BE(streamNumber, 0);
  writeU64(key, revision, 4);
  return key;
};

export const keyRevision = (key: Buffer): number => readU64(key, 4);

export const eventIdKey = (streamNumber: number, id: Buffer): Buffer => {
  const key = Buffer.allocUnsafe(4 + id.length);
  key.writeUInt32BE(streamNumber, 0);
  id.copy(key, 4);
  return key;
};

/** Keys for names of streams, which may be longer than LMDB's keys. */
const LONGEST_NAME_AS_KEY = 500;

export const streamKey = (name: Buffer): Buffer =>
  name.length <= LONGEST_NAME_AS_KEY
    ? name
    : Buffer.concat([Buffer.from("\0long\0"), createHash("sha256").update(name).digest()]);

/** Above every revision that a stream can have. */
export const END_OF_STREAM = Number.MAX_SAFE_INTEGER;
