import { expect, it } from "vitest";
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
