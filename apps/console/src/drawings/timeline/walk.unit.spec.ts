import { describe, expect, it } from "vitest";
import { paused } from "../spec-support/timelines.js";
import { layout } from "./layout.js";
import { walked, type WalkKey } from "./walk.js";

describe("keys between the shapes of a timeline", () => {
  const { shapes } = layout(paused, 328);
  const path = (start: string, keys: readonly WalkKey[]): string[] => {
    let at = shapes.find(({ key }) => key === start);
    return keys.map((key) => {
      at = at && walked(shapes, at, key);
      return at?.key ?? "nothing";
    });
  };

  it("walk along a lane and stop at its ends", () => {
    expect(path("service 2020-05-01", ["ArrowLeft", "ArrowRight", "ArrowRight", "End", "ArrowRight", "Home"])).toEqual([
      "service 2020-05-01",
      "service 2020-07-15",
      "pause 2020-08-01",
      "service 2020-10-01",
      "service 2020-10-01",
      "service 2020-05-01",
    ]);
  });

  it("go up and down to what is nearest", () => {
    expect(
      path("pause 2020-08-01", ["ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]),
    ).toEqual([
      "period 2020-08-01",
      "period 2020-08-01",
      "pause 2020-08-01",
      "agreement 2020-05-01",
      "discount 2020-05-01",
      "given 2020-05-31",
    ]);
  });

  it("pass by a lane in which there is nothing", () => {
    const bare = layout({ ...paused, discountFrom: null, discountEnd: null, shifts: [] }, 328).shapes;
    const agreement = bare.find(({ kind }) => kind === "agreement");
    expect(agreement && walked(bare, agreement, "ArrowDown").key).toBe("given 2020-05-31");
  });
});
