import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CallRef, readRef, writeRef } from "./call-ref.js";

const key = Buffer.alloc(32, 7);
const ref: CallRef = {
  ...{ accountId: randomUUID(), customerId: randomUUID(), tariffId: randomUUID(), leg: "OUT" },
  maxSeconds: 7_200,
  issued: "2026-11-29T12:00:00.123Z",
};

describe("what an edge keeps with a call", () => {
  it("says whom the leg is charged to, and by what", () => {
    const text = writeRef(ref, key);
    expect(text).toMatch(/^[\w.-]+$/);
    expect(readRef(text, key)).toEqual(ref);
    expect(readRef(writeRef({ ...ref, leg: "IN" }, key), key)).toEqual({ ...ref, leg: "IN" });
  });

  it("is believed only as it was written, and by whom", () => {
    const text = writeRef(ref, key);
    expect(readRef(text, Buffer.alloc(32, 8))).toBeNull();
    expect(readRef("", key)).toBeNull();
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("O", ".", "0", "a", "Z", "-"), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        // The last letter holds four bits that say nothing.
        fc.pre(changed !== text && at < text.length - 1);
        expect(readRef(changed, key)).toBeNull();
      }),
    );
  });
});
