import { crc32 } from "node:zlib";

/** A stored value that is not what was written. */
export class CorruptState extends Error {
  constructor(readonly key: string) {
    super(`what is remembered as ${key} is corrupt: its checksum does not match`);
  }
}

/** A value of the state table: CRC-32 of its key and contents, then the contents. */
export const sealState = (key: Buffer, contents: Buffer): Buffer => {
  const value = Buffer.allocUnsafe(4 + contents.length);
  value.writeUInt32BE(checksum(key, contents), 0);
  contents.copy(value, 4);
  return value;
};

/** Throws CorruptState. */
export const unsealState = (key: Buffer, value: Buffer): Buffer => {
  const contents = value.subarray(4);
  if (value.length < 4 || checksum(key, contents) !== value.readUInt32BE(0)) throw new CorruptState(key.toString());
  return contents;
};

const checksum = (key: Buffer, contents: Buffer): number => crc32(contents, crc32(key));
