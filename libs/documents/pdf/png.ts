import { crc32, deflateSync, inflateSync } from "node:zlib";

/*
 * Pictures with transparency, palettes or any depth as plain ones on white. pdfkit decodes those others beside the
 * drawing, at a time of its own: the bytes of a document would depend on it, and a damaged picture end the process.
 */

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const MOST_PIXELS = 1_000_000;
/** Values of a pixel by PNG's color type: gray, RGB, palette, gray with alpha, RGB with alpha. */
const VALUES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  readonly palette: Buffer;
  /** How opaque the palette's colors are. */
  readonly opacity: Buffer;
  readonly data: Buffer;
}

/** A PNG as one of 8-bit RGB without transparency. @throws Error in words, for what is no PNG that can be drawn */
export const opaquePng = (file: Buffer): Buffer => {
  const picture = read(file);
  const { width, height } = picture;
  const colorAt = colorsOf(picture);
  const rows = unfiltered(picture);
  const out = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha] = colorAt(rows, x, y);
      const at = y * (1 + width * 3) + 1 + x * 3;
      for (const [index, value] of [red, green, blue].entries()) {
        out[at + index] = Math.floor((value * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", deflateSync(out)), chunk("IEND")]);
};

const chunk = (type: string, data: Buffer = Buffer.alloc(0)): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

const read = (file: Buffer): Picture => {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error("it is no PNG");
  const chunks = new Map<string, Buffer[]>();
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) throw new Error("it is cut off");
    if (file.readUInt32BE(end) !== crc32(file.subarray(at + 4, end))) throw new Error("it is damaged");
    const type = file.toString("latin1", at + 4, at + 8);
    chunks.set(type, [...(chunks.get(type) ?? []), file.subarray(at + 8, end)]);
    at = end + 4;
  }
  const all = (type: string): Buffer => Buffer.concat(chunks.get(type) ?? []);
  const header = all("IHDR");
  if (header.length !== 13 || !chunks.has("IDAT")) throw new Error("it is damaged");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colorType = 0, , , interlaced] = header.subarray(8);
  if (VALUES[colorType] === undefined || ![1, 2, 4, 8, 16].includes(depth)) throw new Error("it is damaged");
  if (interlaced !== 0) throw new Error("it is interlaced; save it without");
  if (width === 0 || height === 0 || width * height > MOST_PIXELS) {
    throw new Error(`it has ${width} x ${height} pixels; ${MOST_PIXELS} pixels are the most`);
  }
  return { width, height, depth, colorType, palette: all("PLTE"), opacity: all("tRNS"), data: inflated(all("IDAT")) };
};

const inflated = (data: Buffer): Buffer => {
  try {
    return inflateSync(data, { maxOutputLength: 16 * MOST_PIXELS });
  } catch {
    throw new Error("it is damaged");
  }
};

const bytesPerRow = ({ width, depth, colorType }: Picture): number =>
  Math.ceil((width * depth * (VALUES[colorType] ?? 1)) / 8);

/** The rows without what PNG's filters did to them. */
const unfiltered = (picture: Picture): Buffer => {
  const { height, depth, colorType, data } = picture;
  const row = bytesPerRow(picture);
  if (data.length !== height * (row + 1)) throw new Error("it is damaged");
  const step = Math.max(1, (depth * (VALUES[colorType] ?? 1)) / 8);
  const out = Buffer.alloc(height * row);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x += 1) {
      const left = x < step ? 0 : (out[y * row + x - step] ?? 0);
      const up = y === 0 ? 0 : (out[(y - 1) * row + x] ?? 0);
      const corner = x < step || y === 0 ? 0 : (out[(y - 1) * row + x - step] ?? 0);
      out[y * row + x] = (data[y * (row + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return out;
};

const predicted = (filter: number, left: number, up: number, corner: number): number => {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return nearest(left, up, corner);
    default:
      throw new Error("it is damaged");
  }
};

/** Paeth's choice. */
const nearest = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
};

type Color = readonly [red: number, green: number, blue: number, alpha: number];

/** How a pixel is read: its colors and how opaque it is, all from 0 to 255. */
const colorsOf = (picture: Picture): ((rows: Buffer, x: number, y: number) => Color) => {
  const { depth, colorType, palette, opacity } = picture;
  const row = bytesPerRow(picture);
  const values = VALUES[colorType] ?? 1;
  /** As it is stored, of 16 bits the upper 8. */
  const stored = (rows: Buffer, x: number, y: number, value: number): number => {
    const index = x * values + value;
    if (depth === 16) return rows[y * row + index * 2] ?? 0;
    const bit = index * depth;
    return ((rows[y * row + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  };
  const full =
    depth < 8 && colorType !== 3 ? (value: number) => (value * 255) / ((1 << depth) - 1) : (value: number) => value;
  return (rows, x, y) => {
    const at = (value: number) => full(stored(rows, x, y, value));
    switch (colorType) {
      case 3: {
        const color = at(0);
        const [red = 0, green = 0, blue = 0] = palette.subarray(color * 3, color * 3 + 3);
        return [red, green, blue, opacity[color] ?? 255];
      }
      case 2:
        return [at(0), at(1), at(2), 255];
      case 4:
        return [at(0), at(0), at(0), at(1)];
      case 6:
        return [at(0), at(1), at(2), at(3)];
      default:
        return [at(0), at(0), at(0), 255];
    }
  };
};
