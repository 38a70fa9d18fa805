import { describe, expect, it } from "vitest";
import { type CustomerClass } from "../catalog/customer-class.js";
import { assigned } from "../spec-support/history.js";
import { after, annul, pause, resume, setEnd, terminate, type Told } from "../spec-support/story.js";
import { comingEnds, type EndWarning, endWarningOf, nextEndNears, ownDayOf, withEndNears } from "./end-nears.js";
import { type LifecycleEvent } from "./events.js";
import { lifecycleEvolver, transitionsOf } from "./signals.js";

/** From 2020-07-01, discount until the end of October. */
const start = assigned({ effectiveOn: "2020-07-01", discountEnd: "2020-10-31" });
const THIRTY: EndWarning = { days: 30, since: null };

/** Ends as they are known after each of the steps, the last of which was recorded on a day of its own, if given. */
const endsAfter = (steps: Told, lastRecordedOn?: string) =>
  [[] as Told, ...steps.map((_, index) => steps.slice(0, index + 1))].reduce<ReturnType<typeof comingEnds>>(
    (ends, told) => {
      const day = told.at(-1)?.[0] ?? "2020-07-01";
      const recordedOn = told.length === steps.length ? (lastRecordedOn ?? day) : day;
      return comingEnds(after(start, told), ends, day, recordedOn);
    },
    [],
  );
const recorded = (events: readonly LifecycleEvent[]) =>
  events.reduce((state, event) => lifecycleEvolver.evolve(state, event, ""), lifecycleEvolver.initial);
/** In these stories the instant of a day is named by the day itself. */
const dayOf = (day: string) => day;
const next = (steps: Told, warning = THIRTY, signalled: readonly LifecycleEvent[] = [], lastRecordedOn?: string) => {
  const signal = nextEndNears("c", endsAfter(steps, lastRecordedOn), recorded(signalled), warning, dayOf);
  return signal && `${signal.data.effectiveOn} of ${signal.data.discountEnd}`;
};
const told = (discountEnd: string, effectiveOn: string): LifecycleEvent => ({
  type: "CommitmentEndNears",
  data: { commitmentId: "c", discountEnd, effectiveOn },
});

it("counts what was recorded from the day of its ordering, where that is earlier than the day it names", () => {
  expect(ownDayOf({ effectiveOn: "2020-08-01" })).toBe("2020-08-01");
  expect(ownDayOf({ effectiveOn: "2020-08-01", orderedOn: "2020-07-15" })).toBe("2020-07-15");
  expect(ownDayOf({ effectiveOn: "2020-08-01", orderedOn: "2020-09-15" })).toBe("2020-08-01");
});

describe("the signal that a discount ends soon", () => {
  it("comes so many days before the end as the class says", () => {
    expect(next([])).toBe("2020-10-01 of 2020-10-31");
    expect(next([], { days: 7, since: null })).toBe("2020-10-24 of 2020-10-31");
    expect(next([], { days: 0, since: null })).toBe("2020-10-31 of 2020-10-31");
  });

  it("comes once for each end date: one that moved later is told of again", () => {
    const signalled = [told("2020-10-31", "2020-10-01")];
    expect(next([], THIRTY, signalled)).toBeNull();
    const paused: Told = [["2020-10-10", pause({ from: "2020-10-12", until: "2020-10-21" })]];
    expect(next(paused, THIRTY, signalled)).toBe("2020-10-11 of 2020-11-10");
    expect(next(paused, THIRTY, [...signalled, told("2020-11-10", "2020-10-11")])).toBeNull();
  });

  it("comes at once where the date came nearer than that, and not for a date that has come", () => {
    expect(next([["2020-09-10", setEnd("2020-09-20")]])).toBe("2020-09-10 of 2020-09-20");
    expect(next([["2020-09-10", setEnd("2020-09-10")]])).toBeNull();
  });

  it("does not come while a pause is open, and comes at once when it ended nearer than that", () => {
    const open: Told = [["2020-10-05", pause()]];
    expect(next(open)).toBeNull();
    expect(next([...open, ["2020-10-25", resume()]], THIRTY)).toBe("2020-10-25 of 2020-11-20");
  });

  it("does not come for a date that had passed when it became known", () => {
    // Found by random stories over the real server (seed 70001): a pause dated back to before the end.
    const paused: Told = [["2020-10-10", pause({ from: "2020-10-12", until: "2020-10-21" })]];
    const signalled = [told("2020-10-31", "2020-10-01")];
    expect(next(paused, THIRTY, signalled, "2020-11-09")).toBe("2020-10-11 of 2020-11-10");
    expect(next(paused, THIRTY, signalled, "2020-11-10")).toBeNull();
  });

  it("does not come where the commitment was annulled, or is terminated before that end", () => {
    expect(next([["2020-07-05", annul()]])).toBeNull();
    expect(next([["2020-09-01", terminate("2020-10-30")]])).toBeNull();
    expect(next([["2020-09-01", terminate("2020-10-31")]])).toBe("2020-10-01 of 2020-10-31");
  });

  it("comes at the earliest on the day since which it is so many days", () => {
    expect(next([], { days: 60, since: "2020-09-15" })).toBe("2020-09-15 of 2020-10-31");
    expect(next([], { days: 60, since: "2020-10-30" })).toBe("2020-10-30 of 2020-10-31");
    // Found by random stories (seed 2445): a class of the very day on which the discount has ended.
    expect(next([], { days: 60, since: "2020-10-31" })).toBeNull();
    expect(next([], { days: 0, since: "2020-10-31" })).toBe("2020-10-31 of 2020-10-31");
  });

  it("is left out once the date has come, as is the signal of a late worker", () => {
    const commitment = after(start, []);
    const signal = nextEndNears("c", endsAfter([]), lifecycleEvolver.initial, THIRTY, dayOf);
    const types = (today: string) => withEndNears(transitionsOf(commitment), signal, today).map(({ type }) => type);
    expect(types("2020-10-30")).toEqual(["CommitmentEndNears", "DiscountEndTookEffect"]);
    expect(types("2020-10-31")).toEqual(["DiscountEndTookEffect"]);
    const ended: LifecycleEvent = {
      type: "DiscountEndTookEffect",
      data: { commitmentId: "c", effectiveOn: "2020-10-31" },
    };
    expect(next([], THIRTY, [ended])).toBeNull();
  });
});

describe("how many days before", () => {
  const terms = { name: "Business", graceDays: 14, rounding: "HALF_UP" } as const;
  const business: CustomerClass = {
    customerClassId: "business",
    revisions: [
      { ...terms, warnBeforeEndDays: 10, effectiveOn: "2020-01-01" },
      { ...terms, warnBeforeEndDays: 60, effectiveOn: "2020-03-01" },
      { ...terms, warnBeforeEndDays: 60, graceDays: 7, effectiveOn: "2020-04-01" },
    ],
  };
  const classOf = (id: string) => (id === "business" ? business : undefined);
  const held = after(start, []);
  const member = (...classes: { effectiveOn: string; customerClassId: string | null }[]) =>
    endWarningOf(held, { classes }, classOf);

  it("is thirty without a class", () => {
    expect(member({ effectiveOn: "2020-01-01", customerClassId: null })).toEqual({ days: 30, since: null });
  });

  it("is what the holder's class says, since it says so and since the holder belongs to it", () => {
    const first = { effectiveOn: "2020-01-01", customerClassId: "business" };
    expect(member(first)).toEqual({ days: 60, since: "2020-03-01" });
    const without = { effectiveOn: "2020-01-01", customerClassId: null };
    expect(member(without, { ...first, effectiveOn: "2020-05-01" })).toEqual({ days: 60, since: "2020-05-01" });
  });

  it("is that of the last holder, since it is", () => {
    const [holder] = held.holders;
    const given = { holders: [holder, { ...holder, from: "2020-08-01", customerId: "other" }] as const };
    expect(endWarningOf(given, { classes: [{ effectiveOn: "2020-01-01", customerClassId: null }] }, classOf)).toEqual({
      ...{ days: 30, since: "2020-08-01" },
    });
  });
});
