import { isDeepStrictEqual } from "node:util";
import { type Step as ScenarioStep } from "../../apps/cli/scenario/model.js";
import { addDays } from "#domain/calendar.js";
import { big, ZERO } from "#domain/money.js";
import { differences } from "./compare.js";
import { chargesDaysServed, closesAgain, penaltiesMatch, previewsHold, replays } from "./conservation.js";
import { type Played, playInMemory } from "./engine/play.js";
import { ENGINE, LAWFUL } from "./generate/capabilities.js";
import { generateStory } from "./generate.js";
import { accepted, isDatedBackAnywhere, isInOrder, isOutsideTheLaw, onTheirDays } from "./law.js";
import { provesDocuments } from "./proofs.js";
import { runNaive } from "./naive/run.js";
import { withEverythingClosed } from "./naive/totals.js";
import { type Outcome } from "./outcome.js";
import { type Story } from "./story.js";

/** Everything that is wrong with how the application plays a story; empty: it agrees with the model, and all is conserved. */
export const faultsOf = async (story: Story): Promise<string[]> => faultsIn(story, await playInMemory(story));

const faultsIn = async (story: Story, { world, outcome, faults }: Played): Promise<string[]> => [
  ...faults,
  ...differences(runNaive(story), outcome, story),
  ...(await replays(world)),
  ...(await provesDocuments(world)),
  ...closesAgain(world),
  ...chargesDaysServed(world),
  ...penaltiesMatch(world),
  ...previewsHold(world, story, outcome.steps),
];

export const faultsOfSeed = async (seed: number): Promise<string[]> => {
  const story = generateStory(seed, ENGINE);
  const played = await playInMemory(story);
  const faults = [
    ...(await faultsIn(story, played)),
    ...(seed % 3 === 0 ? await tracesOfCancelledPause(story, seed, played) : []),
    ...(seed % 5 === 0 ? await breachesOfTheLaw(seed) : []),
  ];
  return faults.length === 0 ? [] : [`seed ${seed}`, ...faults];
};

/**
 * A pause that is ordered and cancelled again leaves no trace: the story comes to the same without both. A mail may have
 * told at once of an end date that came near in between.
 */
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
  const steps = after.outcome.steps.toSpliced(index + 1, 2);
  const traced = (outcome: Outcome): Outcome => ({
    ...outcome,
    outbound: outcome.outbound.filter(({ event }) => event !== "COMMITMENT_ENDING_SOON"),
  });
  if (isDeepStrictEqual(traced({ ...after.outcome, steps }), traced(before.outcome))) return [];
  return [`a pause from ${from} and its cancellation after step ${index + 1} leave a trace`];
};

/**
 * The law of corrections, by the application: once everything is closed, commands that were dated back have billed in
 * total what the same commands bill that are recorded on their days.
 */
const breachesOfTheLaw = async (seed: number): Promise<string[]> => {
  const told = generateStory(seed, new Set([...LAWFUL].filter((each) => ENGINE.has(each))));
  const story = withEverythingClosed(accepted(told, runNaive(told).steps));
  if (!isDatedBackAnywhere(story) || isOutsideTheLaw(story)) return [];
  const ordered = onTheirDays(story);
  if (!isInOrder(ordered)) return [];
  const onDays = await playInMemory(ordered);
  // What would have been refused on its day is outside the law.
  if (onDays.outcome.steps.some((code) => code !== null)) return [];
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
  return { steps: [], invoices: [], creditNotes: [], commitments, customers, statements: [], outbound: [] };
};
