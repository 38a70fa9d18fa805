import { isDeepStrictEqual } from "node:util";
import { type Step as ScenarioStep } from "../../apps/cli/scenario/model.js";
import { addDays } from "#domain/calendar.js";
import { differences } from "./compare.js";
import { chargesDaysServed, closesAgain, penaltiesMatch, previewsHold, replays } from "./conservation.js";
import { type Played, playInMemory } from "./engine/play.js";
import { ENGINE } from "./generate/capabilities.js";
import { generateStory } from "./generate.js";
import { runNaive } from "./naive/run.js";
import { type Story } from "./story.js";

/** Everything that is wrong with how the application plays a story; empty: it agrees with the model, and all is conserved. */
export const faultsOf = async (story: Story): Promise<string[]> => faultsIn(story, await playInMemory(story));

const faultsIn = async (story: Story, { world, outcome }: Played): Promise<string[]> => [
  ...differences(runNaive(story), outcome, story),
  ...(await replays(world)),
  ...closesAgain(world),
  ...chargesDaysServed(world),
  ...penaltiesMatch(world),
  ...previewsHold(world, story, outcome.steps),
];

export const faultsOfSeed = async (seed: number): Promise<string[]> => {
  const story = generateStory(seed, ENGINE);
  const played = await playInMemory(story);
  const faults = [...(await faultsIn(story, played)), ...(await tracesOfCancelledPause(story, seed, played))];
  return faults.length === 0 ? [] : [`seed ${seed}`, ...faults];
};

/** A pause that is ordered and cancelled again leaves no trace: the story comes to the same without both. */
const tracesOfCancelledPause = async (story: Story, seed: number, before: Played): Promise<string[]> => {
  const assigned = story.steps.flatMap((step, index) =>
    "assign" in step && step.as !== undefined ? [{ index, step }] : [],
  );
  const chosen = assigned[seed % Math.max(1, assigned.length)];
  if (!chosen) return [];
  const { index, step } = chosen;
  const from = addDays(step.on, 1 + (seed % 90));
  const { scenario } = before;
  const { at = scenario.startsAt } = scenario.steps[index] ?? {};
  const commitment = step.as ?? "";
  const given = { line: 0, name: "pause and cancel", on: step.on, at };
  const both: ScenarioStep[] = [
    { ...given, action: { kind: "pause", commitment, from, until: addDays(from, 10) } },
    { ...given, action: { kind: "cancelPause", commitment, from } },
  ];
  const after = await playInMemory(story, { ...scenario, steps: scenario.steps.toSpliced(index + 1, 0, ...both) });
  const codes = after.outcome.steps.toSpliced(index + 1, 2);
  if (isDeepStrictEqual({ ...after.outcome, steps: codes }, before.outcome)) return [];
  return [`a pause from ${from} and its cancellation after step ${index + 1} leave a trace`];
};
