import { expect, it } from "vitest";
import { faultsOfPauses } from "./stories.js";

const PER_TEST = 25;
/** From among the first ones: some of them found what no whole life of the others had. */
const FIRST = 180;
const STORIES = 100;

it.each(Array.from({ length: STORIES / PER_TEST }, (_, batch) => FIRST + batch * PER_TEST))(
  "the application plays the stories of pauses from %d on as the model does",
  async (first) => {
    const faults: string[][] = [];
    for (let seed = first; seed < first + PER_TEST; seed++) faults.push(await faultsOfPauses(seed));
    expect(faults.filter((found) => found.length > 0)).toEqual([]);
  },
  60_000,
);
