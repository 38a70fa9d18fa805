import { describe, expect, it } from "vitest";
import { toJsonb } from "./fit.js";

describe("JSON for PostgreSQL", () => {
  it("replaces what its text type cannot hold, and nothing else", () => {
    const value = { name: "a\0b", half: "\ud83d!", whole: "😀", escaped: "\\u0000 \\ud800", list: ["\udc00", 1, null] };
    expect(JSON.parse(toJsonb(value))).toEqual({
      ...value,
      name: "a\ufffdb",
      half: "\ufffd!",
      list: ["\ufffd", 1, null],
    });
  });

  it("leaves the rest as JSON.stringify writes it", () => {
    const value = [{ amount: "15.00", none: null, left: undefined }];
    expect(toJsonb(value)).toBe(JSON.stringify(value));
  });
});
