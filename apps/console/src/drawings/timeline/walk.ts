import { LANE_NAMES, type Shape } from "./shapes.js";

/** The keys that move the focus between shapes. */
export type WalkKey = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End";
export const isWalkKey = (key: string): key is WalkKey =>
  ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(key);

/**
 * The shape that a key leads to from another one: left and right in its lane, up and down to the nearest of the next lane
 * that has any, Home and End to a lane's edges. The same one where there is none.
 */
export const walked = (shapes: readonly Shape[], from: Shape, key: WalkKey): Shape => {
  const lane = shapes.filter((shape) => shape.lane === from.lane);
  const at = lane.findIndex(({ key: other }) => other === from.key);
  switch (key) {
    case "ArrowLeft":
      return lane[at - 1] ?? from;
    case "ArrowRight":
      return lane[at + 1] ?? from;
    case "Home":
      return lane[0] ?? from;
    case "End":
      return lane.at(-1) ?? from;
    case "ArrowUp":
      return nearest(shapes, from, LANE_NAMES.slice(0, LANE_NAMES.indexOf(from.lane)).reverse());
    case "ArrowDown":
      return nearest(shapes, from, LANE_NAMES.slice(LANE_NAMES.indexOf(from.lane) + 1));
  }
};

const nearest = (shapes: readonly Shape[], from: Shape, lanes: readonly Shape["lane"][]): Shape => {
  const next = lanes.map((lane) => shapes.filter((shape) => shape.lane === lane)).find((lane) => lane.length > 0) ?? [];
  return (
    next.reduce<Shape | null>(
      (best, shape) => (best && distance(best, from) <= distance(shape, from) ? best : shape),
      null,
    ) ?? from
  );
};

/** Between two shapes, across the line of days: 0 where they share a px. */
const distance = (one: Shape, other: Shape): number =>
  Math.max(0, 1 + one.x - (other.x + other.width), 1 + other.x - (one.x + one.width));
