import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { inTurns } from "./in-turns.js";

function* slowly(steps: number): Generator<number> {
  for (let step = 0; step < steps; step += 1) {
    for (const until = performance.now() + 15; performance.now() < until;);
    yield step;
  }
}

it("gives what all steps gave, in order, and lets other work go on in between", async () => {
  let turns = 0;
  const stop = new AbortController();
  const other = (async () => {
    while (!stop.signal.aborted) {
      await setTimeout(1);
      turns += 1;
    }
  })();
  expect(await inTurns(slowly(20))).toEqual([...Array(20).keys()]);
  stop.abort();
  await other;
  expect(turns).toBeGreaterThan(2);
  expect(await inTurns([])).toEqual([]);
});
