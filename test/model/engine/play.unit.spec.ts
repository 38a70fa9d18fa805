import { describe, expect, it } from "vitest";
import { ENGINE } from "../generate/capabilities.js";
import { generateStory } from "../generate.js";
import { type Played, Playing, playInMemory } from "./play.js";

/** What a story has come to, and the ids of all its events, which their contents give. */
const shown = ({ world, outcome, faults }: Played) => ({
  outcome,
  faults,
  events: world.session.store.log.map(({ id }) => id),
});

describe("a story that is forked", () => {
  it.each([3, 6, 12, 14])("goes on in both as if there were no other (story %i)", async (seed) => {
    const story = generateStory(seed, ENGINE);
    const begun = async (...steps: (readonly [number, number?])[]): Promise<Played> => {
      const playing = await Playing.of(story);
      for (const [from, to] of steps) await playing.take(playing.scenario.steps.slice(from, to));
      return playing.end();
    };
    const at = Math.ceil(story.steps.length / 3);
    const playing = await Playing.of(story);
    const { steps } = playing.scenario;
    await playing.take(steps.slice(0, at));
    // One goes without the step that comes next, to its end, before the other goes on.
    const fork = playing.fork();
    await fork.take(steps.slice(at + 1));
    const other = await fork.end();
    await playing.take(steps.slice(at));
    const whole = await playing.end();

    expect(shown(whole)).toEqual(shown(await playInMemory(story)));
    expect(shown(other)).toEqual(shown(await begun([0, at], [at + 1])));
    expect(shown(other).events).not.toEqual(shown(whole).events);
  });
});
