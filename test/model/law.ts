import { type Step, type Story } from "./story.js";

/** The command's own day: `effectiveOn` where it was dated back, of a pause from/until dated back its first day. */
function ownDay(step: Step): string {
  if ("pause" in step && step.from !== undefined) return step.from < step.on ? step.from : step.on;
  return isDatedBack(step) ? step.effective : step.on;
}

const isDatedBack = (step: Step): step is Step & { effective: string } =>
  "effective" in step && step.effective !== undefined && step.effective < step.on;

/** The command as it would have been recorded on its own day. */
function onItsDay(step: Step): Step {
  const on = ownDay(step);
  if (!isDatedBack(step)) return { ...step, on };
  const { effective: _, ...rest } = step;
  return { ...rest, on };
}

/** Is anything of it dated back? */
export const isDatedBackAnywhere = (story: Story): boolean => story.steps.some((step) => ownDay(step) < step.on);

/** The commands of a story that were accepted. */
export const accepted = (story: Story, codes: readonly (string | null)[]): Story => ({
  ...story,
  steps: story.steps.filter((_, i) => codes[i] === null),
});

/** The same commands, each recorded on its own day; on one day in the order of recording. */
export const onTheirDays = (story: Story): Story => ({
  ...story,
  steps: story.steps
    .map((step, i) => ({ step: onItsDay(step), i }))
    .sort((a, b) => (a.step.on < b.step.on ? -1 : a.step.on > b.step.on ? 1 : a.i - b.i))
    .map(({ step }) => step),
});

/**
 * What the law does not speak of besides: a renewal that was ordered, or an upgrade that was to follow a time-limited one,
 * before an upgrade was dated back.
 */
export const isOutsideTheLaw = ({ steps }: Story): boolean =>
  steps.some((step) => "upgrade" in step && ownDay(step) < step.on) &&
  steps.some((step) => "renewFees" in step || ("timeLimitedUpgrade" in step && step.thenUpgradeTo !== undefined));
