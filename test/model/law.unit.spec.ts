import { describe, expect, it } from "vitest";
import { LAWFUL } from "./generate/capabilities.js";
import { generateStory } from "./generate.js";
import { accepted, isDatedBackAnywhere, isOutsideTheLaw, onTheirDays } from "./law.js";
import { observe } from "./naive/observe.js";
import { runNaive } from "./naive/run.js";
import { played, totals } from "./naive/totals.js";

const FIRST = parseInt(process.env["FIRST"] ?? "1", 10);
const STORIES = parseInt(process.env["STORIES"] ?? "200", 10);

describe("the law of corrections, by the model", () => {
  it("bills in total what the same commands would have billed on their days", () => {
    let compared = 0;
    const faults: unknown[] = [];
    for (let seed = FIRST; seed < FIRST + STORIES; seed++) {
      const told = generateStory(seed, LAWFUL);
      const story = accepted(told, runNaive(told).steps);
      const ordered = onTheirDays(story);
      // What would have been refused on its day is outside the law.
      const isRefused = runNaive(ordered).steps.some((code) => code !== null);
      if (!isDatedBackAnywhere(story) || isOutsideTheLaw(story) || isRefused) continue;
      compared += 1;
      const [late, intime] = [played(story), played(ordered)];
      const given = (world: typeof late): unknown =>
        Object.fromEntries(observe(world).commitments.map(({ commitment, ...state }) => [commitment, state]));
      try {
        expect(totals(late)).toEqual(totals(intime));
        expect(given(late)).toEqual(given(intime));
      } catch (error) {
        faults.push([`seed ${seed}`, error instanceof Error ? error.message.slice(0, 400) : error]);
      }
    }
    expect(faults).toEqual([]);
    expect(compared).toBeGreaterThan(STORIES / 10);
  }, 240_000);
});
