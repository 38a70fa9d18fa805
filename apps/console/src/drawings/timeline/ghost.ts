import { type DayScale, rounded } from "../scale.js";
import { type Ghost, type Timeline } from "./data.js";
import { arcBetween } from "./discount-lane.js";
import { LANES } from "./shapes.js";

/** A range of days in a lane that a command would make, or that is being chosen. */
export interface GhostBox {
  readonly kind: "pause" | "termination" | "upgrade";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a discount end date would move. */
export interface GhostEnd {
  readonly x: number;
  readonly y: number;
  /** Null: there is none now, or it stays. */
  readonly arc: string | null;
}

/** What is drawn over the shapes while a command is being filled in. */
export interface GhostShapes {
  readonly boxes: readonly GhostBox[];
  readonly end: GhostEnd | null;
}

/** Places what a command would do, on the scale of the drawing. */
export const ghostShapes = (ghost: Ghost, scale: DayScale): GhostShapes => {
  const box = (kind: GhostBox["kind"], lane: keyof typeof LANES, from: number, until: number): GhostBox => ({
    kind,
    x: from,
    ...LANES[lane],
    width: rounded(Math.max(until - from, 2)),
  });
  const { pause, terminatedOn, upgradeUntil, discountEnd } = ghost;
  return {
    boxes: [
      ...(pause ? [box("pause", "service", scale.x(pause.from), scale.end(pause.until ?? scale.until))] : []),
      ...(terminatedOn ? [box("termination", "service", scale.end(terminatedOn), scale.end(scale.until))] : []),
      ...(upgradeUntil
        ? [box("upgrade", "package", rounded(scale.end(upgradeUntil) - 2), scale.end(upgradeUntil))]
        : []),
    ],
    end: discountEnd ? endOf(discountEnd, scale) : null,
  };
};

const endOf = ({ before, after }: NonNullable<Ghost["discountEnd"]>, scale: DayScale): GhostEnd | null =>
  after === null
    ? null
    : {
        x: scale.x(after),
        y: LANES.discount.y + LANES.discount.height - 8,
        arc: before === null || before === after ? null : arcBetween(scale.x(before), scale.x(after)),
      };

/** What a command would change of a timeline, by the timeline that it would lead to. */
export const ghostBetween = (before: Timeline, after: Timeline): Ghost => {
  const pause = after.pauses.find(
    (one) => !before.pauses.some(({ from, until }) => from === one.from && until === one.until),
  );
  const upgrade = after.upgrades.find(
    (one) =>
      !before.upgrades.some(
        ({ from, until, rowId }) => from === one.from && until === one.until && rowId === one.rowId,
      ),
  );
  const isEndMoved = before.discountEnd !== after.discountEnd;
  return {
    ...(pause && { pause: { from: pause.from, until: pause.until } }),
    ...(isEndMoved && { discountEnd: { before: before.discountEnd, after: after.discountEnd } }),
    ...(after.termination && after.termination.on !== before.termination?.on && { terminatedOn: after.termination.on }),
    ...(upgrade && { upgradeUntil: upgrade.until }),
  };
};
