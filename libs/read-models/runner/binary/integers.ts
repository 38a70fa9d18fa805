import { digitsAt, HYPHEN, NOT_NATIVE, writeInt16, writeInt32, writeInt64 } from "./writer.js";

/** Digits that a double holds exactly whatever they are, and {@link digitsAt} reads. */
const EXACT_DIGITS = 15;

/** A whole number, or its digits with or without a sign; NaN: it is none, or has more digits. */
const integerOf = (value: unknown): number => {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : NaN;
  if (typeof value !== "string") return NaN;
  const first = value.charCodeAt(0) === HYPHEN ? 1 : 0;
  const count = value.length - first;
  if (count === 0 || count > EXACT_DIGITS) return NaN;
  const integer = digitsAt(value, first, count);
  if (integer < 0) return NaN;
  return first === 0 ? integer : -integer;
};

const SMALLINT_ENDS = 2 ** 15;
const INTEGER_ENDS = 2 ** 31;

export const writeSmallint = (buffer: Buffer, at: number, value: unknown): number => {
  const integer = integerOf(value);
  return integer >= -SMALLINT_ENDS && integer < SMALLINT_ENDS ? writeInt16(buffer, at, integer) : NOT_NATIVE;
};

export const writeInteger = (buffer: Buffer, at: number, value: unknown): number => {
  const integer = integerOf(value);
  return integer >= -INTEGER_ENDS && integer < INTEGER_ENDS ? writeInt32(buffer, at, integer) : NOT_NATIVE;
};

export const writeBigint = (buffer: Buffer, at: number, value: unknown): number => {
  const integer = integerOf(value);
  return Number.isNaN(integer) ? NOT_NATIVE : writeInt64(buffer, at, integer);
};
