import { type Draft, type Editing } from "./draft.js";
import { type Shape } from "./shapes.js";
import style from "./timeline.module.css";

/** Where the pointer can take hold of a date, and what it then moves. */
export interface Grip {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly draft: Draft;
}

/** Half the width of a grip, in px: together the 24 that a finger needs. */
const HALF = 12;

/** The dates of a drawing that can be dragged by whom is given these commands. */
export const gripsOf = (shapes: readonly Shape[], editing: Editing): Grip[] =>
  shapes.flatMap((shape): Grip[] => {
    const at = (x: number, draft: Draft) => ({ x, y: shape.y, height: shape.height, draft });
    switch (shape.kind) {
      case "pause": {
        const { of } = shape;
        if (!editing.changePause || of.status !== "SCHEDULED") return [];
        return [
          at(shape.x, { kind: "pause", of, edge: "from", day: of.from }),
          ...(of.until === null
            ? []
            : [at(shape.x + shape.width, { kind: "pause", of, edge: "until", day: of.until } as const)]),
        ];
      }
      case "end":
        return editing.setDiscountEnd ? [at(shape.x + shape.width / 2, { kind: "end", day: shape.from })] : [];
      case "cap":
        return editing.terminate ? [at(shape.x + shape.width / 2, { kind: "cap", day: shape.from })] : [];
      case "upgrade":
        return editing.extendUpgrade && shape.of.running
          ? [at(shape.x + shape.width, { kind: "upgrade", of: shape.of, day: shape.of.until })]
          : [];
      default:
        return [];
    }
  });

export const Grips = ({ of }: { readonly of: readonly Grip[] }) =>
  of.map(({ x, y, height, draft }, index) => (
    <rect
      key={index}
      className={style.grip}
      x={x - HALF}
      y={y}
      width={2 * HALF}
      height={height}
      data-grab={index}
      data-moves={draft.kind}
    />
  ));
