import { describe, expect, it } from "vitest";
import { type CommitmentEvent } from "#domain/commitments/events.js";
import { firstDayMoved } from "./charging-events.js";
import { type Placed, type Touched } from "./fold.js";

const nothing: Touched = { customers: new Map(), accounts: new Map(), classes: new Map(), commitments: new Map() };
const movedBy = (event: CommitmentEvent) =>
  firstDayMoved(nothing, { event, provider: "provider", id: "commitment" } as unknown as Placed);

const move = { pauseId: "pause-1", orderedOn: "2020-04-30", discountEndFloors: [], effectiveOn: "2020-05-10" };

describe("the first day that an event can change", () => {
  it("is its own", () => {
    const days = { from: "2020-05-10", until: null, now: false };
    const ends = { discountEndBefore: "2020-05-11", discountEndAfter: "2020-05-22" };
    expect(movedBy({ type: "PauseScheduled", data: { ...move, ...days, ...ends } })).toBe("2020-05-10");
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
});
