import { isDeepStrictEqual } from "node:util";
import { type Step as ScenarioStep } from "../../apps/cli/scenario/model.js";
import { addDays } from "#domain/calendar.js";
import { big, ZERO } from "#domain/money.js";
import { differences } from "./compare.js";
import { chargesDaysServed, closesAgain, penaltiesMatch, previewsHold, replays } from "./conservation.js";
import { type Played, Playing, playInMemory } from "./engine/play.js";
import { ENGINE, LAWFUL } from "./generate/capabilities.js";
import { tellMeetingPauses } from "./generate/pauses-that-meet.js";
import { tellApart, tellPauses, tellStory } from "./generate.js";
import { accepted, isDatedBackAnywhere, isInOrder, isOutsideTheLaw, onTheirDays } from "./law.js";
import { explainsLines, provesDocuments } from "./proofs.js";
import { runNaive } from "./naive/run.js";
import { everythingClosed } from "./naive/totals.js";
import { type Outcome } from "./outcome.js";
import { type Story } from "./story.js";

/** Everything that is wrong with how the application plays a story; empty: it agrees with the model, and all is conserved. */
export const faultsOf = async (story: Story): Promise<string[]> =>
  faultsIn(story, runNaive(story), await playInMemory(story));

/** @param expected what the model says */
const faultsIn = async (story: Story, expected: Outcome, { world, outcome, faults }: Played): Promise<string[]> => [
  ...faults,
  ...differences(expected, outcome, story),
  ...(await replays(world)),
  ...(await provesDocuments(world)),
  ...closesAgain(world),
  ...chargesDaysServed(world),
  ...penaltiesMatch(world),
  ...previewsHold(world, story, outcome.steps),
];

export const faultsOfSeed = async (seed: number): Promise<string[]> => {
  const { story, outcome } = tellStory(seed, ENGINE);
  const { played, traces } = seed % 3 === 0 ? await playWithPause(story, seed) : await withoutPause(story);
  const faults = [
    ...(await faultsIn(story, outcome, played)),
    ...traces,
    ...(seed % 4 === 1 ? await explainsLines(played.world) : []),
    ...(seed % 5 === 0 ? await breachesOfTheLaw(seed) : []),
  ];
  return faults.length === 0 ? [] : [`seed ${seed}`, ...faults];
};

/** What is wrong with how the application plays a story of pauses; empty: nothing. */
export const faultsOfPauses = async (seed: number): Promise<string[]> => {
  const { story, outcome } = tellPauses(seed);
  const faults = await faultsIn(story, outcome, await playInMemory(story));
  return faults.length === 0 ? [] : [`seed ${seed} of pauses`, ...faults];
};

/** What is wrong with how the application plays a story of pauses that meet a date set among them; empty: nothing. */
export const faultsOfMeetingPauses = async (seed: number): Promise<string[]> => {
  const faults = await faultsOf(tellMeetingPauses(seed));
  return faults.length === 0 ? [] : [`seed ${seed} of pauses that meet`, ...faults];
};

/** What is wrong with how the application plays a story of customers in zones of their own; empty: nothing. */
export const faultsOfApart = async (seed: number): Promise<string[]> => {
  const { story, outcome } = tellApart(seed);
  const faults = await faultsIn(story, outcome, await playInMemory(story));
  return faults.length === 0 ? [] : [`seed ${seed} of customers apart`, ...faults];
};

const withoutPause = async (story: Story) => ({ played: await playInMemory(story), traces: [] });

/**
 * A pause that is ordered and cancelled again leaves no trace: the story comes to the same without both. A mail may have
 * told at once of an end date that came near in between. Up to the pause both are one.
 * @param seed chooses the commitment and the pause
 */
const playWithPause = async (
  story: Story,
  seed: number,
): Promise<{ readonly played: Played; readonly traces: readonly string[] }> => {
  const assigned = story.steps.flatMap((step, index) =>
    "assign" in step && step.as !== undefined ? [{ index, step }] : [],
  );
  const chosen = assigned[seed % Math.max(1, assigned.length)];
  if (!chosen) return withoutPause(story);
  const { index, step } = chosen;
  const from = addDays(step.on, 1 + (seed % 90));
  const playing = await Playing.of(story);
  const { scenario } = playing;
  const { at = scenario.startsAt } = scenario.steps[index] ?? {};
  const commitment = step.as ?? "";
  const given = { line: 0, name: "pause and cancel", on: step.on, at };
  const both: ScenarioStep[] = [
    { ...given, action: { kind: "pause", commitment, from, until: addDays(from, 10) } },
    { ...given, action: { kind: "cancelPause", commitment, from } },
  ];
  await playing.take(scenario.steps.slice(0, index + 1));
  const paused = playing.fork();
  const rest = scenario.steps.slice(index + 1);
  await playing.take(rest);
  const played = await playing.end();
  await paused.take([...both, ...rest]);
  const after = await paused.end();
  const steps = after.outcome.steps.toSpliced(index + 1, 2);
  const traced = (outcome: Outcome): Outcome => ({
    ...outcome,
    outbound: outcome.outbound.filter(({ event }) => event !== "COMMITMENT_ENDING_SOON"),
  });
  const isSame = isDeepStrictEqual(traced({ ...after.outcome, steps }), traced(played.outcome));
  const traces = isSame ? [] : [`a pause from ${from} and its cancellation after step ${index + 1} leave a trace`];
  return { played, traces };
};

const LAWFUL_ENGINE = new Set([...LAWFUL].filter((each) => ENGINE.has(each)));

/**
 * The law of corrections, by the application: once everything is closed, commands that were dated back have billed in
 * total what the same commands bill that are recorded on their days.
 */
const breachesOfTheLaw = async (seed: number): Promise<string[]> => {
  const told = tellStory(seed, LAWFUL_ENGINE);
  const story = everythingClosed(accepted(told.story, told.outcome.steps), told.world);
  if (!isDatedBackAnywhere(story) || isOutsideTheLaw(story)) return [];
  const ordered = onTheirDays(story);
  if (!isInOrder(ordered)) return [];
  const playing = await Playing.of(ordered);
  for (const step of playing.scenario.steps) {
    await playing.take([step]);
    // What would have been refused on its day is outside the law.
    if (playing.isRefused) return [];
  }
  const onDays = await playing.end();
  const late = await playInMemory(story);
  return differences(totalsOf(onDays.outcome), totalsOf(late.outcome)).map((line) => `by the law: ${line}`);
};

/** What was billed, added up by customer and commitment, in the place of invoices. */
const totalsOf = ({ invoices, creditNotes, commitments }: Outcome): Outcome => {
  const sums = new Map<string, { fee: typeof ZERO; given: typeof ZERO; net: typeof ZERO }>();
  for (const { customer, lines } of [...invoices, ...creditNotes]) {
    for (const { commitment, fee, discount, discountOrigin, net } of lines) {
      const key = `${customer} ${commitment ?? "?"}`;
      const sum = sums.get(key) ?? { fee: ZERO, given: ZERO, net: ZERO };
      sums.set(key, {
        fee: sum.fee.plus(big(fee)),
        given: discountOrigin === "COMMITMENT" ? sum.given.plus(big(discount)) : sum.given,
        net: sum.net.plus(big(net)),
      });
    }
  }
  const customers = [...sums]
    .map(([customer, { fee, given, net }]) => ({ customer, sums: [fee, given, net].map((sum) => sum.toFixed()) }))
    .filter((each) => each.sums.some((sum) => sum !== "0"))
    .map(({ customer, sums: shown }) => ({ customer, status: "ACTIVE" as const, balanceDue: shown.join(" / ") }));
  return { steps: [], invoices: [], creditNotes: [], commitments, customers, statements: [], outbound: [], calls: [] };
};
