import { type Line as Computed } from "#domain/billing/line.js";
import { type Step } from "#domain/step.js";
import { type Plain } from "../graphql/plain.js";
import { type Line } from "../invoices/models.js";

/** A calculation that is made when it is first asked for, and once. */
export const once = <Value>(compute: () => Promise<Value>): (() => Promise<Value>) => {
  let computed: Promise<Value> | undefined;
  return () => (computed ??= compute());
};

/**
 * Lines that are on no document, with how they come about.
 * @param stepsOf of their nets, in the order of the lines
 */
export const explainable = (lines: readonly Computed[], stepsOf: () => Promise<readonly Step[]>): Plain<Line>[] =>
  lines.map((line, place) => ({
    ...line,
    async working() {
      const step = (await stepsOf())[place];
      if (!step) throw new Error("a line was computed that is not there when it is computed again");
      return step;
    },
  }));
