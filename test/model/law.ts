import { type Step, type Story } from "./story.js";

/** The command's own day: `effectiveOn` where it was dated back, of a pause from/until its first day where that is earlier. */
function ownDay(step: Step): string {
  const ordered = isDatedBack(step) ? step.effective : step.on;
  return "pause" in step && step.from !== undefined && step.from < ordered ? step.from : ordered;
}

const isDatedBack = (step: Step): step is Step & { effective: string } =>
  "effective" in step && step.effective < step.on;

/**
 * The command as it would have been recorded on its own day, which it goes on naming: at noon of the first day in a new
 * time zone, which is when a story's commands come, it may still be the day before in the old one.
 */
const onItsDay = (step: Step): Step => ({ ...step, on: ownDay(step) });

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

/** Is each commitment assigned before a step names it? What is dated before it would have been refused on its day. */
export const isInOrder = ({ steps }: Story): boolean => {
  const assigned = steps.map((step) => ("assign" in step ? step.as : undefined));
  return steps.every((step, index) => {
    const later = assigned.slice(index + 1);
    return !Object.values(step).some((value) => typeof value === "string" && later.includes(value));
  });
};

/**
 * What the law does not speak of besides: what a command decided by that which was dated back later, or copied from it. A
 * renewal or an upgrade to come that was ordered before an upgrade was dated back; what was decided by a customer's class or
 * billing type before a transfer, or another class, was dated back.
 */
export function isOutsideTheLaw({ steps }: Story): boolean {
  const isBack = (key: string): boolean => steps.some((step) => key in step && ownDay(step) < step.on);
  const is = (...keys: string[]): boolean => steps.some((step) => keys.some((key) => key in step));
  const follows = steps.some((step) => "timeLimitedUpgrade" in step && step.thenUpgradeTo !== undefined);
  return (
    (isBack("upgrade") && (is("renewFees") || follows)) ||
    (isBack("transfer") && (is("renewFees", "upgrade", "requestPause") || follows)) ||
    (isBack("setCustomerClass") && is("requestPause"))
  );
}
