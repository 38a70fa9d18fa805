import { addDays } from "../days.js";
import { cut, type Range, shared, without } from "../ranges.js";
import { type DayScale, rounded } from "../scale.js";
import { type Timeline, type TimelineShift } from "./data.js";
import { LANES, type Shape } from "./shapes.js";

/** Height of the bar, in px; arcs are above it. */
const BAR = 16;
/** Half the width of the diamond, in px. */
const DIAMOND = 9;
/** Room for the highest arc, in px. */
const HIGHEST = LANES.discount.height - BAR - 4;
const BAR_Y = LANES.discount.y + LANES.discount.height - BAR;

/**
 * The discounted days; those under a rate of the customer, which takes the discount's place and may outlast it, grey; the
 * diamond on the first day without discount; an arc per move of it. Nothing behind the last charged day.
 */
export const discountShapes = (data: Timeline, scale: DayScale): Shape[] => {
  const { discountFrom, discountEnd } = data;
  const held = { from: data.from, until: data.termination?.on ?? scale.until };
  const isDrawn = (day: string): boolean => data.termination === null || day <= addDays(data.termination.on, 1);
  const given =
    discountFrom === null || discountEnd === null ? null : { from: discountFrom, until: addDays(discountEnd, -1) };
  const whole = given && shared(given, held);
  const rates = data.rates.flatMap((rate) => {
    // What holds through the last day that is known goes on behind it.
    const isEndless = rate.until === null || rate.until >= data.until;
    const range = shared(cut({ from: rate.from, until: isEndless ? null : rate.until }, held.until), held);
    return range ? [{ rate, range }] : [];
  });
  const own = whole
    ? without(
        whole,
        rates.map(({ range }) => range),
      )
    : [];
  return [
    ...own.map((range): Shape => ({ ...barOf(range, scale), kind: "discount", rate: null })),
    ...rates.map(({ rate, range }): Shape => ({ ...barOf(range, scale), kind: "discount", rate })),
    ...data.shifts.flatMap((shift, index) => (isDrawn(shift.to) ? shiftOf(shift, index, scale) : [])),
    ...(discountEnd === null || !isDrawn(discountEnd)
      ? []
      : [
          {
            key: "end",
            lane: "discount",
            x: rounded(scale.x(discountEnd) - DIAMOND),
            y: BAR_Y + BAR / 2 - DIAMOND,
            width: 2 * DIAMOND,
            height: 2 * DIAMOND,
            from: discountEnd,
            until: discountEnd,
            kind: "end",
            open: data.discountEndOpen,
          } as const,
        ]),
  ];
};

const barOf = ({ from, until }: Range, scale: DayScale) => {
  const x = scale.x(from);
  return {
    key: `discount ${from}`,
    lane: "discount" as const,
    x,
    y: BAR_Y,
    width: rounded(scale.end(until) - x),
    height: BAR,
    from,
    until,
  };
};

/** An arc from the old end to the new; where there was none before, the mark of how it was agreed. */
const shiftOf = (of: TimelineShift, index: number, scale: DayScale): Shape[] => {
  if (of.to === of.from) return [];
  const to = scale.x(of.to);
  const from = of.from === null ? to : scale.x(of.from);
  const height = of.from === null ? 0 : arcHeight(from, to);
  // A default date says nothing that the diamond does not.
  if (of.from === null && of.cause === "AGREED") return [];
  return [
    {
      key: `shift ${index}`,
      lane: "discount",
      x: Math.min(from, to),
      y: rounded(BAR_Y - height),
      width: rounded(Math.abs(to - from)),
      height: rounded(height),
      from: of.from ?? of.to,
      until: of.to,
      kind: "shift",
      of,
      arc: of.from === null ? null : arcBetween(from, to),
    },
  ];
};

const arcHeight = (from: number, to: number): number => Math.min(HIGHEST, 10 + Math.abs(to - from) / 3);

/** The path of an arc above the bar, from one place to another. */
export const arcBetween = (from: number, to: number): string => {
  // The top of a quadratic curve is halfway to its control point.
  const control = rounded(BAR_Y - 2 * arcHeight(from, to));
  return `M ${from} ${BAR_Y} Q ${rounded((from + to) / 2)} ${control} ${to} ${BAR_Y}`;
};
