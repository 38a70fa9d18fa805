import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePositions, positionFromText, positionToText, START } from "./position.js";

const half = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const positions = fc.record({ commit: half, prepare: half });

describe("position", () => {
  it("survives the way through text, whatever its size", () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(positionFromText(positionToText(position))).toEqual(position);
      }),
    );
  });

  it.each(["", "1", "1/", "/1", "-1/0", "1/2/3", "1.5/2", "1/x"])("refuses the text '%s'", (text) => {
    expect(() => positionFromText(text)).toThrow(TypeError);
  });

  it("orders by commit, then by prepare, and starts before everything", () => {
    fc.assert(
      fc.property(positions, positions, (a, b) => {
        const expected =
          a.commit === b.commit ? Math.sign(Number(a.prepare - b.prepare)) : a.commit < b.commit ? -1 : 1;
        expect(comparePositions(a, b)).toBe(expected);
        expect(comparePositions(START, a)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
