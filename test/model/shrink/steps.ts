import { type Day, dayOf, textOf, toCivil } from "../naive/calendar.js";
import { type Step, type Story } from "../story.js";

type Loose = Record<string, unknown>;

/** The names of the commitments, payments and calls that a step speaks of, besides the one that it gives. */
function spokenOf(step: Step): unknown[] {
  const { as: _, key: _key, assign, account: _account, ...rest } = step as unknown as Loose;
  const ends = [rest["discountEnd"], rest["to"]].flatMap((end) =>
    typeof end === "object" && end !== null && "syncWith" in end ? [end.syncWith] : [],
  );
  // The value of the command's key is the commitment's name for all commands on a commitment.
  return assign === undefined ? [...Object.values(rest).flat(), ...ends] : ends;
}

const namesGiven = (steps: readonly Step[]): unknown[] =>
  steps.flatMap((step) => ("as" in step ? [step.as] : "call" in step ? [step.key] : []));

/** The story without some of its steps, and without those that name a commitment, payment or call that is gone with them. */
export function without(story: Story, from: number, end: number): Story {
  const kept = story.steps.filter((_, i) => i < from || i >= end);
  // A call may be told of twice.
  const left = new Set(namesGiven(kept));
  const gone = namesGiven(story.steps.slice(from, end)).filter((name) => !left.has(name));
  const steps = kept.filter((step) => !spokenOf(step).some((name) => gone.some((as) => as === name)));
  return { ...story, steps };
}

const OPTIONAL = [
  "effective",
  "waivePenalty",
  "discountEnd",
  "until",
  "replacing",
  "thenUpgradeTo",
  "newFrom",
  "newUntil",
  "forInvoice",
];

/** Keys that a command cannot do without. */
const needed = (step: Step, key: string): boolean =>
  (key === "until" && ("timeLimitedUpgrade" in step || "extendUpgrade" in step || "requestPause" in step)) ||
  (key === "effective" && "cancelScheduled" in step);

/** Options left out, days made plain, an earlier end. */
export function stepCandidates(story: Story): Story[] {
  const replaced = (i: number, step: Step): Story => ({
    ...story,
    steps: story.steps.map((s, j) => (j === i ? step : s)),
  });
  const optional = story.steps.flatMap((step, i) =>
    OPTIONAL.filter((key) => key in step && !needed(step, key)).map((key) => {
      const { [key]: _, ...rest } = step as unknown as Loose;
      // The time was that of the other day.
      if ("call" in step) delete rest["at"];
      return replaced(i, rest as unknown as Step);
    }),
  );
  return [...ends(story), ...optional, ...days(story).map(([i, step]) => replaced(i, step))].filter(isInOrder);
}

/** Steps happen at noon, calls when they are answered, those of other days at noon too. */
function isInOrder({ steps }: Story): boolean {
  const moments = steps.map((step) => {
    const at = "call" in step && !("effective" in step) ? step.at : undefined;
    return `${step.on} ${at ?? "12:00:00"}`;
  });
  return moments.every((moment, i) => moment >= (moments[i - 1] ?? ""));
}

/** The day after the last step, and the first days of the months after it. */
function ends(story: Story): Story[] {
  const last = dayOf(story.steps.at(-1)?.on ?? story.until);
  const until = dayOf(story.until);
  const earlier: Day[] = [];
  for (let day = last + 1; day < until && earlier.length < 40; day++) {
    if (day === last + 1 || toCivil(day).day === 1) earlier.push(day);
  }
  return earlier.map((day) => ({ ...story, until: textOf(day) }));
}

/** Steps happen with the one before, or on the first of their month, as far as the order allows. */
function days(story: Story): [number, Step][] {
  return story.steps.flatMap((step, i) => {
    const before = story.steps[i - 1]?.on;
    const first = `${step.on.slice(0, 8)}01`;
    const plain = [before, first].filter(
      (on): on is string => on !== undefined && on < step.on && (before ?? on) <= on,
    );
    return [...new Set(plain)].map((on): [number, Step] => [i, { ...step, on }]);
  });
}
