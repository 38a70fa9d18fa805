import { describe, expect, it } from "vitest";
import { differences } from "./compare.js";
import { playOnDomain } from "./engine/play.js";
import { generateStory } from "./generate.js";
import { runNaive } from "./naive/run.js";

/*
 * Random life stories, played by the deciders and charges of libs/domain and by the naive model, agree line by line.
 * STORIES=10000 SEED=1 says how many and from which seed on; the seed in a failure reproduces it.
 */
const first = parseInt(process.env["SEED"] ?? "1", 10);
const count = parseInt(process.env["STORIES"] ?? "200", 10);
const PER_TEST = 50;

describe("the domain and the naive model agree", () => {
  const batches = Array.from({ length: Math.ceil(count / PER_TEST) }, (_, index) => first + index * PER_TEST);
  it.each(batches)("on the stories from seed %d on", (seed) => {
    const failed = Array.from({ length: Math.min(PER_TEST, first + count - seed) }, (_, index) => seed + index).flatMap(
      (one) => {
        const story = generateStory(one);
        const differs = differences(runNaive(story), playOnDomain(story).outcome, story);
        return differs.length === 0 ? [] : [{ seed: one, differs }];
      },
    );
    expect(failed).toEqual([]);
  });
});
