import { catalogCandidates } from "./shrink/catalog.js";
import { stepCandidates, without } from "./shrink/steps.js";
import { type Story } from "./story.js";

/** More would keep a person waiting for little. */
const MOST_TRIALS = 5000;

/**
 * A smaller story that still fails: steps, commitments, rows and options are left out and dates and amounts made plain,
 * one at a time, as long as `fails` says that the failure is still there. Every story that is tried is a valid one.
 * @param fails of a disagreement with the application: `async (story) => (await faultsOf(story)).length > 0`
 */
export async function shrink(story: Story, fails: (story: Story) => boolean | Promise<boolean>): Promise<Story> {
  let smallest = story;
  let trials = 0;
  const accept = async (candidate: Story): Promise<boolean> => {
    if (trials >= MOST_TRIALS) return false;
    trials += 1;
    if (!(await fails(candidate))) return false;
    smallest = candidate;
    return true;
  };

  for (let before: Story | null = null; before !== smallest && trials < MOST_TRIALS;) {
    before = smallest;
    await removeSteps(() => smallest, accept);
    for (const candidates of [stepCandidates, catalogCandidates]) {
      // A candidate is a change of the story at hand: after each success the list is made anew, from where it stood.
      for (let i = 0; ; i++) {
        const candidate = candidates(smallest)[i];
        if (candidate === undefined) break;
        if (await accept(candidate)) i -= 1;
      }
    }
  }
  return smallest;
}

/** Runs of steps first, from the end, halving; a removed assignment takes with it what names its commitment. */
async function removeSteps(current: () => Story, accept: (candidate: Story) => Promise<boolean>): Promise<void> {
  for (let size = Math.ceil(current().steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let end = current().steps.length; end > 0; end = Math.min(end - size, current().steps.length)) {
      const from = Math.max(0, end - size);
      await accept(without(current(), from, end));
    }
  }
}
