import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor.js";

const refusal = (cursor: string, order: string): unknown => {
  try {
    return decodeCursor(cursor, order, "before");
  } catch (error) {
    return error;
  }
};

describe("a cursor", () => {
  it("comes back as it was, whatever the key holds", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, fc.uuid(), (key, unique) => {
        const cursor = encodeCursor({ key, unique }, "NAME ASC");
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(cursor, "NAME ASC", "after")).toEqual({ key, unique });
      }),
    );
  });

  it("is refused under another sorting", () => {
    const cursor = encodeCursor({ key: "a", unique: "b" }, "NAME ASC");
    expect(refusal(cursor, "NAME DESC")).toMatchObject({ code: "VALIDATION_FAILED", field: "before" });
  });

  it.each(["", "!", "null", Buffer.from("[1,2,3]").toString("base64url"), Buffer.from('["a"]').toString("base64url")])(
    "is refused when it is none: %s",
    (cursor) => {
      expect(refusal(cursor, "NAME ASC")).toMatchObject({ code: "VALIDATION_FAILED", field: "before" });
    },
  );
});
