import { expect, it } from "vitest";
import { runNaive } from "./naive/run.js";
import { storyOf } from "./naive/support.js";
import { faultsOf } from "./stories.js";
import { type Step } from "./story.js";

/** The discount ends on 2020-11-01: 60 days that the date 2020-12-31 included are no pause any more. */
const ended: Step[] = [
  { on: "2019-10-31", assign: "Internet", account: "1", as: "net", discountEnd: { date: "2020-10-31" } },
  { on: "2020-07-20", pause: "net", from: "2020-12-20", until: "2021-02-17" },
  { on: "2020-07-21", setDiscountEnd: "net", to: { date: "2020-12-31" } },
  { on: "2020-08-01", cancelPause: "net", from: "2020-12-20" },
];
const open: Step = { on: "2020-11-08", pause: "net", from: "2020-12-10" };
const winter: Step = { ...open, until: "2020-12-20" };
/** A "pause now" of a day that is to come. */
const coming: Step = { on: "2020-11-08", pause: "net", effective: "2020-12-09", until: "2020-12-20" };

it.each<[string, ...Step[]]>([
  [
    "an open pause is resumed for a coming day, then today",
    open,
    { on: "2020-12-20", resume: "net", effective: "2021-01-31" },
    { on: "2020-12-22", resume: "net" },
  ],
  [
    "a pause that raised it is moved to before that",
    winter,
    { on: "2020-11-10", changePause: "net", from: "2020-12-10", newFrom: "2020-11-05" },
  ],
  [
    "another pause is dated back to before it was raised",
    winter,
    { on: "2020-11-20", pause: "net", from: "2020-11-03", until: "2020-11-05" },
  ],
  ["a pause now of a coming day is cancelled", coming, { on: "2020-11-20", cancelPause: "net", from: "2020-12-10" }],
  [
    "a pause now of a coming day is shortened",
    coming,
    { on: "2020-11-10", changePause: "net", from: "2020-12-10", newUntil: "2020-12-12" },
  ],
])("an end date that had passed is one to the application and the model where %s", async (_, ...steps) => {
  expect(await faultsOf(storyOf({}, [...ended, ...steps], "2021-04-01"))).toEqual([]);
});

it("a pause that counts as ordered on a closed day corrects the days from then on where it raises a date that had passed", async () => {
  const ordered: Step = {
    on: "2020-12-05",
    pause: "net",
    from: "2020-12-10",
    until: "2020-12-20",
    effective: "2020-11-08",
  };
  const story = storyOf({}, [...ended, ordered], "2021-01-02");
  // From 2020-11-08 until 2020-11-12 it runs again: 4 of 30 days of 5.00.
  const { invoices } = runNaive(story);
  expect(invoices.at(-1)?.lines.map(({ kind, from, until, net }) => [kind, from, until, net])).toEqual([
    ["ADJUSTMENT", "2020-11-08", "2020-11-11", "-0.67"],
    ["RECURRING", "2020-12-01", "2020-12-09", "5.80"],
    ["RECURRING", "2020-12-21", "2020-12-31", "7.10"],
  ]);
  expect(await faultsOf(story)).toEqual([]);
});

const assigned: Step = { on: "2020-01-01", assign: "Internet", account: "1", as: "net" };

it.each<[string, ...Step[]]>([
  [
    "is dated back to before another one ended, which lowered the date",
    { on: "2020-01-01", pause: "net", from: "2020-02-21", until: "2020-03-28" },
    { on: "2020-01-01", setDiscountEnd: "net", to: { date: "2020-02-28" } },
    { on: "2020-03-01", resume: "net" },
    { on: "2020-03-01", pause: "net", from: "2020-01-31", until: "2020-02-06" },
  ],
  [
    "is resumed as of a day before another one was, which lowered the date",
    { on: "2020-01-01", pause: "net" },
    { on: "2020-01-14", resume: "net" },
    { on: "2020-01-14", pause: "net", until: "2020-03-01" },
    { on: "2020-01-14", setDiscountEnd: "net", to: { date: "2020-01-31" } },
    { on: "2020-01-31", resume: "net" },
    { on: "2020-01-31", resume: "net", effective: "2020-01-13" },
  ],
  [
    "is dated back, so that a cancelled one takes its days away",
    { on: "2020-02-01", pause: "net", until: "2020-04-01" },
    { on: "2020-02-01", pause: "net", from: "2020-05-01", until: "2020-06-30" },
    { on: "2020-02-01", setDiscountEnd: "net", to: { date: "2020-05-31" } },
    { on: "2020-03-10", cancelPause: "net", from: "2020-05-01" },
    { on: "2020-03-10", resume: "net", effective: "2020-03-01" },
    { on: "2020-03-10", pause: "net", from: "2020-01-22", until: "2020-01-24" },
  ],
  [
    "is open, and its days bring the end to a cancelled one that takes its days away",
    { on: "2020-01-01", pause: "net", from: "2020-03-15", until: "2020-04-28" },
    { on: "2020-01-01", setDiscountEnd: "net", to: { date: "2020-03-16" } },
    { on: "2020-01-01", changePause: "net", from: "2020-03-15", newFrom: "2020-03-16" },
    { on: "2020-01-01", cancelPause: "net", from: "2020-03-16" },
    { on: "2020-02-17", pause: "net" },
    { on: "2020-03-19", resume: "net" },
  ],
  [
    "counts as ordered on a day of an open one, which moved the date by then",
    { on: "2020-01-01", pause: "net" },
    { on: "2020-03-31", setDiscountEnd: "net", to: { date: "2020-03-31" } },
    { on: "2020-04-17", resume: "net" },
    { on: "2020-04-17", pause: "net", from: "2020-04-27", effective: "2020-04-16" },
  ],
])("the bounds of an end date are one to the application and the model where a pause %s", async (_, ...steps) => {
  expect(await faultsOf(storyOf({}, [assigned, ...steps], "2020-06-02"))).toEqual([]);
});
