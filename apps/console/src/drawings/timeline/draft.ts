import { addDays, addMonths, earlier, later } from "../days.js";
import { type Days, type Ghost, type Timeline, type TimelinePause, type TimelineUpgrade } from "./data.js";

/** What is being chosen on the drawing, by mouse or keys: nothing of it is sent. */
export type Draft =
  /** Days to pause, from one to the other, whichever is first. */
  | { readonly kind: "days"; readonly anchor: string; readonly day: string }
  /** New days of a pause: its first or last one moves. */
  | { readonly kind: "pause"; readonly of: TimelinePause; readonly edge: "from" | "until"; readonly day: string }
  /** A new first day without discount. */
  | { readonly kind: "end"; readonly day: string }
  /** A last charged day. */
  | { readonly kind: "cap"; readonly day: string }
  /** A new last day of a time-limited upgrade. */
  | { readonly kind: "upgrade"; readonly of: TimelineUpgrade; readonly day: string };

/** Commands that a drawing may open; those that the viewer may not give are left out. */
export interface Editing {
  readonly pause?: (days: { readonly from: string; readonly until: string }) => void;
  readonly changePause?: (pause: TimelinePause, days: Days) => void;
  readonly setDiscountEnd?: (day: string) => void;
  readonly terminate?: (day: string) => void;
  readonly extendUpgrade?: (upgrade: TimelineUpgrade, until: string) => void;
}

/** The chosen days in their order. */
export const daysOf = ({ anchor, day }: { readonly anchor: string; readonly day: string }) => ({
  from: earlier(anchor, day),
  until: later(anchor, day),
});

/** The days that a pause would have. */
export const pauseDaysOf = ({ of, edge, day }: Extract<Draft, { kind: "pause" }>): Days =>
  edge === "from"
    ? { from: of.until === null ? day : earlier(day, of.until), until: of.until }
    : { from: of.from, until: later(day, of.from) };

/** How a draft looks on the drawing. */
export const ghostOf = (draft: Draft, { discountEnd }: Timeline): Ghost => {
  switch (draft.kind) {
    case "days":
      return { pause: daysOf(draft) };
    case "pause":
      return { pause: pauseDaysOf(draft) };
    case "end":
      return { discountEnd: { before: discountEnd, after: draft.day } };
    case "cap":
      return { terminatedOn: draft.day };
    case "upgrade":
      return { upgradeUntil: draft.day };
  }
};

/** Opens the command of a draft, filled in; does nothing where the viewer may not give it. */
export const openDraft = (draft: Draft, editing: Editing): void => {
  switch (draft.kind) {
    case "days":
      editing.pause?.(daysOf(draft));
      return;
    case "pause":
      editing.changePause?.(draft.of, pauseDaysOf(draft));
      return;
    case "end":
      editing.setDiscountEnd?.(draft.day);
      return;
    case "cap":
      editing.terminate?.(draft.day);
      return;
    case "upgrade":
      editing.extendUpgrade?.(draft.of, draft.day);
  }
};

/** The day that a key leads to: arrows by a day, Page Up and Page Down by a month, `t` to today; null: another key. */
export const stepped = (day: string, key: string, today: string): string | null => {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return addDays(day, -1);
    case "ArrowRight":
    case "ArrowUp":
      return addDays(day, 1);
    case "PageUp":
      return addMonths(day, -1);
    case "PageDown":
      return addMonths(day, 1);
    case "t":
    case "T":
      return today;
    default:
      return null;
  }
};
