import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import { type Commitment, commitmentEvolver } from "./commitment.js";
import { type CommitmentEvent, type Terms } from "./events.js";
import { assigned, terminated, terms } from "../spec-support/history.js";
import {
  agreements,
  discountEndToday,
  flagsOn,
  pausesOn,
  terminatedEarly,
  termsToday,
  timeLimitedUpgradesOn,
} from "./on-day.js";

/** From 2020-07-01; its discount ends on 2020-12-01. */
const held = (...events: CommitmentEvent[]): Commitment => {
  const start = assigned({ effectiveOn: "2020-07-01", discountEnd: "2020-12-01" });
  const state = [start, ...events].reduce<Commitment | null>(
    (before, event, index) => commitmentEvolver.evolve(before, event, `event-${index}`),
    null,
  );
  if (!state) throw new Error("an assigned commitment has a state");
  return state;
};

const move = { orderedOn: "2020-07-01", discountEndBefore: null, discountEndAfter: null, discountEndFloors: [] };
const paused = (from: LocalDate, until: LocalDate | null): CommitmentEvent => ({
  type: "PauseScheduled",
  data: { pauseId: from, from, until, now: false, ...move, effectiveOn: from },
});
const cancelled = (from: LocalDate): CommitmentEvent => ({
  type: "PauseCancelled",
  data: { pauseId: from, ...move, effectiveOn: from },
});
const ordered = (on: LocalDate, until: LocalDate, then: Terms | null = null, next = until): CommitmentEvent => ({
  type: "TimeLimitedUpgradeOrdered",
  data: {
    upgradeId: on,
    rowId: "recurring-1",
    addOnProductId: "add-on-2",
    until,
    effectiveOn: on,
    then: then && { terms: then, from: next, discountEnd: null },
  },
});
const upgraded = (
  on: LocalDate,
  to: Terms,
  ended: { upgradeId: string; until: LocalDate }[] = [],
): CommitmentEvent => ({
  type: "CommitmentUpgraded",
  data: { terms: to, discountEndChoice: null, ended, discountEndBefore: null, discountEndAfter: null, effectiveOn: on },
});
const big = terms({ name: "Big" });
const huge = terms({ name: "Huge" });

const none = {
  discountRunning: false,
  discountEndOpen: false,
  pauseScheduled: false,
  upgradeRunning: false,
  upgradeScheduled: false,
  renewalWaiting: false,
  terminationScheduled: false,
};

describe("the flags of a commitment", () => {
  it.each<[string, Commitment, LocalDate, Partial<typeof none>]>([
    ["before the start", held(), "2020-06-30", {}],
    ["on the first day", held(), "2020-07-01", { discountRunning: true }],
    ["on the last discounted day", held(), "2020-11-30", { discountRunning: true }],
    ["on the discount end date", held(), "2020-12-01", {}],
    [
      "before a pause",
      held(paused("2020-08-01", "2020-08-31")),
      "2020-07-31",
      { discountRunning: true, pauseScheduled: true },
    ],
    ["in a pause", held(paused("2020-08-01", "2020-08-31")), "2020-08-01", { discountRunning: true }],
    [
      "before an open pause",
      held(paused("2020-08-01", null)),
      "2020-07-31",
      { discountRunning: true, discountEndOpen: true, pauseScheduled: true },
    ],
    [
      "in an open pause",
      held(paused("2020-08-01", null)),
      "2021-08-01",
      { discountRunning: true, discountEndOpen: true },
    ],
    ["in an open pause from after the end date", held(paused("2020-12-01", null)), "2021-08-01", {}],
    [
      "with a pause that was cancelled",
      held(paused("2020-08-01", null), cancelled("2020-08-01")),
      "2020-07-31",
      { discountRunning: true },
    ],
    [
      "on the last day of an upgrade",
      held(ordered("2020-07-05", "2020-07-31")),
      "2020-07-31",
      { discountRunning: true, upgradeRunning: true },
    ],
    ["after an upgrade", held(ordered("2020-07-05", "2020-07-31")), "2020-08-01", { discountRunning: true }],
    [
      "on the last day",
      held(terminated("2020-07-31")),
      "2020-07-31",
      { discountRunning: true, terminationScheduled: true },
    ],
    ["after the last day", held(terminated("2020-07-31")), "2020-08-01", {}],
    [
      "with a termination before a pause and within an upgrade",
      held(paused("2020-09-01", null), ordered("2020-07-05", "2020-12-31"), terminated("2020-08-31")),
      "2020-08-31",
      { discountRunning: true, upgradeRunning: true, terminationScheduled: true },
    ],
    ["once that is over", held(ordered("2020-07-05", "2020-12-31"), terminated("2020-08-31")), "2020-09-01", {}],
  ])("%s", (_, commitment, today, flags) => {
    expect(flagsOn(commitment, today)).toEqual({ ...none, ...flags });
  });
});

describe("pauses", () => {
  const commitment = held(
    paused("2020-10-01", "2020-10-10"),
    paused("2020-08-01", "2020-08-10"),
    paused("2020-11-01", null),
  );
  const shown = (of: Commitment, today: LocalDate) =>
    pausesOn(of, today).map(({ from, until, status }) => `${from} ${until ?? "open"} ${status}`);

  it("are told by first day, as they stand", () => {
    expect(shown(commitment, "2020-08-10")).toEqual([
      "2020-08-01 2020-08-10 RUNNING",
      "2020-10-01 2020-10-10 SCHEDULED",
      "2020-11-01 open SCHEDULED",
    ]);
    expect(shown(commitment, "2020-11-01")).toEqual([
      "2020-08-01 2020-08-10 ENDED",
      "2020-10-01 2020-10-10 ENDED",
      "2020-11-01 open RUNNING",
    ]);
  });

  it("are cut by a termination, and none begin after it", () => {
    const ended = commitmentEvolver.evolve(commitment, terminated("2020-10-05"), "ended");
    if (!ended) throw new Error("a terminated commitment has a state");
    expect(shown(ended, "2020-10-05")).toEqual([
      "2020-08-01 2020-08-10 ENDED",
      "2020-10-01 2020-10-05 RUNNING",
      "2020-11-01 open CANCELLED",
    ]);
    expect(shown(ended, "2020-10-06")[1]).toBe("2020-10-01 2020-10-05 ENDED");
  });
});

describe("what was agreed", () => {
  const spans = (of: Commitment) =>
    agreements(of).map(({ from, until, terms: { name } }) => `${name} ${from} ${until ?? "-"}`);

  it("is told with what is to come, and without what was in force on no day", () => {
    const commitment = held(
      upgraded("2020-07-10", big),
      upgraded("2020-07-10", huge),
      ordered("2020-07-11", "2020-07-31", big, "2020-08-01"),
    );
    expect(spans(commitment)).toEqual([
      "Turbo 24 2020-07-01 2020-07-09",
      "Huge 2020-07-10 2020-07-31",
      "Big 2020-08-01 -",
    ]);
    expect(termsToday(commitment, "2020-06-30").name).toBe("Turbo 24");
    expect(termsToday(commitment, "2020-07-31").name).toBe("Huge");
    expect(termsToday(commitment, "2020-08-01").name).toBe("Big");
  });

  it("ends with the commitment: what was planned for later never comes into force", () => {
    const commitment = held(ordered("2020-07-11", "2020-07-31", big, "2020-08-01"), terminated("2020-07-20"));
    expect(spans(commitment)).toEqual(["Turbo 24 2020-07-01 2020-07-20"]);
    expect(termsToday(commitment, "2021-01-01").name).toBe("Turbo 24");
    expect(timeLimitedUpgradesOn(commitment, "2021-01-01")).toEqual([
      {
        rowId: "recurring-1",
        addOnProductId: "add-on-2",
        from: "2020-07-11",
        until: "2020-07-20",
        running: false,
        thenUpgradeTo: null,
        eventId: "event-1",
      },
    ]);
  });

  it("is nothing where the commitment never began", () => {
    const commitment = held(terminated("2020-06-20"));
    expect(spans(commitment)).toEqual([]);
    expect(termsToday(commitment, "2021-01-01").name).toBe("Turbo 24");
    expect(discountEndToday(commitment, "2021-01-01")).toBe("2020-12-01");
    expect(terminatedEarly(commitment)).toBe(false);
  });

  it("has no upgrade that another one of its first day left no day", () => {
    const commitment = held(
      ordered("2020-07-10", "2020-07-31"),
      upgraded("2020-07-10", big, [{ upgradeId: "2020-07-10", until: "2020-07-09" }]),
    );
    expect(timeLimitedUpgradesOn(commitment, "2020-07-10")).toEqual([]);
    expect(flagsOn(commitment, "2020-07-10").upgradeRunning).toBe(false);
  });
});

describe("a termination", () => {
  it.each([
    ["the day before the discount end date", "2020-11-30", false],
    ["two days before", "2020-11-29", true],
  ])("%s", (_, on, early) => {
    expect(terminatedEarly(held(terminated(on)))).toBe(early);
  });

  it("is early as things stand, whatever was known when it was ordered", () => {
    expect(terminatedEarly(held())).toBeNull();
    expect(terminatedEarly(held(terminated("2020-11-30"), paused("2020-08-01", "2020-08-01")))).toBe(true);
  });
});
