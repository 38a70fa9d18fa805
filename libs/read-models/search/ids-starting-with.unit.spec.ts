import { describe, expect, it } from "vitest";
import { idsStartingWith } from "./ids-starting-with.js";

const ID = "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90";

describe("the beginning of an id", () => {
  it("is its first group or more, in any case", () => {
    for (let length = 8; length <= ID.length; length += 1) {
      const beginning = ID.slice(0, length);
      const ids = idsStartingWith(beginning.toUpperCase());
      expect(ids?.first).toBe(beginning + "00000000-0000-0000-0000-000000000000".slice(length));
      expect(ids?.last).toBe(beginning + "ffffffff-ffff-ffff-ffff-ffffffffffff".slice(length));
    }
  });

  it.each(["", ID.slice(0, 7), `${ID}0`, "7d3f6f4g", "7d3f6f4e6", "7d3f6f4e-6f0-", ID.replaceAll("-", "")])(
    "is not %j",
    (text) => {
      expect(idsStartingWith(text)).toBeNull();
    },
  );
});
