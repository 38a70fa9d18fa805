import { describe, expect, it } from "vitest";
import { playInMemory } from "./engine/play.js";
import { generateStory } from "./generate.js";
import { runNaive } from "./naive/run.js";
import { shrink } from "./shrink.js";
import { type Story } from "./story.js";

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

/** Pretend failures: what a defect could hang on. */
const hasPenalty = (story: Story): boolean =>
  runNaive(story).invoices.some(({ lines }) => lines.some(({ kind }) => kind === "PENALTY"));
const isOverlapping = (story: Story): boolean => runNaive(story).steps.includes("PAUSE_OVERLAPS");
/** Of the application. A candidate may name what it left out, which the application has no words for. */
const assignsTwice = async (story: Story): Promise<boolean> => {
  try {
    const { world } = await playInMemory(story);
    return world.all("commitment").size >= 2;
  } catch {
    return false;
  }
};

describe("shrinking", () => {
  it.each([
    ["a penalty", hasPenalty, 2],
    ["a refused pause", isOverlapping, 3],
  ])("leaves little more of a story than what makes %s", async (_, fails, steps) => {
    const failing = seeds
      .map((seed) => generateStory(seed))
      .filter(fails)
      .slice(0, 2);
    expect(failing).toHaveLength(2);
    for (const story of failing) {
      const small = await shrink(story, fails);
      expect(fails(small)).toBe(true);
      expect(small.steps.length).toBeLessThanOrEqual(steps + 2);
      expect(small.catalog.commitments?.length).toBeLessThanOrEqual(2);
      expect(small.customers).toHaveLength(1);
    }
  });

  it("leaves little more of a story than what the application fails at", async () => {
    const story = generateStory(4);
    expect(await assignsTwice(story)).toBe(true);
    const small = await shrink(story, assignsTwice);
    expect(await assignsTwice(small)).toBe(true);
    const steps = small.steps.filter((step) => Object.keys(step).length > 1);
    expect(steps.map((step) => Object.keys(step)[1])).toEqual(["assign", "assign"]);
  });

  it("leaves a story alone that does not fail when it is changed", async () => {
    const story = generateStory(1);
    expect(await shrink(story, (other) => other === story)).toBe(story);
  });
});
