import { addDays } from "../days.js";
import { type DayScale, dayScale, rounded } from "../scale.js";

/** Calls of a day. */
export interface CallsOfDay {
  readonly day: string;
  readonly rated: number;
  /** Without an amount. */
  readonly unrated: number;
}

/** A day's bar, in px: calls without an amount stand on those that have one. */
export interface CallBar {
  readonly of: CallsOfDay;
  readonly x: number;
  readonly width: number;
  readonly rated: { readonly y: number; readonly height: number };
  readonly unrated: { readonly y: number; readonly height: number };
}

/** Where bars stand. */
export const CALL_BARS = { y: 28, height: 90 } as const;
export const CALLS_HEIGHT = CALL_BARS.y + CALL_BARS.height + 2;

const WIDEST = 28;
/** A day with few calls beside one with many is seen all the same. */
const LOWEST = 2;

/** @param days in order, at least one @param width of the drawing in px */
export const layoutCalls = (
  days: readonly CallsOfDay[],
  width: number,
): { readonly scale: DayScale; readonly bars: readonly CallBar[] } => {
  const [first, last] = [days[0]?.day ?? "1970-01-01", days.at(-1)?.day ?? "1970-01-01"];
  // A week at least, so that a day alone is no wall.
  const until = last < addDays(first, 6) ? addDays(first, 6) : last;
  const scale = dayScale(first, until, width);
  const most = Math.max(1, ...days.map(({ rated, unrated }) => rated + unrated));
  const high = (count: number): number =>
    count === 0 ? 0 : Math.max(LOWEST, rounded((count / most) * CALL_BARS.height));
  const ground = CALL_BARS.y + CALL_BARS.height;
  const bars = days.map((of): CallBar => {
    const room = scale.end(of.day) - scale.x(of.day);
    const wide = rounded(Math.max(1, Math.min(WIDEST, room * 0.8)));
    const rated = high(of.rated);
    const unrated = high(of.unrated);
    return {
      of,
      x: rounded(scale.x(of.day) + (room - wide) / 2),
      width: wide,
      rated: { y: rounded(ground - rated), height: rated },
      unrated: { y: rounded(ground - rated - unrated), height: unrated },
    };
  });
  return { scale, bars };
};
