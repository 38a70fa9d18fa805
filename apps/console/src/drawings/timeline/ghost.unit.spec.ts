import { describe, expect, it } from "vitest";
import { eventful, paused } from "../spec-support/timelines.js";
import { ghostBetween, ghostShapes } from "./ghost.js";
import { layout } from "./layout.js";

describe("the ghost of a command", () => {
  const { scale } = layout({ ...paused, pauses: [], discountEnd: "2020-10-31", until: "2020-12-31" }, 269);

  it("shows the paused days, and how the discount end would move", () => {
    expect([scale.from, scale.until]).toEqual(["2020-05-01", "2020-12-31"]);
    const ghost = {
      pause: { from: "2020-08-01", until: "2020-09-30" },
      discountEnd: { before: "2020-10-31", after: "2020-12-31" },
    };
    expect(ghostShapes(ghost, scale)).toEqual({
      boxes: [{ kind: "pause", x: 104, y: 78, width: 61, height: 34 }],
      end: { x: 256, y: 240, arc: "M 195 232 Q 225.5 171.33 256 232" },
    });
  });

  it("shows where a termination, an upgrade and an open pause would be; an end that stays has no arc", () => {
    expect(ghostShapes({ terminatedOn: "2020-10-31" }, scale)).toEqual({
      boxes: [{ kind: "termination", x: 196, y: 78, width: 61, height: 34 }],
      end: null,
    });
    expect(ghostShapes({ upgradeUntil: "2020-07-31" }, scale).boxes).toEqual([
      { kind: "upgrade", x: 102, y: 130, width: 2, height: 42 },
    ]);
    const open = {
      pause: { from: "2020-12-01", until: null },
      discountEnd: { before: "2020-10-31", after: "2020-10-31" },
    };
    expect(ghostShapes(open, scale)).toEqual({
      boxes: [{ kind: "pause", x: 226, y: 78, width: 31, height: 34 }],
      end: { x: 195, y: 240, arc: null },
    });
  });

  it("is what differs between a timeline and the one that a command leads to", () => {
    const before = { ...paused, pauses: [], discountEnd: "2020-10-31" };
    expect(ghostBetween(before, paused)).toEqual({
      pause: { from: "2020-08-01", until: "2020-09-30" },
      discountEnd: { before: "2020-10-31", after: "2020-12-31" },
    });
    expect(ghostBetween({ ...eventful, termination: null, upgrades: [] }, eventful)).toEqual({
      terminatedOn: "2020-10-31",
      upgradeUntil: "2020-07-31",
    });
    expect(ghostBetween(paused, paused)).toEqual({});
  });
});
