import { describe, expect, it } from "vitest";
import { type LocalDate } from "../calendar.js";
import {
  account,
  accountClosed,
  accountOpened,
  at,
  customer,
  customerClosed,
  customerCreated,
} from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned, terminated } from "../spec-support/history.js";
import {
  dropPause,
  factsOf,
  movePause,
  pause,
  resume,
  type Step,
  terminate,
  told,
  type Told,
  upgrade,
} from "../spec-support/story.js";
import { type RejectionCode } from "../rejection.js";
import { commitmentEvolver } from "./commitment.js";

const given = givenFor(commitmentEvolver);
const TODAY = "2020-07-20";
type State = Parameters<Step>[0];
const today =
  (step: Step, facts = factsOf()) =>
  (state: State) =>
    step(state, facts, at(TODAY), "9");
const refuse = (steps: Told, step: Step, code: RejectionCode, field: string, start = assigned()) => {
  given(...told(start, steps))
    .when(today(step))
    .thenRejected(code, field);
};
const range = (from: LocalDate, until: LocalDate | null = null) => pause({ from, until });

describe("pausing is refused", () => {
  it.each<[string, Step, string]>([
    ["until a day before its first one", range("2020-08-10", "2020-08-09"), "from"],
    ["now until today, whose first free day is tomorrow", pause({ until: "2020-07-20" }), "effectiveOn"],
  ])("%s", (_, step, field) => {
    refuse([], step, "PAUSE_INVALID", field);
  });

  it("when the discount would then end after the last date that can be given", () => {
    const century = assigned({ effectiveOn: "2100-01-01", discountEnd: "2199-12-01" });
    given(...told(century, []))
      .when((state: State) => range("2150-01-01", "2150-01-31")(state, factsOf(), at("2149-12-15"), "9"))
      .thenRejected("PAUSE_INVALID");
  });

  it("before the commitment starts, now too", () => {
    const pending = assigned({ effectiveOn: "2020-07-22", discountEnd: "2022-07-22" });
    refuse([], range("2020-07-21", "2020-08-31"), "PAUSE_INVALID", "from", pending);
    refuse([], pause(), "PAUSE_INVALID", "effectiveOn", pending);
  });

  it.each<[string, Step, string]>([
    ["on the first day of another", range("2020-08-01", "2020-08-10"), "from"],
    ["on its last day", range("2020-08-20", "2020-08-31"), "from"],
    ["until its first day", range("2020-07-25", "2020-08-10"), "from"],
    ["inside it", range("2020-08-12", "2020-08-13"), "from"],
    ["around it", range("2020-08-01", "2020-08-31"), "from"],
    ["open, with it to come", pause(), "effectiveOn"],
  ])("where it overlaps another: %s", (_, step, field) => {
    refuse([["2020-07-15", range("2020-08-10", "2020-08-20")]], step, "PAUSE_OVERLAPS", field);
  });

  it("where another is open, however far away", () => {
    refuse([["2020-07-15", range("2020-08-10")]], range("2021-08-10", "2021-08-20"), "PAUSE_OVERLAPS", "from");
  });

  it("in a closed period, judged by the first free day", () => {
    refuse([], range("2020-06-30", "2020-07-31"), "DATE_ALREADY_INVOICED", "from");
    refuse([], pause({ effectiveOn: "2020-06-29" }), "DATE_ALREADY_INVOICED", "effectiveOn");
  });

  it("where it was ordered in a closed period, of days before the start only from these on", () => {
    const ordered = pause({ from: "2020-07-10", until: "2020-07-12", effectiveOn: "2020-06-20" });
    refuse([], ordered, "DATE_ALREADY_INVOICED", "effectiveOn");
    const young = assigned({ effectiveOn: "2020-07-05", discountEnd: "2022-07-05" });
    expect(told(young, [[TODAY, ordered]]).at(-1)).toMatchObject({
      type: "PauseScheduled",
      data: { from: "2020-07-10", orderedOn: "2020-06-20" },
    });
  });

  it("before the upgrade whose terms are held, not from its day on", () => {
    const upgraded: Told = [["2020-07-10", upgrade()]];
    refuse(upgraded, range("2020-07-09", "2020-07-31"), "CONFLICT", "from");
    refuse(upgraded, pause({ effectiveOn: "2020-07-08" }), "CONFLICT", "effectiveOn");
    refuse(upgraded, range("2020-06-30", "2020-07-31"), "DATE_ALREADY_INVOICED", "from");
    refuse([...upgraded, ["2020-07-10", range("2020-07-10")]], range("2020-07-09"), "PAUSE_OVERLAPS", "from");
  });
});

describe("changing and cancelling are refused", () => {
  const scheduled: Told = [["2020-07-10", range("2020-08-01", "2020-08-10")]];
  const running: Told = [["2020-07-10", range("2020-07-20", "2020-08-10")]];

  it("for a day on which no pause begins, a cancelled one included", () => {
    refuse(scheduled, movePause("2020-08-02", {}), "PAUSE_NOT_FOUND", "from");
    refuse(scheduled, dropPause("2020-08-02"), "PAUSE_NOT_FOUND", "from");
    refuse([...scheduled, ["2020-07-11", dropPause("2020-08-01")]], dropPause("2020-08-01"), "PAUSE_NOT_FOUND", "from");
  });

  it("from the first free day on", () => {
    refuse(running, movePause("2020-07-20", { newUntil: "2020-08-20" }), "PAUSE_INVALID", "from");
    refuse(running, dropPause("2020-07-20"), "PAUSE_INVALID", "from");
    const past: Told = [["2020-07-10", range("2020-07-11", "2020-07-12")]];
    refuse(past, dropPause("2020-07-11"), "PAUSE_INVALID", "from");
  });

  it("to days that a new pause could not have", () => {
    const move = (newFrom: LocalDate, newUntil?: LocalDate) =>
      movePause("2020-08-01", { newFrom, ...(newUntil === undefined ? {} : { newUntil }) });
    refuse(scheduled, move("2020-08-11"), "PAUSE_INVALID", "newFrom");
    refuse(scheduled, move("2019-02-28"), "PAUSE_INVALID", "newFrom");
    const other: Told = [...scheduled, ["2020-07-10", range("2020-08-20", "2020-08-25")]];
    refuse(other, move("2020-08-15", "2020-08-20"), "PAUSE_OVERLAPS", "newFrom");
    refuse(scheduled, move("2020-06-30"), "DATE_ALREADY_INVOICED", "newFrom");
    refuse([...scheduled, ["2020-07-15", upgrade()]], move("2020-07-14"), "CONFLICT", "newFrom");
  });
});

describe("resuming is refused", () => {
  it("where no pause contains the day", () => {
    refuse([], resume(), "NOT_PAUSED", "commitmentId");
    const over: Told = [["2020-07-10", range("2020-07-11", "2020-07-19")]];
    refuse(over, resume(), "NOT_PAUSED", "commitmentId");
  });

  it("with only later pauses, one from tomorrow on included", () => {
    refuse([["2020-07-10", range("2020-07-21", "2020-07-31")]], resume(), "NOT_PAUSED", "commitmentId");
    refuse([["2020-07-19", pause({ effectiveOn: "2020-07-25" })]], resume(), "NOT_PAUSED", "commitmentId");
    refuse([["2020-07-10", range("2020-07-25")]], resume("2020-07-26"), "NOT_PAUSED", "commitmentId");
  });

  it("twice on one day", () => {
    const resumed: Told = [
      ["2020-07-10", pause()],
      ["2020-07-20", resume()],
    ];
    refuse(resumed, resume(), "NOT_PAUSED", "commitmentId");
  });

  it("for days before the pause", () => {
    refuse([["2020-07-10", pause()]], resume("2020-07-10"), "NOT_PAUSED", "commitmentId");
  });

  it("where the first day charged again lies in a closed period, or before an upgrade", () => {
    const long: Told = [["2020-06-10", pause()]];
    refuse(long, resume("2020-06-29"), "DATE_ALREADY_INVOICED", "effectiveOn");
    const upgraded: Told = [...long, ["2020-07-10", upgrade()]];
    refuse(upgraded, resume("2020-07-08"), "CONFLICT", "effectiveOn");
    refuse(upgraded, resume("2020-06-29"), "DATE_ALREADY_INVOICED", "effectiveOn");
  });
});

const steps: [string, Step][] = [
  ["pausing", range("2020-08-10", "2020-08-09")],
  ["changing a pause", movePause("2020-01-01", {})],
  ["cancelling a pause", dropPause("2020-01-01")],
  ["resuming", resume()],
];

it.each(steps)("%s is refused for what the commitment is before anything else, in this order", (_, step) => {
  const accounts = [account(accountOpened(), accountClosed(TODAY))];
  const owner = customer(customerCreated(), customerClosed(TODAY));
  given()
    .when(today(step, factsOf({ owner, accounts })))
    .thenRejected("COMMITMENT_NOT_FOUND", "commitmentId");
  given(assigned(), terminated("2020-07-19"))
    .when(today(step, factsOf({ owner, accounts })))
    .thenRejected("ALREADY_TERMINATED", "commitmentId");
  given(assigned())
    .when(today(step, factsOf({ owner, accounts })))
    .thenRejected("CUSTOMER_CLOSED", "commitmentId");
  given(assigned())
    .when(today(step, factsOf({ accounts })))
    .thenRejected("ACCOUNT_CLOSED", "commitmentId");
});

it("a commitment takes commands through its last day", () => {
  given(...told(assigned(), [["2020-07-01", terminate(TODAY)]]))
    .when(today(resume()))
    .thenRejected("NOT_PAUSED", "commitmentId");
});
