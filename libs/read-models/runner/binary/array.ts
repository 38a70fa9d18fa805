import { NOT_NATIVE, type Writer } from "./writer.js";

const HEADER_BYTES = 20;
const FIRST_BYTES = 262_144;
/** What is kept of the memory in which arrays are written. */
const MOST_KEPT_BYTES = 8_388_608;
/** A character of a string takes at most three bytes in UTF-8; one that takes four counts as two. */
const MOST_BYTES = 3;
/** Characters of texts that are written one by one. */
const SHORT = 32;
const LAST_ASCII = 127;

/** Arrays are written here one after the other, and leave it as copies: how long one becomes is known at its end. */
let workspace = Buffer.allocUnsafeSlow(FIRST_BYTES);

/**
 * An array of one dimension in PostgreSQL's binary format: a header, then each element with its length before it. Only
 * one is written at a time.
 */
export class BinaryArray {
  #buffer = workspace;
  #end = HEADER_BYTES;
  #count = 0;
  #hasNone = false;
  /** The last value that was written by {@link native}, and where its bytes are. */
  #last: unknown;
  #lastAt = 0;
  #lastBytes = 0;

  none(): void {
    this.#begin(0);
    this.#hasNone = true;
    this.#finish(-1);
  }

  /**
   * @param type the same one for the whole array
   * @returns whether the value is written as the type is; nothing is added otherwise
   */
  native(value: unknown, type: Writer): boolean {
    this.#begin(type.most);
    const to = this.#end + 4;
    if (value === this.#last && this.#lastAt > 0) {
      // Most columns have the same provider, day or amount many times in a row.
      const [buffer, from] = [this.#buffer, this.#lastAt];
      for (let at = 0; at < this.#lastBytes; at += 1) buffer[to + at] = buffer[from + at] ?? 0;
    } else {
      const bytes = type.write(this.#buffer, to, value);
      if (bytes === NOT_NATIVE) return false;
      this.#last = value;
      this.#lastBytes = bytes;
    }
    this.#lastAt = to;
    this.#finish(this.#lastBytes);
    return true;
  }

  /** @param version a byte before the text */
  text(value: string, version?: number): void {
    this.#begin(1 + value.length * MOST_BYTES);
    let start = this.#end + 4;
    if (version !== undefined) {
      this.#buffer[start] = version;
      start += 1;
    }
    const written = value.length <= SHORT ? this.#short(value, start) : this.#buffer.write(value, start, "utf8");
    this.#finish(start - this.#end - 4 + written);
  }

  /** Faster than the buffer's own writing, where the text is ASCII. @returns bytes */
  #short(value: string, start: number): number {
    const buffer = this.#buffer;
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code > LAST_ASCII) return buffer.write(value, start, "utf8");
      buffer[start + at] = code;
    }
    return value.length;
  }

  finished(oid: number): Buffer {
    const dimension = this.#count === 0 ? [] : [this.#count, 1];
    const header = [dimension.length === 0 ? 0 : 1, this.#hasNone ? 1 : 0, oid, ...dimension];
    for (const [place, value] of header.entries()) this.#buffer.writeInt32BE(value, place * 4);
    const bytes = dimension.length === 0 ? header.length * 4 : this.#end;
    const array = Buffer.allocUnsafe(bytes);
    this.#buffer.copy(array, 0, 0, bytes);
    return array;
  }

  /** Makes room for the length and at most so many bytes after it. */
  #begin(bytes: number): void {
    const needed = this.#end + 4 + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#end);
    this.#buffer = larger;
    if (larger.length <= MOST_KEPT_BYTES) workspace = larger;
  }

  /** @param length of the element in bytes; -1: null */
  #finish(length: number): void {
    this.#buffer.writeInt32BE(length, this.#end);
    this.#end += 4 + Math.max(length, 0);
    this.#count += 1;
  }
}
