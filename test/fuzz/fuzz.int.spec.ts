import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "../../apps/api/spec-support/bench.js";
import { fuzz } from "./fuzz.js";

/** FUZZ_COUNT=10000 FUZZ_SEED=1 say how many requests, and from which seed on; a finding names its own. */
const count = parseInt(process.env["FUZZ_COUNT"] ?? "300", 10);
const first = parseInt(process.env["FUZZ_SEED"] ?? "1", 10);

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());

describe("whatever is asked", () => {
  it(
    `is answered or refused, never with a fault of ours: ${count} requests from seed ${first}`,
    async () => {
      const { findings, answers } = await fuzz(bench, first, count);
      if (process.env["FUZZ_COUNT"] !== undefined) console.table(answers);
      expect(findings).toEqual([]);
      expect(bench.logged).toEqual([]);
    },
    300_000 + count * 1_000,
  );
});
