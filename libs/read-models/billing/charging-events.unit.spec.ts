import { describe, expect, it } from "vitest";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { firstDayMoved } from "./charging-events.js";
import { keyOf, type Placed, type Touched } from "./fold.js";

const nothing: Touched = { customers: new Map(), accounts: new Map(), classes: new Map(), commitments: new Map() };
const movedBy = (event: CommitmentEvent) =>
  firstDayMoved(nothing, { event, provider: "provider", id: "commitment" } as unknown as Placed);

const move = { pauseId: "pause-1", orderedOn: "2020-04-30", effectiveOn: "2020-05-10" };

describe("the first day that an event can change", () => {
  it("is its own", () => {
    const days = { from: "2020-05-10", until: null, now: false };
    const ends = { discountEndBefore: "2020-05-11", discountEndAfter: "2020-05-22" };
    expect(movedBy({ type: "PauseScheduled", data: { ...move, ...days, ...ends } })).toBe("2020-05-10");
  });

  it("is the day that a pause names which moves a discount end date before its first day", () => {
    const days = { from: "2020-05-10", until: "2020-05-12", discountEndBefore: "2020-04-20", discountEndAfter: null };
    const data = { ...move, ...days, chargesFrom: "2020-04-30" };
    expect(movedBy({ type: "PauseScheduled", data: { ...data, now: false } })).toBe("2020-04-30");
    expect(movedBy({ type: "PauseRequestApproved", data })).toBe("2020-04-30");
  });

  it("is the end date of the discount, where that includes the pause and moves to before it", () => {
    const ends = { discountEndBefore: "2020-05-11", discountEndAfter: "2020-04-30" };
    expect(movedBy({ type: "PauseCancelled", data: { ...move, ...ends } })).toBe("2020-04-30");
    const changed = {
      ...move,
      orderedOn: "2020-05-01",
      from: "2020-05-10",
      until: "2020-05-12",
      discountEndBefore: "2020-05-01",
    };
    expect(movedBy({ type: "PauseChanged", data: { ...changed, discountEndAfter: null } })).toBe("2020-05-01");
  });

  it("is the day of a transfer whose fee goes with a commitment that is cancelled before its start, or comes back", () => {
    const state = {
      start: "2020-08-10",
      termination: null as { on: string } | null,
      holders: [
        { from: "2020-08-10", transfer: null },
        { from: "2020-06-25", transfer: { fee: "7.77" } },
      ],
    };
    const moved = (event: object) =>
      firstDayMoved({ ...nothing, commitments: new Map([[keyOf("provider", "commitment"), { state }]]) } as never, {
        ...({ event, provider: "provider", id: "commitment" } as unknown as Placed),
      });
    const terminated = (effectiveOn: string) => moved({ type: "CommitmentTerminated", data: { effectiveOn } });
    expect(terminated("2020-08-09")).toBe("2020-06-25");
    expect(terminated("2020-08-10")).toBe("2020-08-10");
    state.termination = { on: "2020-08-05" };
    expect(terminated("2020-08-31")).toBe("2020-06-25");
    expect(moved({ type: "TerminationCancelled", data: { effectiveOn: "2020-08-03" } })).toBe("2020-06-25");
    state.termination = { on: "2020-08-31" };
    expect(moved({ type: "TerminationCancelled", data: { effectiveOn: "2020-08-12" } })).toBe("2020-08-12");
    expect(moved({ type: "CommitmentAnnulled", data: { effectiveOn: "2020-08-10" } })).toBe("2020-06-25");
  });
});
