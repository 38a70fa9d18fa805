import { describe, expect, it } from "vitest";
import { type SelfPauseLimits } from "../catalog/events.js";
import { at, classDefined, customer, customerClass, customerCreated } from "../spec-support/examples.js";
import { givenFor, stateOf } from "../spec-support/given.js";
import { assigned, history } from "../spec-support/history.js";
import {
  after,
  approve,
  askPause,
  decline,
  dropPause,
  factsOf,
  pause,
  resume,
  terminate,
  told,
  withdraw,
} from "../spec-support/story.js";
import { type Commitment, commitmentEvolver, statusOn } from "./commitment.js";
import { discountEndOn } from "./discount-end.js";
import { type CommitmentEvent, type PauseScheduled } from "./events.js";
import { pauseRequestsOn, pausesOn } from "./on-day.js";
import { lapsePauseRequest } from "./self-care-pause.js";

const given = givenFor(commitmentEvolver);
/** From November 2019, discount until the end of October 2020. */
const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });

/** Facts with a customer of a class that has these limits. */
const limited = (limits: Partial<SelfPauseLimits>) => ({
  history: history([], {
    owner: customer(customerCreated({ customerClassId: "class-1" })),
    classes: [customerClass(classDefined(limits))],
  }),
});
const month = limited({ selfPauseDaysPerYear: 40, selfPauseLongestDays: 31, selfPauseNoticeDays: 7 });
type Step = ReturnType<typeof askPause>;
const on = (date: string, step: Step) => (state: Commitment | null) => step(state, factsOf(), at(date), "9");

const requested = (from: string, until: string, effectiveOn: string): CommitmentEvent => ({
  type: "PauseRequested",
  data: { pauseId: "pause-9", from, until, effectiveOn },
});
const scheduled = (changes: Partial<PauseScheduled["data"]> = {}): CommitmentEvent => ({
  type: "PauseScheduled",
  data: {
    pauseId: "pause-9",
    orderedOn: "2020-07-25",
    from: "2020-08-01",
    until: "2020-08-31",
    now: false,
    selfCare: true,
    discountEndBefore: "2020-10-31",
    discountEndAfter: "2020-12-01",
    effectiveOn: "2020-08-01",
    ...changes,
  },
});

describe("a pause by the customer", () => {
  it("is one at once within the limits of its class", () => {
    given(start)
      .when(on("2020-07-25", askPause("2020-08-01", "2020-08-31", month)))
      .then([scheduled()]);
  });

  it("is asked for where no class gives limits, or one is exceeded", () => {
    const ask = (facts: object) => on("2020-07-25", askPause("2020-08-01", "2020-08-31", facts));
    const asked = [requested("2020-08-01", "2020-08-31", "2020-07-25")];
    const ample = { selfPauseDaysPerYear: 366, selfPauseLongestDays: 366 };
    given(start).when(ask({})).then(asked);
    given(start)
      .when(ask(limited({})))
      .then(asked);
    given(start)
      .when(ask(limited({ ...ample, selfPauseNoticeDays: 8 })))
      .then(asked);
    given(start)
      .when(ask(limited({ ...ample, selfPauseLongestDays: 30 })))
      .then(asked);
    given(start)
      .when(ask(limited({ ...ample, selfPauseDaysPerYear: 30 })))
      .then(asked);
    given(start)
      .when(ask(limited(ample)))
      .then([scheduled()]);
  });

  it("may begin today where the class asks for no notice, but not be asked for then", () => {
    const anyTime = limited({ selfPauseDaysPerYear: 5, selfPauseLongestDays: 5 });
    given(start)
      .when(on("2020-08-01", askPause("2020-08-01", "2020-08-05", anyTime)))
      .then([scheduled({ orderedOn: "2020-08-01", until: "2020-08-05", discountEndAfter: "2020-11-05" })]);
    given(start)
      .when(on("2020-08-01", askPause("2020-08-01", "2020-08-06", anyTime)))
      .thenRejected("PAUSE_INVALID", "from");
    given(start)
      .when(on("2020-08-02", askPause("2020-08-01", "2020-08-05", anyTime)))
      .thenRejected("PAUSE_INVALID", "from");
  });

  it("counts the days of the calendar year that each lies in", () => {
    const winter = limited({ selfPauseDaysPerYear: 20, selfPauseLongestDays: 40 });
    const ask = (from: string, until: string) => on("2020-09-01", askPause(from, until, winter));
    // 20 days of December and 20 of January.
    const types = (step: (state: Commitment | null) => readonly CommitmentEvent[], before: CommitmentEvent[] = []) =>
      step(stateOf(commitmentEvolver, [start, ...before])).map(({ type }) => type);
    expect(types(ask("2020-12-12", "2021-01-20"))).toEqual(["PauseScheduled"]);
    expect(types(ask("2020-12-11", "2021-01-19"))).toEqual(["PauseRequested"]);
    expect(types(ask("2020-12-13", "2021-01-21"))).toEqual(["PauseRequested"]);
    const first = ask("2020-12-22", "2021-01-05")(stateOf(commitmentEvolver, [start]));
    expect(types(ask("2020-12-12", "2020-12-21"), first)).toEqual(["PauseScheduled"]);
    expect(types(ask("2020-12-11", "2020-12-21"), first)).toEqual(["PauseRequested"]);
    expect(types(ask("2021-02-01", "2021-02-15"), first)).toEqual(["PauseScheduled"]);
    expect(types(ask("2021-02-01", "2021-02-16"), first)).toEqual(["PauseRequested"]);
  });

  it("counts what was paused in the end, and pauses by the customer only", () => {
    const facts = limited({ selfPauseDaysPerYear: 20, selfPauseLongestDays: 20 });
    const last = (...steps: Parameters<typeof told>[1]) => told(start, steps).at(-1)?.type;
    const again = ["2020-09-01", askPause("2020-09-10", "2020-09-20", facts)] as const;
    const own = ["2020-07-01", askPause("2020-07-10", "2020-07-19", facts)] as const;
    expect(last(own, again)).toBe("PauseRequested");
    expect(last(own, ["2020-07-18", resume()], again)).toBe("PauseScheduled");
    expect(last(own, ["2020-07-05", dropPause("2020-07-10")], again)).toBe("PauseScheduled");
    expect(last(["2020-07-01", pause({ from: "2020-07-10", until: "2020-07-19" })], again)).toBe("PauseScheduled");
    // What was asked for and approved counts as well.
    const asked = ["2020-07-01", askPause("2020-07-10", "2020-07-19")] as const;
    expect(last(asked, ["2020-07-02", approve("2020-07-10")], again)).toBe("PauseRequested");
  });

  it("is refused as every pause is, before limits are looked at", () => {
    given()
      .when(on("2020-07-15", askPause("2020-08-01", "2020-08-31", month)))
      .thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
    given(...told(start, [["2020-07-14", terminate()]]))
      .when(on("2020-07-15", askPause("2020-08-01", "2020-08-31", month)))
      .thenRejected("ALREADY_TERMINATED", "commitmentId");
    given(start)
      .when(on("2020-07-15", askPause("2020-08-31", "2020-08-01")))
      .thenRejected("PAUSE_INVALID", "from");
    given(assigned({ effectiveOn: "2020-09-01", discountEnd: "2021-09-01" }))
      .when(on("2020-07-15", askPause("2020-08-31", "2020-09-10")))
      .thenRejected("PAUSE_INVALID", "from");
    given(...told(start, [["2020-07-10", pause({ from: "2020-08-31", until: "2020-09-10" })]]))
      .when(on("2020-07-15", askPause("2020-08-01", "2020-08-31")))
      .thenRejected("PAUSE_OVERLAPS", "from");
  });
});

describe("a request for a pause", () => {
  const asked = told(start, [["2020-07-15", askPause("2020-08-01", "2020-09-30")]]);
  const state = (...events: CommitmentEvent[]): Commitment => {
    const found = stateOf(commitmentEvolver, [...asked, ...events]);
    if (!found) throw new Error("it was assigned");
    return found;
  };
  const shown = (commitment: Commitment, today: string) =>
    pauseRequestsOn(commitment, today).map(({ status, reason }) => [status, reason]);

  it("has no effect on dates and status", () => {
    expect(discountEndOn(state(), "2020-07-31")).toBe("2020-10-31");
    expect(statusOn(state(), "2020-08-15")).toBe("ACTIVE");
    expect(pauseRequestsOn(state(), "2020-07-31")).toEqual([
      {
        pauseId: "pause-1",
        from: "2020-08-01",
        until: "2020-09-30",
        requestedOn: "2020-07-15",
        status: "OPEN",
        reason: null,
      },
    ]);
  });

  it("becomes the pause that it asks for when it is approved", () => {
    const approved: CommitmentEvent = {
      type: "PauseRequestApproved",
      data: {
        pauseId: "pause-1",
        from: "2020-08-01",
        until: "2020-09-30",
        orderedOn: "2020-07-31",
        discountEndBefore: "2020-10-31",
        discountEndAfter: "2020-12-31",
        effectiveOn: "2020-08-01",
      },
    };
    given(...asked)
      .when(on("2020-07-31", approve("2020-08-01")))
      .then([approved]);
    const after = state(approved);
    expect(shown(after, "2020-08-01")).toEqual([["APPROVED", null]]);
    expect(discountEndOn(after, "2020-07-31")).toBe("2020-12-31");
    expect(pausesOn(after, "2020-08-01")).toEqual([
      { from: "2020-08-01", until: "2020-09-30", status: "RUNNING", selfCare: true, eventIds: ["event-3"] },
    ]);
  });

  it("is declined with a reason, or withdrawn", () => {
    const declined: CommitmentEvent = {
      type: "PauseRequestDeclined",
      data: { pauseId: "pause-1", effectiveOn: "2020-07-20", personal: { reason: "Not in summer" } },
    };
    given(...asked)
      .when(on("2020-07-20", decline("2020-08-01", " Not in summer ")))
      .then([declined]);
    given(...asked)
      .when(on("2020-07-20", decline("2020-08-02", " ")))
      .thenRejected("VALIDATION_FAILED", "reason");
    expect(shown(state(declined), "2020-08-01")).toEqual([["DECLINED", "Not in summer"]]);
    const withdrawn: CommitmentEvent = {
      type: "PauseRequestWithdrawn",
      data: { pauseId: "pause-1", effectiveOn: "2020-07-21" },
    };
    given(...asked)
      .when(on("2020-07-21", withdraw("2020-08-01")))
      .then([withdrawn]);
    expect(shown(state(withdrawn), "2020-08-01")).toEqual([["WITHDRAWN", null]]);
  });

  it("lapses when its first day begins, and is recorded once", () => {
    const lapsed: CommitmentEvent = {
      type: "PauseRequestLapsed",
      data: { pauseId: "pause-1", effectiveOn: "2020-08-01" },
    };
    expect(shown(state(), "2020-08-01")).toEqual([["LAPSED", null]]);
    expect(lapsePauseRequest(state(), "2020-07-31")).toEqual([]);
    expect(lapsePauseRequest(state(), "2020-08-01")).toEqual([lapsed]);
    expect(lapsePauseRequest(state(), "2020-09-01")).toEqual([lapsed]);
    expect(lapsePauseRequest(state(lapsed), "2020-09-01")).toEqual([]);
    expect(lapsePauseRequest(null, "2020-09-01")).toEqual([]);
    expect(shown(state(lapsed), "2020-08-01")).toEqual([["LAPSED", null]]);
  });

  it("is answered once, in time, and by its first day", () => {
    for (const answer of [approve, decline, withdraw]) {
      given(start)
        .when(on("2020-07-20", answer("2020-08-01")))
        .thenRejected("PAUSE_NOT_FOUND", "from");
      given(...asked)
        .when(on("2020-07-20", answer("2020-08-02")))
        .thenRejected("PAUSE_NOT_FOUND", "from");
      given(...asked)
        .when(on("2020-08-01", answer("2020-08-01")))
        .thenRejected("PAUSE_NOT_FOUND", "from");
      for (const first of [approve, decline, withdraw]) {
        const answered = told(start, [
          ["2020-07-15", askPause("2020-08-01", "2020-09-30")],
          ["2020-07-20", first("2020-08-01")],
        ]);
        given(...answered)
          .when(on("2020-07-20", answer("2020-08-01")))
          .thenRejected("PAUSE_NOT_FOUND", "from");
      }
    }
  });

  it("is one at a time; a pause within the limits is none", () => {
    given(...asked)
      .when(on("2020-07-20", askPause("2020-10-01", "2020-10-31")))
      .thenRejected("PAUSE_INVALID", "from");
    given(...asked)
      .when(on("2020-08-01", askPause("2020-10-01", "2020-10-31")))
      .then([requested("2020-10-01", "2020-10-31", "2020-08-01")]);
    const both = after(start, [
      ["2020-07-15", askPause("2020-08-01", "2020-09-30")],
      ["2020-07-16", askPause("2020-08-10", "2020-08-19", month)],
    ]);
    expect(statusOn(both, "2020-08-10")).toBe("PAUSED");
    expect(() => approve("2020-08-01")(both, factsOf(), at("2020-07-20"), "9")).toThrow(/There is a pause from/);
  });
});
