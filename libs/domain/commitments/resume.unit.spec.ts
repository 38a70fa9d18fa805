import { describe, expect, it } from "vitest";
import { at } from "../spec-support/examples.js";
import { givenFor } from "../spec-support/given.js";
import { assigned } from "../spec-support/history.js";
import { after, factsOf, pause, resume, setEnd, told } from "../spec-support/story.js";
import { commitmentEvolver, statusOn } from "./commitment.js";
import { type PauseEnded } from "./events.js";

const given = givenFor(commitmentEvolver);
const start = assigned({ effectiveOn: "2019-10-31", discountEnd: "2020-10-31" });
type State = Parameters<ReturnType<typeof pause>>[0];
const on = (date: string, step: ReturnType<typeof pause>) => (state: State) => step(state, factsOf(), at(date), "9");
const move = { pauseId: "pause-1" };
const summer = told(start, [["2020-07-15", pause({ from: "2020-08-01", until: "2020-09-30" })]]);

describe("resuming", () => {
  const ended = (until: string, changes: Partial<PauseEnded["data"]> = {}): PauseEnded => ({
    type: "PauseEnded",
    data: {
      ...move,
      orderedOn: "2020-08-10",
      until,
      discountEndBefore: "2020-12-31",
      discountEndAfter: "2020-11-10",
      effectiveOn: until,
      ...changes,
    },
  });
  const open = told(start, [["2020-07-31", pause()]]);

  it("makes today the last free day", () => {
    given(...summer)
      .when(on("2020-08-10", resume()))
      .then([ended("2020-08-10")]);
    given(...open)
      .when(on("2020-08-10", resume()))
      .then([ended("2020-08-10", { discountEndBefore: "2020-11-10" })]);
  });

  it("may date back to the day before the running period, and forward within the pause", () => {
    given(...told(start, [["2020-07-19", pause()]]))
      .when(on("2020-08-10", resume("2020-07-31")))
      .then([ended("2020-07-31", { discountEndBefore: "2020-11-22", discountEndAfter: "2020-11-12" })]);
    given(...summer)
      .when(on("2020-08-10", resume("2020-09-15")))
      .then([ended("2020-09-15", { discountEndAfter: "2020-12-16" })]);
    given(...open)
      .when(on("2020-08-10", resume("2020-08-20")))
      .then([ended("2020-08-20", { discountEndBefore: "2020-11-10", discountEndAfter: "2020-11-20" })]);
  });

  it("as of a coming day moves a date that was set meanwhile by the days beyond those it includes", () => {
    // Set on 08-10 to 08-11, with the 10 days of the open pause until then; through 08-20 they are 20.
    given(
      ...told(start, [
        ["2020-07-31", pause()],
        ["2020-08-10", setEnd("2020-08-11")],
      ]),
    )
      .when(on("2020-08-10", resume("2020-08-20")))
      .then([ended("2020-08-20", { discountEndBefore: "2020-08-11", discountEndAfter: "2020-08-21" })]);
  });

  it("on the first free day leaves a pause of one day", () => {
    given(...summer)
      .when(on("2020-08-01", resume()))
      .then([ended("2020-08-01", { orderedOn: "2020-08-01", discountEndAfter: "2020-11-01" })]);
  });

  it("on the day of a pause now cancels that pause", () => {
    given(...open)
      .when(on("2020-07-31", resume()))
      .then([
        {
          type: "PauseCancelled",
          data: {
            ...move,
            orderedOn: "2020-07-31",
            discountEndBefore: "2020-10-31",
            discountEndAfter: "2020-10-31",
            effectiveOn: "2020-08-01",
          },
        },
      ]);
  });

  it("leaves the status paused for that day, and a new pause now may follow", () => {
    const again = after(start, [
      ["2020-07-31", pause()],
      ["2020-08-10", resume()],
    ]);
    expect([statusOn(again, "2020-08-10"), statusOn(again, "2020-08-11")]).toEqual(["PAUSED", "ACTIVE"]);
    given(
      ...told(start, [
        ["2020-07-31", pause()],
        ["2020-08-10", resume()],
        ["2020-08-10", pause()],
      ]),
    )
      .when(on("2020-08-10", resume()))
      .then([
        {
          type: "PauseCancelled",
          data: {
            ...move,
            pauseId: "pause-3",
            orderedOn: "2020-08-10",
            discountEndBefore: "2020-11-10",
            discountEndAfter: "2020-11-10",
            effectiveOn: "2020-08-11",
          },
        },
      ]);
  });
});
