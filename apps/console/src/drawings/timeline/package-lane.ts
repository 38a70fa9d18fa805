import { earlier } from "../days.js";
import { type DayScale } from "../scale.js";
import { type Days, type Timeline } from "./data.js";
import { LANES, type Shape } from "./shapes.js";

/** How far a time-limited upgrade stands above the package that it betters, in px. */
const RAISED = 14;
/** Space between two packages, in px. */
const GAP = 2;

/** A block per agreement, and raised ones for time-limited upgrades. */
export const packageShapes = (data: Timeline, scale: DayScale): Shape[] => {
  const last = data.termination?.on ?? scale.until;
  const place = (name: string, { from, until }: Days, end: number) => {
    const x = scale.x(from);
    return { key: `${name} ${from}`, lane: "package" as const, x, width: Math.max(end - x - GAP, 1), from, until };
  };
  const endOf = ({ until }: Days) => scale.end(until === null ? last : earlier(until, scale.until));
  return [
    ...data.agreements
      .filter(({ from }) => from <= last)
      .map((of): Shape => ({
        ...place("agreement", of, endOf({ ...of, until: of.until === null ? null : earlier(of.until, last) })),
        y: LANES.package.y + RAISED,
        height: LANES.package.height - RAISED,
        kind: "agreement",
        of,
      })),
    ...data.upgrades.map((of): Shape => ({
      ...place(`upgrade ${of.rowId}`, of, endOf(of)),
      y: LANES.package.y,
      height: RAISED + 4,
      kind: "upgrade",
      of,
    })),
  ];
};
