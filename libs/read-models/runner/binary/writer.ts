/** What is not written in the plain form of its type: PostgreSQL decides what that may be. */
export const NOT_NATIVE = -1;

/** How values of a type are written in PostgreSQL's binary format. */
export interface Writer {
  /** PostgreSQL's number of the type. */
  readonly oid: number;
  /** Bytes of a value at most. */
  readonly most: number;
  /**
   * Writes a value that is not null.
   * @returns how many bytes, or {@link NOT_NATIVE}, whatever was written until then
   */
  readonly write: (buffer: Buffer, at: number, value: unknown) => number;
}

export const HYPHEN = "-".charCodeAt(0);
export const POINT = ".".charCodeAt(0);
const ZERO = "0".charCodeAt(0);

/** The number that so many digits of a text are, at most 15; -1: others are among them. */
export const digitsAt = (text: string, from: number, count: number): number => {
  let number = 0;
  for (let place = from; place < from + count; place += 1) {
    const digit = text.charCodeAt(place) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
};

/** @returns its bytes */
export const writeInt16 = (buffer: Buffer, at: number, integer: number): number => {
  buffer[at] = integer >> 8;
  buffer[at + 1] = integer;
  return 2;
};

/** @returns its bytes */
export const writeInt32 = (buffer: Buffer, at: number, integer: number): number => {
  writeInt16(buffer, at, integer >> 16);
  writeInt16(buffer, at + 2, integer);
  return 4;
};

const TWO_TO_32 = 2 ** 32;

/** @param integer a safe one @returns its bytes */
export const writeInt64 = (buffer: Buffer, at: number, integer: number): number => {
  writeInt32(buffer, at, Math.floor(integer / TWO_TO_32));
  writeInt32(buffer, at + 4, integer >>> 0);
  return 8;
};
