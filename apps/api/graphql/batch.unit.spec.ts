import { describe, expect, it, vi } from "vitest";
import { batch } from "./batch.js";

describe("batched loading", () => {
  it("loads what is asked for in one turn together, each key once", async () => {
    const load = vi.fn((keys: readonly string[]) => Promise.resolve(new Map(keys.map((key) => [key, key.length]))));
    const length = batch<string, number>(load);
    expect(await Promise.all([length("a"), length("bb"), length("a")])).toEqual([1, 2, 1]);
    expect(await Promise.all([length("bb"), length("ccc")])).toEqual([2, 3]);
    expect(load.mock.calls).toEqual([[["a", "bb"]], [["ccc"]]]);
  });

  it("answers undefined for what there is not, and fails everybody when loading fails", async () => {
    expect(await batch<string, number>(() => Promise.resolve(new Map()))("x")).toBeUndefined();
    const broken = batch<string, number>(() => Promise.reject(new Error("gone")));
    const results = await Promise.allSettled([broken("a"), broken("b")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
