import { describe, expect, it } from "vitest";
import { at } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, internet, terms } from "../spec-support/history.js";
import { after, dropPause, factsOf, movePause, pause, resume, setEnd, terminate, told } from "../spec-support/story.js";
import { commitmentEvolver, statusOn } from "./commitment.js";
import { type PauseCancelled, type PauseChanged, type PauseScheduled } from "./events.js";

const given = givenFor(commitmentEvolver);
const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
type State = Parameters<ReturnType<typeof pause>>[0];
/** The step on a day, as the deciders see it; it makes "pause-9". */
const on = (date: string, step: ReturnType<typeof pause>) => (state: State) => step(state, factsOf(), at(date), "9");

const scheduled = (changes: Partial<PauseScheduled["data"]>): PauseScheduled => ({
  type: "PauseScheduled",
  data: {
    pauseId: "pause-9",
    orderedOn: "2020-07-15",
    from: "2020-08-01",
    until: "2020-09-30",
    now: false,
    discountEndBefore: "2020-10-31",
    discountEndAfter: "2020-12-31",
    effectiveOn: "2020-08-01",
    ...changes,
  },
});
const move = { pauseId: "pause-1" };
const summer = told(start, [["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })]]);

describe("pausing", () => {
  it("from a day until another moves the discount end date by both and what lies between (E4)", () => {
    given(start)
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })))
      .then([scheduled({})]);
  });

  it("from a day on, until further notice, moves nothing yet", () => {
    given(start)
      .when(on("2020-07-15", pause({ from: "2020-08-01" })))
      .then([scheduled({ until: null, discountEndAfter: "2020-10-31" })]);
  });

  it("may begin today, and end today", () => {
    const today = { orderedOn: "2020-08-01", until: "2020-08-01", discountEndAfter: "2020-11-01" };
    given(start)
      .when(on("2020-08-01", pause({ from: "2020-08-01", until: "2020-08-01" })))
      .then([scheduled(today)]);
  });

  it("from a day until another may be given the day on which it counts as ordered", () => {
    given(start)
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30", effectiveOn: "2020-07-10" })))
      .then([scheduled({ orderedOn: "2020-07-10" })]);
    given(start)
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30", effectiveOn: "2020-07-20" })))
      .then([scheduled({ orderedOn: "2020-07-15" })]);
    given(start)
      .when(on("2020-10-15", pause({ from: "2020-11-01", until: "2020-11-30", effectiveOn: "2020-07-10" })))
      .thenRejected("DATE_ALREADY_INVOICED", "effectiveOn");
  });

  it("now has tomorrow for its first free day; today is charged (E5)", () => {
    given(start)
      .when(on("2020-08-07", pause()))
      .then([
        scheduled({
          orderedOn: "2020-08-07",
          from: "2020-08-08",
          until: null,
          now: true,
          discountEndAfter: "2020-10-31",
          effectiveOn: "2020-08-08",
        }),
      ]);
  });

  it("now may have an end, and may be said for another day", () => {
    given(start)
      .when(on("2020-08-07", pause({ effectiveOn: "2020-08-20", until: "2020-08-31" })))
      .then([
        scheduled({
          orderedOn: "2020-08-07",
          from: "2020-08-21",
          until: "2020-08-31",
          now: true,
          discountEndAfter: "2020-11-11",
          effectiveOn: "2020-08-21",
        }),
      ]);
  });

  it("may go back to the first day of the running period, counting the open days gone by", () => {
    given(start)
      .when(on("2020-08-07", pause({ effectiveOn: "2020-07-31" })))
      .then([
        scheduled({
          orderedOn: "2020-08-07",
          from: "2020-08-01",
          until: null,
          now: true,
          discountEndAfter: "2020-11-07",
        }),
      ]);
  });

  it("a commitment without end date moves nothing", () => {
    given(assigned({ discountEnd: null, terms: terms({ discountPeriods: null, recurring: [internet()] }) }))
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })))
      .then([scheduled({ discountEndBefore: null, discountEndAfter: null })]);
  });

  it("a commitment that has not started is possible from its start on", () => {
    given(assigned({ effectiveOn: "2020-08-01", discountEnd: "2022-08-01" }))
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })))
      .then([scheduled({ discountEndBefore: "2022-08-01", discountEndAfter: "2022-10-01" })]);
  });

  it("beyond a scheduled termination is accepted, and moves nothing", () => {
    given(...told(start, [["2020-07-10", terminate("2020-07-31")]]))
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })))
      .then([scheduled({ discountEndAfter: "2020-10-31" })]);
  });

  it("beside others, up to and from the day next to them", () => {
    const step = (from: string, until: string) => pause({ from, until });
    const held = after(start, [
      ["2020-07-15", step("2020-08-10", "2020-08-20")],
      ["2020-07-15", step("2020-08-01", "2020-08-09")],
      ["2020-07-15", step("2020-08-21", "2020-08-31")],
    ]);
    const days = ["2020-07-31", "2020-08-01", "2020-08-09", "2020-08-10", "2020-08-31", "2020-09-01"];
    expect(days.map((day) => statusOn(held, day))).toEqual([
      "ACTIVE",
      "PAUSED",
      "PAUSED",
      "PAUSED",
      "PAUSED",
      "ACTIVE",
    ]);
  });
});

describe("changing a pause that has not begun", () => {
  const changed = (changes: Partial<PauseChanged["data"]>): PauseChanged => ({
    type: "PauseChanged",
    data: {
      ...move,
      orderedOn: "2020-07-20",
      from: "2020-08-01",
      until: "2020-09-30",
      discountEndBefore: "2020-12-31",
      discountEndAfter: "2020-12-31",
      effectiveOn: "2020-08-01",
      ...changes,
    },
  });

  it("moves the date by the new days, whatever of its days changes", () => {
    given(...summer)
      .when(on("2020-07-20", movePause("2020-08-01", { newFrom: "2020-09-01" })))
      .then([changed({ from: "2020-09-01", discountEndAfter: "2020-11-30" })]);
    given(...summer)
      .when(on("2020-07-20", movePause("2020-08-01", { newUntil: "2020-08-31" })))
      .then([changed({ until: "2020-08-31", discountEndAfter: "2020-12-01" })]);
    given(...summer)
      .when(on("2020-07-20", movePause("2020-08-01", { newFrom: "2020-07-21", newUntil: "2020-07-21" })))
      .then([
        changed({ from: "2020-07-21", until: "2020-07-21", discountEndAfter: "2020-11-01", effectiveOn: "2020-07-21" }),
      ]);
  });

  it("gives an open one an end, and may overlap its own former days", () => {
    given(...told(start, [["2020-07-15", pause({ from: "2020-08-01" })]]))
      .when(on("2020-07-20", movePause("2020-08-01", { newFrom: "2020-08-05", newUntil: "2020-08-14" })))
      .then([
        changed({
          from: "2020-08-05",
          until: "2020-08-14",
          discountEndBefore: "2020-10-31",
          discountEndAfter: "2020-11-10",
        }),
      ]);
  });

  it("to what it is changes nothing", () => {
    given(...summer)
      .when(on("2020-07-20", movePause("2020-08-01", {})))
      .then([]);
    given(...summer)
      .when(on("2020-07-20", movePause("2020-08-01", { newFrom: "2020-08-01", newUntil: "2020-09-30" })))
      .then([]);
  });

  it("makes it a pause now no more when its first day moves, and only then", () => {
    const moved = (changes: Parameters<typeof movePause>[1]) =>
      told(start, [
        ["2020-07-15", pause()],
        ["2020-07-15", movePause("2020-07-16", changes)],
      ]);
    given(...moved({ newFrom: "2020-07-17" }))
      .when(on("2020-07-15", resume()))
      .thenRejected("NOT_PAUSED", "commitmentId");
    expect(
      told(start, [
        ["2020-07-15", pause()],
        ["2020-07-15", movePause("2020-07-16", { newUntil: "2020-07-31" })],
        ["2020-07-15", resume()],
      ]).at(-1)?.type,
    ).toBe("PauseCancelled");
  });
});

describe("dating a pause back that has not begun", () => {
  const winter = told(start, [["2020-12-01", pause({ from: "2020-12-20", until: "2020-12-26" })]]);
  const change = movePause("2020-12-20", { newFrom: "2020-09-15", newUntil: "2020-09-21" });
  const because = (reason: string | null) => (state: State) =>
    change(state, { ...factsOf(), closedDays: { backDatingDays: 90, reason } }, at("2020-12-05"), "9");

  it("is judged by its new first day, as a pause that is dated back: the discount had not ended by then", () => {
    given(...winter)
      .when(because("The customer was away"))
      .then([
        {
          type: "PauseChanged",
          data: {
            ...move,
            orderedOn: "2020-12-05",
            from: "2020-09-15",
            until: "2020-09-21",
            discountEndBefore: "2020-10-31",
            discountEndAfter: "2020-11-07",
            effectiveOn: "2020-09-15",
            personal: { reason: "The customer was away" },
          },
        },
      ]);
  });

  it("needs a reason where that day lies in a closed period", () => {
    given(...winter)
      .when(because(null))
      .thenRejected("VALIDATION_FAILED", "reason");
  });
});

describe("cancelling a pause that has not begun", () => {
  const cancelled = (changes: Partial<PauseCancelled["data"]>): PauseCancelled => ({
    type: "PauseCancelled",
    data: {
      ...move,
      orderedOn: "2020-07-31",
      discountEndBefore: "2020-12-31",
      discountEndAfter: "2020-10-31",
      effectiveOn: "2020-08-01",
      ...changes,
    },
  });

  it("is as if it had never been, up to the day before it begins", () => {
    given(...summer)
      .when(on("2020-07-31", dropPause("2020-08-01")))
      .then([cancelled({})]);
  });

  it("names the day below which the date must not fall", () => {
    const known = told(start, [
      ["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })],
      ["2020-07-20", setEnd("2020-08-10")],
    ]);
    given(...known)
      .when(on("2020-07-25", dropPause("2020-08-01")))
      .then([
        cancelled({
          orderedOn: "2020-07-25",
          discountEndBefore: "2020-08-10",
          discountEndAfter: "2020-07-25",
          discountEndBounds: [{ setBy: "event-3", floor: "2020-07-25", ceilings: [] }],
          chargesFrom: "2020-07-25",
        }),
      ]);
  });

  it("leaves its days free for another one", () => {
    const again = told(start, [
      ["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })],
      ["2020-07-15", dropPause("2020-08-01")],
    ]);
    given(...again)
      .when(on("2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })))
      .then([scheduled({})]);
  });
});
