import { expect, it } from "vitest";
import { faultsOfApart, faultsOfMeetingPauses } from "./stories.js";

/** The faults of so many stories. */
const faultsOf = async (kind: (seed: number) => Promise<string[]>, first: number, stories: number) => {
  const faults: string[][] = [];
  for (let seed = first; seed < first + stories; seed++) faults.push(await kind(seed));
  return faults.filter((found) => found.length > 0);
};

it.each([1, 21])(
  "the application plays the stories of customers in zones of their own from %d on as the model does",
  async (first) => {
    expect(await faultsOf(faultsOfApart, first, 20)).toEqual([]);
  },
  120_000,
);

it("the application plays stories of pauses that meet an end date as the model does", async () => {
  expect(await faultsOf(faultsOfMeetingPauses, 1, 60)).toEqual([]);
}, 120_000);
