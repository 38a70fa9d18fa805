import { expect, it } from "vitest";
import { faultsOfSeed } from "./stories.js";

const PER_TEST = 25;

/**
 * Random life stories, played through the application and by the naive model, agree line by line,
 * and keep what must be kept. STORIES=10000 FIRST=1 says how many, and from which seed on; the seed in a failure
 * reproduces it: STORIES=1 FIRST=<seed>.
 * @param part of `parts`, from 0
 */
export const storiesAgree = (part: number, parts: number): void => {
  const first = parseInt(process.env["FIRST"] ?? "1", 10);
  const count = parseInt(process.env["STORIES"] ?? "200", 10);
  const own = Array.from({ length: count }, (_, index) => first + index).filter((seed) => seed % parts === part);
  const batches = Array.from({ length: Math.ceil(own.length / PER_TEST) }, (_, index) =>
    own.slice(index * PER_TEST, (index + 1) * PER_TEST),
  );
  if (batches.length === 0) it("has no story in this half", () => undefined);
  it.each(batches.map((seeds) => ({ from: seeds[0], to: seeds.at(-1), seeds })))(
    "the application plays the stories $from to $to as the model does, and conserves what it must",
    async ({ seeds }) => {
      const faults: string[][] = [];
      for (const seed of seeds) faults.push(await faultsOfSeed(seed));
      expect(faults.filter((found) => found.length > 0)).toEqual([]);
    },
    120_000,
  );
};
