import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { at } from "../spec-support/examples.js";
import { assigned } from "../spec-support/history.js";
import {
  after,
  dropPause,
  factsOf,
  movePause,
  pause,
  resume,
  setEnd,
  told,
  type Told,
  upgrade,
} from "../spec-support/story.js";
import { discountEndForServing, discountEndings, discountEndOn } from "./discount-end.js";
import { withUnrecorded } from "./commitment.js";

const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
const setBy = "event-3";
const shown = (steps: Told, on: LocalDate) => discountEndOn(after(start, steps), on);

describe("a date that was set includes the pauses known at that moment", () => {
  const known: Told = [
    ["2020-07-15", pause({ from: "2020-08-01", until: "2020-08-31" })],
    ["2020-07-20", setEnd("2020-12-01")],
  ];

  it("so it is the date that was typed", () => {
    expect(shown(known, "2020-07-20")).toBe("2020-12-01");
    expect(shown(known, "2020-10-01")).toBe("2020-12-01");
  });

  it.each([
    ["longer", movePause("2020-08-01", { newUntil: "2020-09-10" }), "2020-12-11"],
    ["shorter", movePause("2020-08-01", { newUntil: "2020-08-20" }), "2020-11-20"],
    ["elsewhere", movePause("2020-08-01", { newFrom: "2020-09-01", newUntil: "2020-10-01" }), "2020-12-01"],
    ["no more", dropPause("2020-08-01"), "2020-10-31"],
  ])("and moves by the difference when one of them is changed later: %s", (_, step, end) => {
    expect(shown([...known, ["2020-07-25", step]], "2020-07-25")).toBe(end);
  });

  it("and moves by the days that are missing when one of them is ended early", () => {
    expect(shown([...known, ["2020-08-10", resume()]], "2020-08-10")).toBe("2020-11-10");
  });

  it("and moves by all days of a pause that is recorded later", () => {
    expect(shown([...known, ["2020-07-25", pause({ from: "2020-09-01", until: "2020-09-10" })]], "2020-07-25")).toBe(
      "2020-12-11",
    );
  });

  it("though they were cancelled before: those have no part in it", () => {
    const dropped: Told = [
      ["2020-07-15", pause({ from: "2020-08-01", until: "2020-08-31" })],
      ["2020-07-16", dropPause("2020-08-01")],
      ["2020-07-20", setEnd("2020-12-01")],
    ];
    expect(shown(dropped, "2020-07-20")).toBe("2020-12-01");
  });
});

describe("an end that has passed", () => {
  const ended: Told = [
    ["2020-07-20", pause({ from: "2020-12-20", until: "2021-02-17" })],
    ["2020-07-21", setEnd("2020-12-31")],
    ["2020-08-01", dropPause("2020-12-20")],
  ];

  it("is raised by a pause from the pause's own day on only", () => {
    const next: Told = [...ended, ["2020-11-08", pause({ from: "2020-12-10", until: "2020-12-20" })]];
    expect(shown(ended, "2020-11-08")).toBe("2020-11-01");
    expect(shown(next, "2020-11-08")).toBe("2020-11-12");
    expect(told(start, next).at(-1)?.data).toMatchObject({
      discountEndBefore: "2020-11-01",
      discountEndAfter: "2020-11-12",
      discountEndBounds: [{ setBy, floor: null, ceilings: [{ day: "2020-11-01", raisedFrom: "2020-11-08" }] }],
    });
    const days = ["2020-10-31", "2020-11-01", "2020-11-07", "2020-11-08", "2020-11-11", "2020-11-12"];
    const commitment = after(start, next);
    expect(days.filter((day) => day < (discountEndForServing(commitment, day) ?? day))).toEqual([
      "2020-10-31",
      "2020-11-08",
      "2020-11-11",
    ]);
    expect(discountEndings(commitment)).toEqual(["2020-11-01", "2020-11-12"]);
  });

  it("is raised twice, each time for later days", () => {
    const next: Told = [
      ...ended,
      ["2020-11-08", pause({ from: "2020-12-10", until: "2020-12-20" })],
      ["2020-11-20", pause({ from: "2020-12-01", until: "2020-12-09" })],
    ];
    expect(discountEndings(after(start, next))).toEqual(["2020-11-01", "2020-11-12", "2020-11-21"]);
  });

  it("is judged by what became of a pause since it was said for a coming day", () => {
    const next: Told = [
      ...ended,
      ["2020-08-02", pause({ effectiveOn: "2020-10-09" })],
      ["2020-08-03", movePause("2020-10-10", { newUntil: "2020-10-12" })],
      ["2020-11-08", pause({ from: "2020-12-10", until: "2020-12-20" })],
    ];
    expect(discountEndings(after(start, next))).toEqual(["2020-11-04", "2020-11-15"]);
  });

  it("is kept for days before by no floor of a later change", () => {
    const next: Told = [
      ...ended,
      ["2020-11-08", pause({ from: "2020-11-05", until: "2020-11-30" })],
      ["2020-11-08", resume()],
    ];
    const commitment = after(start, next);
    expect(told(start, next).at(-1)?.data).toMatchObject({
      discountEndBounds: [{ setBy, floor: "2020-11-08", ceilings: [{ day: "2020-11-01", raisedFrom: "2020-11-05" }] }],
    });
    const days = ["2020-10-31", "2020-11-01", "2020-11-04", "2020-11-05", "2020-11-07", "2020-11-08"];
    expect(days.map((day) => discountEndForServing(commitment, day))).toEqual([
      ...["2020-11-01", "2020-11-01", "2020-11-01"],
      ...["2020-11-08", "2020-11-08", "2020-11-08"],
    ]);
  });

  it("is raised by an open pause for no day before the pause: those had been judged while it had no days yet", () => {
    const open: Told = [...ended, ["2020-11-08", pause({ from: "2020-12-10" })]];
    const resumed: Told = [...open, ["2021-01-31", resume()]];
    // 2020-12-31 and 53 days would be 2021-02-22, and less the 60 that were included 2020-12-24.
    expect(["2020-11-08", "2020-12-09", "2020-12-15"].map((day) => shown(open, day))).toEqual([
      ...["2020-11-01", "2020-11-01", "2020-11-07"],
    ]);
    expect(told(start, resumed).at(-1)?.data).toMatchObject({
      discountEndAfter: "2020-12-24",
      discountEndBounds: [{ setBy, floor: "2020-11-01", ceilings: [{ day: "2020-11-01", raisedFrom: "2020-12-10" }] }],
    });
    for (const story of [open, resumed]) {
      const commitment = after(start, story);
      const days = ["2020-10-31", "2020-11-01", "2020-11-08", "2020-12-09"];
      expect(days.map((day) => discountEndForServing(commitment, day))).toEqual(days.map(() => "2020-11-01"));
    }
    expect(discountEndings(after(start, open))).toEqual(["2020-11-01"]);
    // It runs again in the pause, which was given by 2021-01-31.
    expect(discountEndings(after(start, resumed))).toEqual(["2020-11-01", "2020-12-24"]);
  });

  it("is judged by each version of the rules as it did where events from before bounds raised it", () => {
    const pauseId = "pause-9";
    const data = { pauseId, from: "2020-11-05", orderedOn: "2020-11-08", effectiveOn: "2020-11-05" };
    const before = withUnrecorded(after(start, ended), {
      type: "PauseScheduled",
      data: {
        ...{
          ...data,
          until: "2020-11-30",
          now: false,
          discountEndBefore: "2020-11-01",
          discountEndAfter: "2020-11-27",
        },
        ...{ discountEndFloors: [], discountEndCeilings: [{ setBy, day: "2020-11-01", raisedFrom: "2020-11-05" }] },
      },
    });
    const now = withUnrecorded(before, {
      type: "PauseEnded",
      data: {
        ...{ pauseId, until: "2020-11-08", orderedOn: "2020-11-08", effectiveOn: "2020-11-08" },
        ...{ discountEndBefore: "2020-11-27", discountEndAfter: "2020-11-08" },
        discountEndFloors: [{ setBy, day: "2020-11-08" }],
      },
    });
    expect(discountEndForServing(now, "2020-11-04")).toBe("2020-11-01");
    expect(discountEndForServing({ ...now, rules: 1 }, "2020-11-04")).toBe("2020-11-08");
    // The next change of a pause decides the bounds anew, and says so.
    const next = pause({ from: "2020-12-10", until: "2020-12-12" })(now, factsOf(), at("2020-11-09"), "10");
    expect(next[0]?.data).toMatchObject({
      ...{ discountEndBefore: "2020-11-08", discountEndAfter: "2020-11-08" },
      discountEndBounds: [{ setBy, floor: "2020-11-08", ceilings: [{ day: "2020-11-01", raisedFrom: "2020-11-05" }] }],
    });
  });

  it("is raised no further than until the next date that counts, one of an upgrade dated back too", () => {
    const next: Told = [
      ...ended,
      ["2020-11-08", pause({ from: "2020-12-10", until: "2020-12-20" })],
      ["2020-11-20", upgrade({ discountEnd: { kind: "DEFAULT" }, effectiveOn: "2020-11-05" })],
    ];
    const commitment = after(start, next);
    expect(discountEndForServing(commitment, "2020-11-10")).toBe("2021-11-16");
    expect(discountEndings(commitment)).toEqual(["2020-11-01", "2021-11-16"]);
  });

  it("stays where an event from before corrections says so", () => {
    const pauseId = "pause-9";
    const commitment = after(start, ended);
    const old = withUnrecorded(commitment, {
      type: "PauseScheduled",
      data: {
        ...{ pauseId, from: "2020-12-10", until: "2020-12-20", now: false, orderedOn: "2020-12-05" },
        ...{ discountEndBefore: "2020-11-01", discountEndAfter: "2020-11-01", discountEndFloors: [] },
        discountEndCeilings: [{ setBy, day: "2020-11-01" }],
        effectiveOn: "2020-12-10",
      },
    });
    expect(discountEndings(old)).toEqual(["2020-11-01"]);
  });

  it("is another matter for a date that is set", () => {
    expect(shown([...ended, ["2020-12-05", setEnd("2020-12-31")]], "2020-12-05")).toBe("2020-12-31");
  });
});

describe("the floor that a resume left", () => {
  const resumed: Told = [
    ["2020-07-15", pause({ from: "2020-08-01", until: "2020-08-31" })],
    ["2020-07-20", setEnd("2020-08-25")],
    ["2020-08-11", resume("2020-08-20")],
  ];

  it.each([
    ["on an earlier day", "2020-08-12", undefined, "2020-08-12"],
    ["as of an earlier day", "2020-08-21", "2020-08-14", "2020-08-14"],
  ])("goes with it once the pause is ended %s", (_, on, day, end) => {
    const again: Told = [...resumed, [on, resume(day)]];
    expect(told(start, again).at(-1)?.data).toMatchObject({
      discountEndBefore: "2020-08-20",
      discountEndAfter: end,
      discountEndBounds: [{ setBy, floor: end, ceilings: [] }],
    });
    expect(discountEndings(after(start, again))).toEqual([end]);
  });

  it("is kept where another pause is changed", () => {
    const other: Told = [
      ...resumed,
      ["2020-08-12", pause({ from: "2020-08-22", until: "2020-08-23" })],
      ["2020-08-12", dropPause("2020-08-22")],
    ];
    expect(shown(other, "2020-08-12")).toBe("2020-08-20");
  });
});

describe("an open pause", () => {
  const open: Told = [
    ["2020-07-31", pause()],
    ["2020-08-10", setEnd("2020-12-01")],
  ];

  it("is included through the day of the setting, and moves the date from then on", () => {
    expect(shown(open, "2020-08-10")).toBe("2020-12-01");
    expect(shown(open, "2020-08-15")).toBe("2020-12-06");
    expect(shown([...open, ["2020-08-20", resume()]], "2020-09-01")).toBe("2020-12-11");
  });

  it("ended before the date was set ends the discount on the day of the setting, where the date would be before it", () => {
    const resumed: Told = [
      ["2020-07-31", pause()],
      ["2020-08-20", setEnd("2020-08-25")],
      ["2020-08-20", resume("2020-08-10")],
    ];
    const commitment = after(start, resumed);
    // Of the 20 days included 10 were not paused.
    expect(shown(resumed, "2020-08-20")).toBe("2020-08-15");
    // The first date, moved by 10 days, counts until then: 2020-11-10.
    expect(discountEndForServing(commitment, "2020-08-19")).toBe("2020-11-10");
    expect(discountEndings(commitment)).toEqual(["2020-08-20"]);
  });

  it("ended on a day on which the date before would have come too ends the discount once, on that day", () => {
    const resumed: Told = [
      ["2020-07-31", pause()],
      ["2020-08-20", setEnd("2020-08-20")],
      ["2020-08-29", setEnd("2020-08-29")],
    ];
    expect(discountEndings(after(start, resumed))).toEqual([]);
    expect(discountEndings(after(start, [...resumed, ["2020-08-29", resume()]]))).toEqual(["2020-08-29"]);
  });
});

describe("a pause whose first day is not before the date", () => {
  const beyond: Told = [
    ["2020-07-15", pause({ from: "2020-12-01", until: "2020-12-10" })],
    ["2020-07-20", setEnd("2020-12-01")],
  ];

  it("is not included, so that it counts whole once another one moves the end past its first day", () => {
    expect(shown(beyond, "2020-07-20")).toBe("2020-12-01");
    expect(shown([...beyond, ["2020-07-25", pause({ from: "2020-09-01", until: "2020-09-01" })]], "2020-07-25")).toBe(
      "2020-12-12",
    );
  });
});

describe("no change of a pause lowers the date below the day of its command", () => {
  const known: Told = [
    ["2020-08-15", pause({ from: "2020-09-01", until: "2020-09-30" })],
    ["2020-08-20", setEnd("2020-09-10")],
  ];

  it("by cancelling: 30 days before 2020-09-10 would be 2020-08-11", () => {
    const cancelled: Told = [...known, ["2020-08-25", dropPause("2020-09-01")]];
    expect(shown(cancelled, "2020-08-25")).toBe("2020-08-25");
    expect(shown(cancelled, "2020-12-01")).toBe("2020-08-25");
  });

  it("by shortening", () => {
    const shortened: Told = [...known, ["2020-08-25", movePause("2020-09-01", { newUntil: "2020-09-05" })]];
    expect(shown(shortened, "2020-08-25")).toBe("2020-08-25");
  });

  it("by less, the date stays what the pauses make of it", () => {
    const shortened: Told = [...known, ["2020-08-25", movePause("2020-09-01", { newUntil: "2020-09-15" })]];
    expect(shown(shortened, "2020-08-25")).toBe("2020-08-26");
  });

  it("by resuming as of an earlier day", () => {
    const open: Told = [
      ["2020-10-29", pause()],
      ["2020-11-20", resume("2020-11-02")],
    ];
    expect(shown(open.slice(0, 1), "2020-11-20")).toBe("2020-11-22");
    expect(shown(open, "2020-11-20")).toBe("2020-11-04");
  });

  it("and where it lies before that day already, no change lowers it further", () => {
    const twice: Told = [
      ...known,
      ["2020-08-25", movePause("2020-09-01", { newUntil: "2020-09-05" })],
      ["2020-08-28", dropPause("2020-09-01")],
    ];
    expect(shown(twice, "2020-08-28")).toBe("2020-08-25");
  });

  it("and a date set after that starts afresh", () => {
    const again: Told = [
      ...known,
      ["2020-08-25", dropPause("2020-09-01")],
      ["2020-08-26", pause({ from: "2020-09-10", until: "2020-09-20" })],
      ["2020-08-27", setEnd("2020-10-01")],
    ];
    expect(shown(again, "2020-08-27")).toBe("2020-10-01");
    expect(shown([...again, ["2020-08-28", dropPause("2020-09-10")]], "2020-08-28")).toBe("2020-09-20");
  });
});

describe("each day is judged by the date that was set for it", () => {
  it("so a later date changes nothing before the day on which it was set", () => {
    const again = after(start, [["2020-11-15", setEnd("2021-03-01")]]);
    expect(discountEndForServing(again, "2020-11-14")).toBe("2020-10-31");
    expect(discountEndForServing(again, "2020-11-15")).toBe("2021-03-01");
  });

  it("and so does an earlier one", () => {
    const sooner = after(start, [["2020-07-20", setEnd("2020-07-20")]]);
    expect(discountEndForServing(sooner, "2020-07-19")).toBe("2020-10-31");
    expect(discountEndForServing(sooner, "2020-07-20")).toBe("2020-07-20");
  });

  it("by the last recorded of those of one day", () => {
    const twice: Told = [
      ["2020-07-20", setEnd("2020-12-01")],
      ["2020-07-20", setEnd("2021-01-01")],
    ];
    expect(shown(twice, "2020-07-20")).toBe("2021-01-01");
  });

  it("and a pause moves each of them, from its own base", () => {
    const steps: Told = [
      ["2020-07-20", setEnd("2020-12-01")],
      ["2020-07-25", pause({ from: "2020-07-05", until: "2020-07-14" })],
    ];
    expect(shown(steps, "2020-07-19")).toBe("2020-11-10");
    expect(shown(steps, "2020-07-25")).toBe("2020-12-11");
  });
});

describe("synchronising", () => {
  it("with a commitment in an open pause copies its date of today, which its later days do not move", () => {
    const target = after(assigned({ commitmentId: "commitment-2", discountEnd: "2020-12-01" }), [
      ["2020-07-31", pause()],
    ]);
    const copied: Told = [["2020-08-10", setEnd({ kind: "SYNCHRONISED", commitmentId: "commitment-2" }, target)]];
    expect(discountEndOn(target, "2020-08-10")).toBe("2020-12-11");
    expect(shown(copied, "2020-08-10")).toBe("2020-12-11");
    expect(discountEndOn(target, "2020-08-20")).toBe("2020-12-21");
    expect(shown(copied, "2020-08-20")).toBe("2020-12-11");
  });
});
