import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { assigned } from "../spec-support/history.js";
import { after, dropPause, keepOn, movePause, pause, resume, terminate, type Told } from "../spec-support/story.js";
import { discountEndForServing, discountEndOn, endOfDiscountPeriods } from "./discount-end.js";

/** The discount ends on 2020-10-31 if nothing happens. */
const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
const shown = (steps: Told, on: LocalDate) => discountEndOn(after(start, steps), on);
const summer = pause({ from: "2020-08-01", until: "2020-09-30" });
const november = pause({ from: "2020-11-10", until: "2020-11-20" });

describe("the end of the discount's periods", () => {
  it("is a date that can be given, else there is none", () => {
    expect(endOfDiscountPeriods("MONTHLY", "2199-10-31", 2)).toBe("2199-12-31");
    expect(() => endOfDiscountPeriods("MONTHLY", "2199-12-31", 1)).toThrow(
      "The discount would end on 2200-01-31, out of the range of dates to 2199-12-31.",
    );
  });
});

describe("a pause moves the discount end date", () => {
  it("by its days, as soon as it is recorded (E4: 61 days)", () => {
    expect(shown([["2020-07-15", summer]], "2020-07-15")).toBe("2020-12-31");
  });

  it.each([
    ["the longer first", summer, november],
    ["the later first", november, summer],
  ])("in order of the pauses' first days, whichever was recorded first: %s", (_, first, second) => {
    const steps: Told = [
      ["2020-07-15", first],
      ["2020-07-16", second],
    ];
    expect(shown(steps, "2020-07-16")).toBe("2021-01-11");
  });

  it("only if its first day is before the end computed so far", () => {
    expect(shown([["2020-07-15", november]], "2020-07-15")).toBe("2020-10-31");
    expect(shown([["2020-07-15", pause({ from: "2020-10-31", until: "2020-11-09" })]], "2020-07-15")).toBe(
      "2020-10-31",
    );
    expect(shown([["2020-07-15", pause({ from: "2020-10-30", until: "2020-11-08" })]], "2020-07-15")).toBe(
      "2020-11-10",
    );
  });

  it("up to the first day of the next, which then does not count: one day makes the difference", () => {
    const steps = (until: LocalDate): Told => [
      ["2020-07-15", pause({ from: "2020-08-01", until })],
      ["2020-07-15", november],
    ];
    expect(shown(steps("2020-08-10"), "2020-07-15")).toBe("2020-11-10");
    expect(shown(steps("2020-08-11"), "2020-07-15")).toBe("2020-11-22");
  });

  it("by other days when it is changed, and not at all when it is cancelled", () => {
    const both: Told = [
      ["2020-07-15", summer],
      ["2020-07-15", november],
    ];
    expect(shown([...both, ["2020-07-20", movePause("2020-08-01", { newUntil: "2020-08-10" })]], "2020-07-20")).toBe(
      "2020-11-10",
    );
    expect(shown([...both, ["2020-07-20", movePause("2020-08-01", { newFrom: "2020-09-21" })]], "2020-07-20")).toBe(
      "2020-11-10",
    );
    expect(shown([...both, ["2020-07-20", dropPause("2020-08-01")]], "2020-07-20")).toBe("2020-10-31");
    expect(shown([...both, ["2020-07-20", dropPause("2020-11-10")]], "2020-07-20")).toBe("2020-12-31");
  });

  it("by the days up to its last one when it is ended early", () => {
    const steps: Told = [
      ["2020-07-15", summer],
      ["2020-08-10", resume()],
    ];
    expect(shown(steps, "2020-08-10")).toBe("2020-11-10");
    expect(shown(steps, "2020-12-01")).toBe("2020-11-10");
  });
});

describe("an open pause", () => {
  const open: Told = [["2020-08-07", pause()]];

  it("counts its days up to and including the day asked about", () => {
    expect(shown(open, "2020-08-07")).toBe("2020-10-31");
    expect(shown(open, "2020-08-08")).toBe("2020-11-01");
    expect(shown(open, "2020-09-07")).toBe("2020-12-01");
  });

  it("has at its end the days that it would have had from the beginning", () => {
    const ended: Told = [...open, ["2020-09-07", resume()]];
    expect(shown(ended, "2020-10-01")).toBe("2020-12-01");
    expect(shown([["2020-08-07", pause({ until: "2020-09-07" })]], "2020-08-07")).toBe("2020-12-01");
  });

  it("goes on counting for as long as it is open", () => {
    expect(shown(open, "2021-08-07")).toBe("2021-10-31");
  });

  it("that begins on the end date or later never moves it", () => {
    expect(shown([["2020-10-30", pause()]], "2021-01-01")).toBe("2020-10-31");
    expect(shown([["2020-10-29", pause()]], "2020-10-30")).toBe("2020-11-01");
  });
});

describe("a termination", () => {
  const steps: Told = [["2020-07-15", summer]];

  it("cuts a pause at its last day, as soon as it is ordered", () => {
    expect(shown([...steps, ["2020-07-20", terminate("2020-08-10")]], "2020-07-20")).toBe("2020-11-10");
    expect(shown([...steps, ["2020-07-20", terminate("2020-07-31")]], "2020-07-20")).toBe("2020-10-31");
    expect(shown([...steps, ["2020-07-20", terminate("2020-10-15")]], "2020-07-20")).toBe("2020-12-31");
  });

  it("ends an open pause with its day, from the moment that it is recorded", () => {
    const open: Told = [
      ["2020-08-07", pause()],
      ["2020-08-10", terminate("2020-08-20")],
    ];
    expect(shown(open, "2020-08-15")).toBe("2020-11-13");
    expect(shown(open, "2020-12-01")).toBe("2020-11-13");
  });

  it("counts nothing of a pause that lies beyond it", () => {
    const beyond: Told = [
      ["2020-07-10", terminate("2020-07-31")],
      ["2020-07-15", summer],
    ];
    expect(shown(beyond, "2020-07-15")).toBe("2020-10-31");
  });

  it("that is cancelled restores what it would have cut", () => {
    const cut: Told = [...steps, ["2020-07-20", terminate("2020-08-10")], ["2020-08-05", keepOn]];
    expect(shown(cut, "2020-08-05")).toBe("2020-12-31");
  });

  it("does not cut what served days are discounted by", () => {
    const cut = after(start, [...steps, ["2020-07-20", terminate("2020-08-10")]]);
    expect(discountEndForServing(cut, "2020-07-25")).toBe("2020-12-31");
  });
});
