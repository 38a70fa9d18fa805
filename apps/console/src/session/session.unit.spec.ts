import { describe, expect, it } from "vitest";
import { arrivalOf } from "./arrival.js";
import { readSettings } from "./settings.js";

describe("what an address says of how somebody came", () => {
  it("is a secret, or what became of signing in", () => {
    expect(
      ["#token=a%2Bb", "#link=tnl_1", "#sign-out", "#refused", "#unavailable", "", "#page"].map(arrivalOf),
    ).toEqual([
      { secret: { by: "token", value: "a+b" }, is: null },
      { secret: { by: "link", value: "tnl_1" }, is: null },
      { secret: null, is: "sign-out" },
      { secret: null, is: "refused" },
      { secret: null, is: "unavailable" },
      { secret: null, is: null },
      { secret: null, is: null },
    ]);
  });
});

describe("what a user chose", () => {
  const stored = (text: string | null) => readSettings({ getItem: () => text });
  const none = { language: null, theme: null, dates: "language", keys: true };
  it("is read from what is stored, whatever that is", () => {
    const chosen = { language: "it", theme: "dark", dates: "dotted", keys: false };
    expect(stored(JSON.stringify(chosen))).toEqual(chosen);
    expect(stored(null)).toEqual(none);
    for (const text of ["{", "[]", '"x"', '{"language":"fr","theme":1,"dates":"no"}'])
      expect(stored(text)).toEqual(none);
  });
});
