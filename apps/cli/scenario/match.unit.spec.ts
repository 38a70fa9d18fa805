import { describe, expect, it } from "vitest";
import { match } from "./match.js";

type Row = Partial<Record<"a" | "b", number>>;

const distance = (expected: Row, observed: Row): number =>
  expected.a === 0 && observed.a === 9
    ? Infinity
    : (["a", "b"] as const).filter((key) => expected[key] !== undefined && expected[key] !== observed[key]).length;

describe("matching expected with observed items", () => {
  it("does not let an item that fits several take the only one that fits another", () => {
    const observed = [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
    ];
    expect(match([{ a: 1 }, { a: 1, b: 1 }], observed, distance)).toEqual({
      pairs: [
        [{ a: 1 }, { a: 1, b: 2 }],
        [
          { a: 1, b: 1 },
          { a: 1, b: 1 },
        ],
      ],
      missing: [],
      unexpected: [],
    });
  });

  it("pairs what is left by the fewest differences", () => {
    const observed = [
      { a: 5, b: 6 },
      { a: 1, b: 6 },
    ];
    expect(match([{ a: 1, b: 2 }], observed, distance)).toEqual({
      pairs: [
        [
          { a: 1, b: 2 },
          { a: 1, b: 6 },
        ],
      ],
      missing: [],
      unexpected: [{ a: 5, b: 6 }],
    });
  });

  it("never pairs what cannot be the same", () => {
    expect(match([{ a: 0 }], [{ a: 9 }], distance)).toEqual({ pairs: [], missing: [{ a: 0 }], unexpected: [{ a: 9 }] });
  });

  it("counts equal items", () => {
    expect(match([{ a: 1 }, { a: 1 }], [{ a: 1 }], distance).missing).toEqual([{ a: 1 }]);
  });
});
