import { describe, expect, it } from "vitest";
import { type Outcome } from "../outcome.js";
import { type Rate, type Step } from "../story.js";
import { runNaive } from "./run.js";
import { linesOf, storyOf, whole } from "./support.js";

/** Calls that come in to account 1, by the default rate of a tariff. */
function called(rate: Partial<Rate>, steps: Step[], until: string, customerClass?: string): Outcome {
  const story = storyOf({}, steps, until, customerClass === undefined ? {} : { class: customerClass });
  const rates = [{ prefix: "", priceFirst: "0.10", priceNext: "0.10", ...rate }];
  story.catalog.tariffs = [{ name: "Calls", currency: "EUR", rates }];
  for (const product of story.catalog.mainProducts ?? []) product.voice = { incomingTariff: "Calls" };
  return runNaive(story);
}

const call = (on: string, seconds: string, effective?: string): Step => ({
  ...{ on, call: "1", leg: "IN", to: "1", seconds },
  ...(effective !== undefined && { effective }),
});

/** By the numbers of docs/rules.md#rating and #usage. */
describe("calls", () => {
  it.each([
    [{ priceFirst: "0.06", priceNext: "0.06", firstInterval: 30, nextInterval: 6, connectFee: "0.01" }, "4", "0.04000"],
    [
      { priceFirst: "0.06", priceNext: "0.06", firstInterval: 30, nextInterval: 6, connectFee: "0.01" },
      "31",
      "0.04600",
    ],
    [{}, "180", "0.30000"],
    [{ connectFee: "0.01" }, "0.4", "0.00000"],
    [{ payback: true }, "180", "-0.30000"],
    // Half of the last digit: up, and away from zero.
    [{ priceFirst: "0.0001", priceNext: "0.0001" }, "3", "0.00001"],
    [{ priceFirst: "0.0001", priceNext: "0.0001", payback: true }, "3", "-0.00001"],
  ])("%j: %s s cost %s", (rate, seconds, amount) => {
    expect(called(rate, [call("2020-01-02", seconds)], "2020-01-02").calls.map((each) => each.amount)).toEqual([
      amount,
    ]);
  });

  it.each([
    // Five calls of 0.005 are 0.025.
    [undefined, "0.03"],
    ["Even", "0.02"],
    ["Up", "0.03"],
  ])("are rounded once, in the mode of the class %s", (customerClass, net) => {
    const steps = [1, 2, 3, 4, 5].map((day) => call(`2020-01-0${day}`, "3"));
    const outcome = called({}, steps, "2020-02-01", customerClass);
    expect(linesOf(outcome, "2020-02-01").map(whole)).toEqual([
      `USAGE 2020-01-01..2020-01-05 5/-: ${net} / 0.00 - / ${net}`,
    ]);
  });

  it("are late on a line of their own, and give none for nothing", () => {
    const steps = [
      call("2020-01-02", "60"),
      call("2020-02-02", "180", "2020-01-03"),
      call("2020-02-02", "60"),
      call("2020-03-02", "1"),
    ];
    const outcome = called({}, steps, "2020-04-01");
    expect(outcome.invoices.map(({ issued }) => linesOf(outcome, issued).map(whole))).toEqual([
      ["USAGE 2020-01-02..2020-01-02 1/-: 0.10 / 0.00 - / 0.10"],
      [
        "USAGE 2020-01-03..2020-01-03 1/-: 0.30 / 0.00 - / 0.30",
        "USAGE 2020-02-02..2020-02-02 1/-: 0.10 / 0.00 - / 0.10",
      ],
    ]);
  });
});
