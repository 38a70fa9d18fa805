import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charges } from "../billing/charges.js";
import { addDays, type LocalDate } from "../calendar.js";
import { assigned, history, month } from "../spec-support/history.js";
import { after, dropPause, factsOf, movePause, pause, resume, setEnd, told, type Told } from "../spec-support/story.js";
import { discountEndForServing, discountEndOn } from "./discount-end.js";
import { type DiscountEndBounds } from "./events.js";

/** 20.00 - 5.00 a month. */
const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
const facts = factsOf({}, { closedDays: { backDatingDays: 90, reason: "Told late" } });

/** What the last step says of the discount end date. */
const moved = (steps: Told) => {
  const data = told(start, steps, facts).at(-1)?.data as {
    readonly discountEndBefore: LocalDate;
    readonly discountEndAfter: LocalDate;
    readonly discountEndBounds?: readonly DiscountEndBounds[];
    readonly chargesFrom?: LocalDate;
  };
  const { discountEndBefore, discountEndAfter, discountEndBounds, chargesFrom } = data;
  const moves = [discountEndBefore, discountEndAfter, discountEndBounds];
  return chargesFrom === undefined ? moves : [...moves, chargesFrom];
};
const charged = (steps: Told, of: string): string[] =>
  charges(history([after(start, steps, facts)]), month(of)).map(
    (line) => `${line.from}..${line.until} ${line.fee} - ${line.discount}`,
  );

describe("a floor is that of the command's own day, whatever was recorded after it", () => {
  const ended: Told = [
    ["2020-07-15", pause({ from: "2020-08-21", until: "2020-09-28" })],
    ["2020-07-20", setEnd("2020-08-28")],
    ["2020-09-01", resume()],
  ];

  it("is higher where a pause is dated back to before the command: its end date was a later one on that day", () => {
    // Of the 39 days included 12 were paused: 2020-08-01.
    expect(moved(ended)).toEqual(["2020-08-28", "2020-08-28", [bounds("event-3", "2020-08-28")]]);
    // With 7 days more the date was 2020-09-04 by 09-01.
    expect(moved([...ended, ["2020-09-01", pause({ from: "2020-07-31", until: "2020-08-06" })]])).toEqual([
      ...["2020-08-28", "2020-09-01"],
      [bounds("event-3", "2020-09-01")],
    ]);
  });

  it("is lower where another pause is resumed as of a day before: it had been lowered by then", () => {
    const two: Told = [
      ["2020-07-31", pause()],
      ["2020-08-14", resume()],
      ["2020-08-14", pause({ until: "2020-09-30" })],
      ["2020-08-14", setEnd("2020-08-18")],
      ["2020-08-18", resume()],
    ];
    expect(moved(two)).toEqual(["2020-08-18", "2020-08-18", [bounds("event-5", "2020-08-18")]]);
    // Four of the 14 days that are included of the first pause were not paused.
    expect(moved([...two, ["2020-08-18", resume("2020-08-10")]])).toEqual([
      ...["2020-08-18", "2020-08-14"],
      [bounds("event-5", null)],
    ]);
  });

  it("is there where a pause that is dated back has what was cancelled since take its days away", () => {
    const raised: Told = [
      ["2020-07-15", pause({ from: "2020-08-02", until: "2020-09-29" })],
      ["2020-07-15", pause({ from: "2020-11-05", until: "2021-01-10" })],
      ["2020-07-20", setEnd("2020-11-30")],
      ["2020-09-10", dropPause("2020-11-05")],
      ["2020-09-10", resume("2020-09-01")],
    ];
    // 28 days before 2020-11-30 the cancelled pause does not begin before the date, and has no part in it.
    expect(moved(raised)).toEqual(["2020-09-24", "2020-11-02", undefined]);
    const back: Told = [...raised, ["2020-09-10", pause({ from: "2020-07-22", until: "2020-07-25" })]];
    // With four days more it does: its 67 days would leave 2020-08-31.
    expect(moved(back)).toEqual(["2020-11-02", "2020-09-10", [bounds("event-4", "2020-09-10")]]);
    expect(charged(back, "2020-09")).toEqual([
      "2020-09-02..2020-09-09 5.33 - 1.33",
      "2020-09-10..2020-09-30 14.00 - 0.00",
    ]);
  });

  it("is that of an open pause from its own day on, which lowers the date only by days to come", () => {
    const beyond: Told = [
      ["2020-07-15", pause({ from: "2020-12-15", until: "2021-01-28" })],
      ["2020-07-20", setEnd("2020-12-16")],
      ["2020-07-21", movePause("2020-12-15", { newFrom: "2020-12-16" })],
      ["2020-07-21", dropPause("2020-12-16")],
    ];
    expect(moved(beyond)).toEqual(["2020-12-16", "2020-12-16", undefined]);
    const open: Told = [...beyond, ["2020-11-17", pause()]];
    expect(moved(open)).toEqual(["2020-12-16", "2020-12-16", [bounds("event-3", "2020-11-17")]]);
    const held = after(start, open, facts);
    // One day brings the date to 12-17, after the first day of the pause that is no more: 45 days less.
    expect(["2020-11-17", "2020-11-18"].map((day) => discountEndOn(held, day))).toEqual(["2020-12-16", "2020-11-17"]);
    const resumed: Told = [...open, ["2020-11-19", resume()]];
    expect(moved(resumed)).toEqual(["2020-11-17", "2020-11-17", undefined]);
    expect(charged(resumed, "2020-11")).toEqual([
      "2020-11-01..2020-11-16 10.67 - 2.67",
      "2020-11-17..2020-11-17 0.67 - 0.00",
      "2020-11-20..2020-11-30 7.33 - 0.00",
    ]);
  });
});

describe("a ceiling", () => {
  it("is none where only another open pause moves the date from day to day", () => {
    const open: Told = [
      ["2020-07-31", pause()],
      ["2020-08-31", setEnd("2020-08-31")],
    ];
    const next = ["2020-11-05", pause({ from: "2020-11-20", effectiveOn: "2020-11-04" })] as const;
    const before: Told = [...open, ["2020-11-05", resume()], next];
    expect(moved(before)).toEqual(["2020-11-05", "2020-11-05", undefined]);
  });

  it("is that of the day on which a pause with days of its own counts as ordered", () => {
    const ended: Told = [
      ["2020-07-20", pause({ from: "2020-12-20", until: "2021-02-17" })],
      ["2020-07-21", setEnd("2020-12-31")],
      ["2020-08-01", dropPause("2020-12-20")],
      ["2020-12-05", pause({ from: "2020-12-10", until: "2020-12-20", effectiveOn: "2020-11-08" })],
    ];
    expect(moved(ended)).toEqual([
      ...["2020-11-01", "2020-11-12"],
      [bounds("event-3", null, { day: "2020-11-01", raisedFrom: "2020-11-08" })],
      "2020-11-08",
    ]);
    expect(charged(ended, "2020-11")).toEqual([
      "2020-11-01..2020-11-07 4.67 - 0.00",
      "2020-11-08..2020-11-11 2.67 - 0.67",
      "2020-11-12..2020-11-30 12.66 - 0.00",
    ]);
  });
});

describe("a pause that moves a date before its first day", () => {
  const cancelled: Told = [
    ["2020-07-15", pause({ from: "2020-12-10", until: "2021-01-31" })],
    ["2020-07-20", setEnd("2021-01-04")],
    ["2020-07-21", dropPause("2020-12-10")],
  ];

  it("names the day on which it counts as ordered, though no bound is needed", () => {
    const ordered = pause({ from: "2020-12-03", until: "2020-12-14", effectiveOn: "2020-10-28" });
    expect(moved([...cancelled, ["2020-12-01", ordered]])).toEqual([
      ...["2020-11-12", "2020-11-24", undefined],
      "2020-10-28",
    ]);
    // Said for the 1st, it begins on the 2nd: the 1st may be charged otherwise too.
    const [, , now, from] = moved([...cancelled, ["2020-12-01", pause({ until: "2020-12-14" })]]);
    expect([now, from]).toEqual([
      [bounds("event-3", null, { day: "2020-11-12", raisedFrom: "2020-12-01" })],
      "2020-12-01",
    ]);
  });

  it("is asked of that day, which may lie in a closed period", () => {
    const closed = factsOf({}, { closedDays: { backDatingDays: 0, reason: null } });
    const before = told(start, cancelled, closed);
    const said = (step: ReturnType<typeof pause>) => () => told(start, [...cancelled, ["2020-12-01", step]], closed);
    for (const one of [
      pause({ until: "2021-01-15", effectiveOn: "2020-11-30" }),
      pause({ from: "2020-12-01", until: "2021-01-15", effectiveOn: "2020-11-30" }),
    ]) {
      expect(said(one)).toThrow("2020-11-30 lies in a closed");
    }
    expect(said(pause({ until: "2021-01-15" }))()).toHaveLength(before.length + 1);
  });

  it("keeps the date of days before another pause that was open on its day", () => {
    const open: Told = [...cancelled, ["2020-11-30", pause()], ["2020-12-22", resume()]];
    const next: Told = [...open, ["2020-12-22", pause({ from: "2021-01-25", effectiveOn: "2020-12-12" })]];
    expect(moved(next)).toEqual([
      ...["2020-12-04", "2020-12-04"],
      [bounds("event-3", "2020-12-04", { day: "2020-11-12", raisedFrom: "2020-12-01" })],
    ]);
    expect(charged(next, "2020-11")).toEqual(charged(open, "2020-11"));
  });
});

describe("changes of pauses that are dated back", () => {
  const day = (after: LocalDate, most: number) => fc.nat({ max: most }).map((days) => addDays(after, days));

  it("leave each day judged as if they had been recorded on their own days", () => {
    const included: Told = [
      ["2020-07-15", pause({ from: "2020-09-01", until: "2020-09-20" })],
      ["2020-07-15", pause({ from: "2020-10-10", until: "2020-11-20" })],
    ];
    const late = fc.uniqueArray(day("2020-07-22", 38), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        day("2020-08-20", 80),
        late,
        day("2020-08-31", 1),
        day("2020-09-01", 18),
        (end, edges, dropped, resumed) => {
          const pauses = [...edges]
            .sort()
            .flatMap((from, index, all): { from: LocalDate; until: LocalDate }[] =>
              index % 2 === 0 ? [{ from, until: all[index + 1] ?? from }] : [],
            );
          const set: Told = [...included, ["2020-07-21", setEnd(end)]];
          const ended: Told = [
            [dropped, dropPause("2020-10-10")],
            [resumed < dropped ? dropped : resumed, resume(resumed)],
          ];
          const onDays: Told = [...set, ...pauses.map((days) => [days.from, pause(days)] as const), ...ended];
          const recordedLate: Told = [...set, ...ended, ...pauses.map((days) => ["2020-09-20", pause(days)] as const)];
          const [one, other] = [onDays, recordedLate].map((steps) => {
            const held = after(start, steps, facts);
            const all = Array.from({ length: 200 }, (_, index) => addDays("2020-07-01", index));
            return all.filter((served) => served < (discountEndForServing(held, served) ?? served));
          });
          expect(other).toEqual(one);
        },
      ),
      { numRuns: 200 },
    );
  });
});

function bounds(setBy: string, floor: LocalDate | null, ...ceilings: DiscountEndBounds["ceilings"]): DiscountEndBounds {
  return { setBy, floor, ceilings };
}
