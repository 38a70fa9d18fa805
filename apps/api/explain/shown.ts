import { type Currency } from "#domain/money.js";
import { type Step } from "#domain/step.js";
import { type Plain } from "../graphql/plain.js";
import { type Explanation, type ExplanationProof, type ExplanationStep } from "./models.js";

type ShownStep = Plain<ExplanationStep>;

/** The GraphQL form of a calculation: its tree as a list, each step with the place of its parent. */
export const explanationShown = (
  root: Step,
  currency: Currency,
  proof: Plain<ExplanationProof> | null = null,
): Plain<Explanation> => ({ value: root.value, currency, steps: stepsShown(root), proof, root });

const stepsShown = (root: Step): ShownStep[] => {
  const steps: ShownStep[] = [];
  const add = (step: Step, parent: number | null, isReason: boolean): void => {
    const index = steps.length;
    const { what, operation, unit, value, days, description, rounding, on, events } = step;
    steps.push({
      ...{ index, parent, isReason, what, operation, unit, value, description, rounding },
      from: days?.from ?? null,
      until: days?.until ?? null,
      documentId: on?.invoiceId ?? null,
      line: on?.line ?? null,
      eventIds: events,
    });
    for (const part of step.of) add(part, index, false);
    for (const reason of step.because) add(reason, index, true);
  };
  add(root, null, false);
  return steps;
};

/** The events that a calculation names, each once. */
export const eventsNamed = (steps: readonly Pick<ShownStep, "eventIds">[]): string[] => [
  ...new Set(steps.flatMap(({ eventIds }) => eventIds)),
];
