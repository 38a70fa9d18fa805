/**
 * The few protobuf encodings that the log writes by hand. The generated codec takes several times as long per event,
 * and rows are written once in the form in which they are sent. Numbers are unsigned integers up to 2^53.
 */
export class ProtoWriter {
  offset = 0;

  constructor(readonly buffer: Buffer) {}

  varint(value: number): void {
    while (value > 0x7f) {
      // Not `&` and `>>>`: those cut numbers off at 32 bits.
      this.buffer[this.offset++] = (value % 0x80) | 0x80;
      value = Math.floor(value / 0x80);
    }
    this.buffer[this.offset++] = value;
  }

  /** proto3 leaves out a number that is 0. */
  numberField(field: number, value: number): void {
    if (value === 0) return;
    this.varint(field << 3);
    this.varint(value);
  }

  /** Opens a field with contents of `length` bytes, which the caller writes next. */
  lengthField(field: number, length: number): void {
    this.varint((field << 3) | 2);
    this.varint(length);
  }

  bytesField(field: number, bytes: Uint8Array): void {
    this.lengthField(field, bytes.length);
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.buffer.set(bytes, this.offset);
    this.offset += bytes.length;
  }
}

export const varintLength = (value: number): number => {
  let length = 1;
  for (; value > 0x7f; value = Math.floor(value / 0x80)) length++;
  return length;
};

/** The length of a field with `length` bytes of contents; for field numbers up to 15. */
export const fieldLength = (length: number): number => 1 + varintLength(length) + length;
