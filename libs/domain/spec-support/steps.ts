import { expect } from "vitest";
import { type Line } from "../billing/line.js";
import { type Recording } from "../billing/recording.js";
import { evaluate, isConsistent } from "../evaluate.js";
import { big } from "../money.js";

const plain = (amount: string) => big(amount).toFixed();

/** What was taken down of a line comes to its amounts, from what is given alone, at every step. */
export const expectSteps = (line: Line, record: Recording): void => {
  const working = record.workingOf(line);
  if (!working) throw new Error(`nothing was taken down of ${line.kind} ${line.description}`);
  const amounts = { fee: line.fee, discount: line.discount, net: line.net };
  for (const [of, amount] of Object.entries(amounts) as ["fee" | "discount" | "net", string][]) {
    expect(evaluate(working[of], line.currency)).toBe(plain(amount));
    expect(isConsistent(working[of], line.currency)).toBe(true);
  }
};
