import { describe, expect, it } from "vitest";
import { periodLines } from "../libs/domain/billing/period.js";
import { Recording } from "../libs/domain/billing/recording.js";
import { stepsOf } from "../libs/domain/step.js";
import { assigned, history, month } from "../libs/domain/spec-support/history.js";
import { closeAll } from "../libs/domain/spec-support/books.js";
import { after, pause, terminate } from "../libs/domain/spec-support/story.js";

/**
 * `npm run bench`: the lines of a period with a pause and an early termination, with their steps taken down and without,
 * in turns. Without is what every close does.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? "40");
const EACH = 50;

describe("taking down the steps of charges", () => {
  it(`is measured in ${ROUNDS} rounds`, { timeout: 600_000 }, () => {
    const held = after(assigned({ effectiveOn: "2020-01-01", discountEnd: "2022-01-01" }), [
      ["2020-03-01", pause({ from: "2020-03-05", until: "2020-03-20" })],
      ["2021-06-01", terminate("2021-06-15")],
    ]);
    const known = history([held]);
    const months = Array.from({ length: 17 }, (_, place) =>
      month(`${2020 + Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, "0")}`),
    );
    const billing = { ...closeAll(known, months), history: known };
    const period = month("2021-06");
    const without = () => periodLines(billing, period);
    const taken = () => {
      const record = new Recording();
      record.holds(billing.sealed, billing.billed);
      return { lines: periodLines(billing, period, record), record };
    };
    const { lines, record } = taken();
    expect(lines).toEqual(without());
    const steps = lines.reduce((sum, line) => {
      const working = record.workingOf(line);
      return sum + (working ? [...stepsOf(working.net)].length : 0);
    }, 0);
    const measured = { without: [] as number[], taken: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      measured.without.push(cpuOf(without));
      measured.taken.push(cpuOf(taken));
    }
    const [off, on] = [median(measured.without), median(measured.taken)];
    console.log(
      `${lines.length} lines, ${steps} steps: ${off.toFixed(0)} us of CPU without, ${on.toFixed(0)} us taken down; ` +
        `ratio ${(on / off).toFixed(2)}`,
    );
  });
});

/** Microseconds of CPU for one call. */
const cpuOf = (work: () => unknown): number => {
  const before = process.cpuUsage();
  for (let done = 0; done < EACH; done += 1) work();
  return process.cpuUsage(before).user / EACH;
};

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
