import { digitsAt, HYPHEN, NOT_NATIVE, POINT, writeInt16 } from "./writer.js";

const HEADER_BYTES = 8;
const NEGATIVE = 0x4000;
/** Decimal digits of each digit that PostgreSQL keeps. */
const GROUP = 4;
/** What a last group behind the point stands for, by how many digits it has. */
const PADDED: readonly number[] = [0, 1_000, 100, 10, 1];
const MOST_CHARACTERS = 64;
/** Bytes of the longest one: the groups before the point and those behind it may both be begun. */
export const MOST_NUMERIC_BYTES = HEADER_BYTES + 2 * (MOST_CHARACTERS / GROUP + 1);

/**
 * Digits with or without a sign and a point between them, or such a number. PostgreSQL keeps digits to the base of 10,000,
 * the power of the first one, and how many decimal places were written; it takes away zeros at both ends itself.
 */
export const writeNumeric = (buffer: Buffer, at: number, value: unknown): number => {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length > MOST_CHARACTERS) return NOT_NATIVE;
  const first = text.charCodeAt(0) === HYPHEN ? 1 : 0;
  let point = first;
  while (point < text.length && text.charCodeAt(point) !== POINT) point += 1;
  const whole = point - first;
  const places = Math.max(text.length - point - 1, 0);
  if (whole === 0 || (places === 0 && point < text.length)) return NOT_NATIVE;

  let to = at + HEADER_BYTES;
  let from = first;
  while (from < point) {
    const count = ((point - from - 1) % GROUP) + 1;
    const group = digitsAt(text, from, count);
    if (group < 0) return NOT_NATIVE;
    to += writeInt16(buffer, to, group);
    from += count;
  }
  for (from = point + 1; from < text.length; from += GROUP) {
    const count = Math.min(text.length - from, GROUP);
    const group = digitsAt(text, from, count) * (PADDED[count] ?? 1);
    if (group < 0) return NOT_NATIVE;
    to += writeInt16(buffer, to, group);
  }
  writeInt16(buffer, at, (to - at - HEADER_BYTES) / 2);
  writeInt16(buffer, at + 2, Math.ceil(whole / GROUP) - 1);
  writeInt16(buffer, at + 4, first === 0 ? 0 : NEGATIVE);
  writeInt16(buffer, at + 6, places);
  return to - at;
};
