import { crc32, deflateSync, inflateSync } from "node:zlib";

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A PNG. @param rows each with the number of its filter first */
export const pngOf = (
  [width, height, depth, colorType, interlaced = 0]: readonly number[],
  rows: readonly (readonly number[])[],
  more: Readonly<Record<string, readonly number[]>> = {},
): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width ?? 0, 0);
  header.writeUInt32BE(height ?? 0, 4);
  header.set([depth ?? 8, colorType ?? 2, 0, 0, interlaced], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    ...Object.entries(more).map(([type, data]) => chunk(type, Buffer.from(data))),
    chunk("IDAT", deflateSync(Buffer.from(rows.flat()))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

/** The rows of a PNG that has but one chunk of data. */
export const rowsOf = (png: Buffer, length: number): number[][] => {
  const at = png.indexOf("IDAT");
  const data = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  return Array.from({ length: data.length / length }, (_, row) => [...data.subarray(row * length, (row + 1) * length)]);
};

/** Two pixels: one red, one half transparent. */
export const LOGO = pngOf([2, 1, 8, 6], [[0, 255, 0, 0, 255, 0, 0, 0, 128]]);
