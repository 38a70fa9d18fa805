import { addDays, addMonths, earlier, later } from "../days.js";
import { type DayScale, dayScale } from "../scale.js";
import { type Timeline } from "./data.js";
import { discountShapes } from "./discount-lane.js";
import { moneyShapes } from "./money-lane.js";
import { packageShapes } from "./package-lane.js";
import { periodShapes } from "./period-lane.js";
import { serviceShapes } from "./service-lane.js";
import { type Shape } from "./shapes.js";

/** How many periods are drawn one by one, at one time the width that is seen. */
export const MOST_PERIODS = 60;

export interface Layout {
  readonly scale: DayScale;
  /** By lane, in a lane from left to right: the order in which keys walk them. */
  readonly shapes: readonly Shape[];
}

/**
 * Places everything of a commitment on a line of days.
 * @param width of the whole drawing in px @param zoom how many times the width that is seen at once it is, from 1 on
 * @param after the timeline that a command would lead to: its days are on the line too
 */
export const layout = (data: Timeline, width: number, zoom = 1, after: Timeline | null = null): Layout => {
  const scale = scaleOf(data, after, width);
  const shapes = [
    periodShapes(data, scale, MOST_PERIODS * zoom),
    serviceShapes(data, scale),
    packageShapes(data, scale),
    discountShapes(data, scale),
    moneyShapes(data, scale, MOST_PERIODS * zoom),
  ].flatMap((lane) => lane.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.from < b.from ? -1 : 1)));
  return { scale, shapes };
};

/** Where a shape begins; a diamond stands above what begins on its day. */
const placeOf = ({ kind, x, width }: Shape): number => (kind === "end" ? x + width / 2 + 0.01 : x);

/** The days that are drawn: those of the data, of what a command would make of them, and today. */
const scaleOf = (data: Timeline, after: Timeline | null, width: number): DayScale => {
  const until = [data, ...(after ? [after] : [])].map(lastDayOf).reduce(later);
  return dayScale(earlier(data.from, data.today), later(until, addDays(data.today, 31)), width);
};

/** With room behind the discount end to move it to, unless the commitment ends before. */
const lastDayOf = ({ until, discountEnd, termination, requests = [] }: Timeline): string => {
  const asked = requests.reduce((last, request) => later(last, request.until ?? request.from), until);
  if (discountEnd === null || (termination && termination.on < discountEnd)) return asked;
  return later(asked, addMonths(discountEnd, 2));
};
