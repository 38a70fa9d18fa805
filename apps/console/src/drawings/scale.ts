import { scaleLinear } from "d3-scale";
import { addDays, dayNumber, dayText, firstOfMonth, partsOf } from "./days.js";

/** Room at both ends of an axis for what stands on an edge, in px. */
export const EDGE = 12;

/** Days on a line of so many px. */
export interface DayScale {
  readonly from: string;
  readonly until: string;
  readonly width: number;
  /** Where a day begins, in px from the left. */
  readonly x: (day: string) => number;
  /** Where the day after begins: the end of a range whose last day it is. */
  readonly end: (day: string) => number;
  /** The day that lies at so many px; the nearest where there is none. */
  readonly dayAt: (x: number) => string;
}

/** @param from first day @param until last day @param width of the whole line in px */
export const dayScale = (from: string, until: string, width: number): DayScale => {
  const first = dayNumber(from);
  const last = Math.max(dayNumber(until), first);
  const scale = scaleLinear()
    .domain([first, last + 1])
    .range([EDGE, Math.max(width - EDGE, EDGE + 1)]);
  return {
    from,
    until: dayText(last),
    width,
    x: (day) => rounded(scale(dayNumber(day))),
    end: (day) => rounded(scale(dayNumber(day) + 1)),
    dayAt: (x) => dayText(Math.min(Math.max(Math.floor(scale.invert(x)), first), last)),
  };
};

/** To a hundredth of a px. */
export const rounded = (px: number): number => Number(px.toFixed(2));

/** A day that is marked on an axis, and how much of it is worth saying there. */
export interface Tick {
  readonly day: string;
  readonly x: number;
  readonly says: "day" | "month" | "year";
}

/** Steps of ticks, in months; each shows the first of a month. */
const MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];
/** Steps of short axes, in days. */
const DAYS = [1, 2, 7, 14];

/** The ticks of an axis, at least `room` px apart: days of short ones, else months; January says its year. */
export const ticksOf = (scale: DayScale, room = 52): Tick[] => {
  const perDay = scale.end(scale.from) - scale.x(scale.from);
  const days = DAYS.find((step) => step * perDay >= room);
  return days === undefined ? monthTicks(scale, room, perDay) : dayTicks(scale, days);
};

const dayTicks = (scale: DayScale, step: number): Tick[] => {
  const ticks: Tick[] = [];
  for (let day = scale.from; day <= scale.until; day = addDays(day, step)) {
    ticks.push({ day, x: scale.x(day), says: "day" });
  }
  return ticks;
};

const monthTicks = (scale: DayScale, room: number, perDay: number): Tick[] => {
  const step = MONTHS.find((months) => months * 28 * perDay >= room) ?? 240;
  const { year, month } = partsOf(scale.from);
  // Whole steps of the calendar: quarters begin in January, ten years in 2020.
  let count = Math.ceil((year * 12 + month - 1) / step) * step;
  const ticks: Tick[] = [];
  for (let day = firstOfMonth(count); day <= scale.until; count += step, day = firstOfMonth(count)) {
    if (day >= scale.from) ticks.push({ day, x: scale.x(day), says: count % 12 === 0 ? "year" : "month" });
  }
  return ticks;
};
