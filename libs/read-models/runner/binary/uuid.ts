import { HYPHEN, NOT_NATIVE } from "./writer.js";

const NO_DIGIT = 255;
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < 16; value += 1) DIGITS[value.toString(16).charCodeAt(0)] = value;
const HYPHENS: readonly number[] = [8, 13, 18, 23];
const CHARACTERS = 36;
export const UUID_BYTES = 16;
/** Where in the text of an id each of its bytes begins. */
const PLACES: readonly number[] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

const hexAt = (text: string, place: number): number => DIGITS[text.charCodeAt(place)] ?? NO_DIGIT;

/** An id in small letters, with its hyphens. */
export const writeUuid = (buffer: Buffer, to: number, value: unknown): number => {
  if (typeof value !== "string" || value.length !== CHARACTERS) return NOT_NATIVE;
  for (const place of HYPHENS) if (value.charCodeAt(place) !== HYPHEN) return NOT_NATIVE;
  for (let at = 0; at < UUID_BYTES; at += 1) {
    const place = PLACES[at] ?? 0;
    const [high, low] = [hexAt(value, place), hexAt(value, place + 1)];
    if (high === NO_DIGIT || low === NO_DIGIT) return NOT_NATIVE;
    buffer[to + at] = (high << 4) | low;
  }
  return UUID_BYTES;
};
