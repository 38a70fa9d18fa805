import { describe, expect, it } from "vitest";
import { charges } from "../billing/charges.js";
import { addDays, type LocalDate } from "../calendar.js";
import { at } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, history, month } from "../spec-support/history.js";
import {
  after,
  dropPause,
  factsOf,
  movePause,
  pause,
  resume,
  setEnd,
  type Step,
  told,
  type Told,
} from "../spec-support/story.js";
import { commitmentEvolver } from "./commitment.js";
import { discountEndForServing, discountEndings } from "./discount-end.js";
import { type PauseCancelled, type PauseChanged, type PauseEnded, type PauseScheduled } from "./events.js";

/** 20.00 - 5.00 a month; by these steps the discount ends on 2020-11-01, without a floor. */
const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
const ended: Told = [
  ["2020-07-20", pause({ from: "2020-12-20", until: "2021-02-17" })],
  ["2020-07-21", setEnd("2020-12-31")],
  ["2020-08-01", dropPause("2020-12-20")],
];
const reason = "Told late";
const facts = factsOf({}, { closedDays: { backDatingDays: 90, reason } });
const given = givenFor(commitmentEvolver);
type State = Parameters<Step>[0];
/** The step on a day, as the deciders see it; it makes "pause-5". */
const on = (date: LocalDate, step: Step) => (state: State) => step(state, facts, at(date), "5");

/** The days with discount from 2020-10-01 on, paused ones too, as "first..last". */
const discounted = (steps: Told): string[] => {
  const commitment = after(start, steps, facts);
  const all = Array.from({ length: 150 }, (_, index) => addDays("2020-10-01", index));
  const days = all.filter((day) => day < (discountEndForServing(commitment, day) ?? day));
  const lasts = days.filter((day) => !days.includes(addDays(day, 1)));
  return days.filter((day) => !days.includes(addDays(day, -1))).map((day, index) => `${day}..${lasts[index] ?? "?"}`);
};

/** The lines of months, as "first..last fee - discount". */
const charged = (steps: Told, ...months: string[]): string[] =>
  months.flatMap((of) =>
    charges(history([after(start, steps, facts)]), month(of)).map(
      (line) => `${line.from}..${line.until} ${line.fee} - ${line.discount}`,
    ),
  );

const setBy = "event-3";
/** Days before the one from which the date was raised keep the one that had passed. */
const passed = (raisedFrom: LocalDate, floor: LocalDate | null = null) => ({
  discountEndBounds: [{ setBy, floor, ceilings: [{ day: "2020-11-01", raisedFrom }] }],
});
const open: Told = [...ended, ["2020-11-08", pause({ from: "2020-12-10" })]];

describe("a date that an open pause raised once it ended", () => {
  const endedOn = (data: Omit<PauseEnded["data"], "pauseId" | "effectiveOn">): PauseEnded => ({
    type: "PauseEnded",
    data: { pauseId: "pause-4", effectiveOn: data.until, ...data, personal: { reason } },
  });
  const ahead: Told = [...open, ["2020-12-20", resume("2021-01-31")]];
  const whole: Told = [...open, ["2021-01-31", resume()]];

  it("is raised from the first day of the pause on, by a resume for a coming day too", () => {
    // 2020-12-31 and 53 days are 2021-02-22, and less the 60 that were included 2020-12-24.
    given(...told(start, open, facts))
      .when(on("2020-12-20", resume("2021-01-31")))
      .then([
        endedOn({
          until: "2021-01-31",
          orderedOn: "2020-12-20",
          discountEndBefore: "2020-11-12",
          discountEndAfter: "2020-12-24",
          // A floor from the open pause: its days to come take no more away than had passed.
          ...passed("2020-12-10", "2020-11-01"),
        }),
      ]);
    expect(discounted(ahead)).toEqual(["2020-10-01..2020-10-31", "2020-12-10..2020-12-23"]);
    expect(discountEndings(after(start, ahead, facts))).toEqual(["2020-11-01", "2020-12-24"]);
  });

  it("is raised for no day before once the pause is resumed today instead: its floor is of days in the pause", () => {
    given(...told(start, ahead, facts))
      .when((state: State) => resume()(state, factsOf(), at("2020-12-22"), "6"))
      .then([
        {
          type: "PauseEnded",
          data: {
            pauseId: "pause-4",
            until: "2020-12-22",
            orderedOn: "2020-12-22",
            discountEndBefore: "2020-12-24",
            discountEndAfter: "2020-12-22",
            ...passed("2020-12-10", "2020-12-22"),
            effectiveOn: "2020-12-22",
          },
        },
      ]);
    const sooner: Told = [...ahead, ["2020-12-22", resume()]];
    expect(discounted(sooner)).toEqual(["2020-10-01..2020-10-31", "2020-12-10..2020-12-21"]);
    expect(discountEndings(after(start, sooner, facts))).toEqual(["2020-11-01", "2020-12-22"]);
    expect(charged(sooner, "2020-11", "2020-12")).toEqual([
      "2020-11-01..2020-11-30 20.00 - 0.00",
      "2020-12-01..2020-12-09 5.81 - 0.00",
      "2020-12-23..2020-12-31 5.80 - 0.00",
    ]);
  });

  it("is raised for no day before once the pause is resumed as of an earlier day", () => {
    given(...told(start, whole, facts))
      .when(on("2021-02-05", resume("2021-01-20")))
      .then([
        endedOn({
          until: "2021-01-20",
          orderedOn: "2021-02-05",
          discountEndBefore: "2020-12-24",
          // On 01-20 it had come to this day: nothing was lowered by then.
          discountEndAfter: "2020-12-13",
        }),
      ]);
    const earlier: Told = [...whole, ["2021-02-05", resume("2021-01-20")]];
    expect(discounted(earlier)).toEqual(["2020-10-01..2020-10-31", "2020-12-10..2020-12-12"]);
    expect(charged(earlier, "2020-11", "2020-12", "2021-01")).toEqual([
      "2020-11-01..2020-11-30 20.00 - 0.00",
      "2020-12-01..2020-12-09 5.81 - 0.00",
      "2021-01-21..2021-01-31 7.10 - 0.00",
    ]);
  });
});

describe("a date that was raised from a day on, and is raised by a command with an earlier own day", () => {
  const raised: Told = [...ended, ["2020-11-08", pause({ from: "2020-12-10", until: "2020-12-20" })]];

  it("had passed by that own day: the same pause is moved to before it", () => {
    const earlier = movePause("2020-12-10", { newFrom: "2020-11-05" });
    const moved: PauseChanged = {
      type: "PauseChanged",
      data: {
        ...{ pauseId: "pause-4", from: "2020-11-05", until: "2020-12-20", orderedOn: "2020-11-10" },
        ...{ discountEndBefore: "2020-11-12", discountEndAfter: "2020-12-17" },
        ...passed("2020-11-05"),
        effectiveOn: "2020-11-05",
        personal: { reason },
      },
    };
    given(...told(start, raised, facts))
      .when(on("2020-11-10", earlier))
      .then([moved]);
    const steps: Told = [...raised, ["2020-11-10", earlier]];
    expect(discounted(steps)).toEqual(["2020-10-01..2020-10-31", "2020-11-05..2020-12-16"]);
    expect(charged(steps, "2020-11", "2020-12")).toEqual([
      "2020-11-01..2020-11-04 2.67 - 0.00",
      "2020-12-21..2020-12-31 7.10 - 0.00",
    ]);
  });

  it("had passed by that own day: another pause is dated back to before it", () => {
    const back = pause({ from: "2020-11-03", until: "2020-11-05" });
    const scheduled: PauseScheduled = {
      type: "PauseScheduled",
      data: {
        ...{ pauseId: "pause-5", from: "2020-11-03", until: "2020-11-05", now: false, orderedOn: "2020-11-20" },
        ...{ discountEndBefore: "2020-11-12", discountEndAfter: "2020-11-15" },
        discountEndBounds: [
          {
            ...{ setBy, floor: null },
            ceilings: [
              { day: "2020-11-01", raisedFrom: "2020-11-03" },
              { day: "2020-11-04", raisedFrom: "2020-11-08" },
            ],
          },
        ],
        effectiveOn: "2020-11-03",
        personal: { reason },
      },
    };
    given(...told(start, raised, facts))
      .when(on("2020-11-20", back))
      .then([scheduled]);
    const steps: Told = [...raised, ["2020-11-20", back]];
    // From 2020-11-04 on, where that pause alone raises it to, it is not discounted until the other one was ordered.
    expect(discounted(steps)).toEqual(["2020-10-01..2020-10-31", "2020-11-03..2020-11-03", "2020-11-08..2020-11-14"]);
    expect(charged(steps, "2020-11")).toEqual([
      "2020-11-01..2020-11-02 1.33 - 0.00",
      "2020-11-06..2020-11-07 1.33 - 0.00",
      "2020-11-08..2020-11-14 4.67 - 1.17",
      "2020-11-15..2020-11-30 10.67 - 0.00",
    ]);
  });
});

describe("a date that a pause now of a coming day raises from that day on", () => {
  const coming: Told = [...ended, ["2020-11-08", pause({ effectiveOn: "2020-12-09", until: "2020-12-20" })]];

  it("is not kept by a floor where the pause is cancelled before: ordered and cancelled it leaves no trace", () => {
    const drop = dropPause("2020-12-10");
    const cancelled: PauseCancelled = {
      type: "PauseCancelled",
      data: {
        ...{ pauseId: "pause-4", orderedOn: "2020-11-20" },
        ...{ discountEndBefore: "2020-11-01", discountEndAfter: "2020-11-01" },
        ...{ discountEndBounds: [{ setBy, floor: null, ceilings: [] }], chargesFrom: "2020-11-20" },
        effectiveOn: "2020-12-10",
      },
    };
    given(...told(start, coming, facts))
      .when(on("2020-11-20", drop))
      .then([cancelled]);
    const steps: Told = [...coming, ["2020-11-20", drop]];
    expect(discounted(steps)).toEqual(discounted(ended));
    expect(discountEndings(after(start, steps, facts))).toEqual(["2020-11-01"]);
    expect(charged(steps, "2020-11", "2020-12")).toEqual([
      "2020-11-01..2020-11-30 20.00 - 0.00",
      "2020-12-01..2020-12-31 20.00 - 0.00",
    ]);
  });

  it("is not kept by a floor where the pause is shortened before", () => {
    const shorten = movePause("2020-12-10", { newUntil: "2020-12-12" });
    const shortened: PauseChanged = {
      type: "PauseChanged",
      data: {
        ...{ pauseId: "pause-4", from: "2020-12-10", until: "2020-12-12", orderedOn: "2020-11-10" },
        ...{ discountEndBefore: "2020-11-01", discountEndAfter: "2020-11-04" },
        ...{ ...passed("2020-11-10"), chargesFrom: "2020-11-10" },
        effectiveOn: "2020-12-10",
        personal: { reason },
      },
    };
    given(...told(start, coming, facts))
      .when(on("2020-11-10", shorten))
      .then([shortened]);
    const steps: Told = [...coming, ["2020-11-10", shorten]];
    expect(discounted(steps)).toEqual(["2020-10-01..2020-10-31"]);
    expect(discountEndings(after(start, steps, facts))).toEqual(["2020-11-01"]);
    expect(charged(steps, "2020-11", "2020-12")).toEqual([
      "2020-11-01..2020-11-30 20.00 - 0.00",
      "2020-12-01..2020-12-09 5.80 - 0.00",
      "2020-12-13..2020-12-31 12.26 - 0.00",
    ]);
  });
});
