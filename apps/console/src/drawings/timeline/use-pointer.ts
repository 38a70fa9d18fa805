import { type PointerEvent, useRef } from "react";
import { type DayScale } from "../scale.js";
import { type Draft } from "./draft.js";
import { type Grip } from "./grips.js";
import { LANES } from "./shapes.js";

/** How far a pointer has to go, in px, before it drags. */
const FAR = 4;

interface Given {
  readonly scale: DayScale;
  readonly grips: readonly Grip[];
  readonly canPause: boolean;
  readonly onDraft: (draft: Draft | null) => void;
  readonly onOpen: (draft: Draft) => void;
  readonly onDay: (day: string) => void;
}

type Hold = { readonly x: number; readonly draft: Draft | null; moved: boolean };

/**
 * Dragging on the drawing: a date by its grip, days on the lane of service, the line of the day on the axis. A drag opens
 * its command when it ends; a press that goes nowhere stays a press.
 */
export const usePointer = ({ scale, grips, canPause, onDraft, onOpen, onDay }: Given) => {
  const hold = useRef<Hold | null>(null);
  const place = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const moved = (held: Hold, x: number): Draft | null =>
    held.draft === null
      ? null
      : // The first day without discount begins where the diamond is: the nearest edge of a day.
        {
          ...held.draft,
          day: scale.dayAt(held.draft.kind === "end" ? x + (scale.end(scale.from) - scale.x(scale.from)) / 2 : x),
        };

  return {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      const { x, y } = place(event);
      const grab =
        event.target instanceof Element ? event.target.closest("[data-grab]")?.getAttribute("data-grab") : null;
      const grip = grab ? grips[Number(grab)] : undefined;
      const isOnService = y >= LANES.service.y && y <= LANES.service.y + LANES.service.height;
      const day = scale.dayAt(x);
      if (grip) hold.current = { x, draft: grip.draft, moved: false };
      else if (grab === "as-of" || y < LANES.periods.y) hold.current = { x, draft: null, moved: true };
      else if (isOnService && canPause) hold.current = { x, draft: { kind: "days", anchor: day, day }, moved: false };
      else return;
      if (hold.current.draft === null) onDay(day);
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const held = hold.current;
      if (!held) return;
      const { x } = place(event);
      if (!held.moved && Math.abs(x - held.x) < FAR) return;
      // From here on it is a drag: the pointer may leave the drawing.
      if (!event.currentTarget.hasPointerCapture(event.pointerId))
        event.currentTarget.setPointerCapture(event.pointerId);
      held.moved = true;
      if (held.draft === null) onDay(scale.dayAt(x));
      else onDraft(moved(held, x));
    },
    onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
      const held = hold.current;
      hold.current = null;
      if (!held?.moved || held.draft === null) return;
      const draft = moved(held, place(event).x);
      if (draft) onOpen(draft);
    },
    onPointerCancel: () => {
      hold.current = null;
      onDraft(null);
    },
    /** Esc during a drag. */
    drop: () => {
      hold.current = null;
    },
  };
};
