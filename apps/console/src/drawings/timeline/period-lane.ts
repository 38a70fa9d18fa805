import { later, partsOf } from "../days.js";
import { type DayScale } from "../scale.js";
import { type Timeline, type TimelinePeriod } from "./data.js";
import { LANES, type Shape } from "./shapes.js";

/** Space between two periods, in px. */
const GAP = 2;

/** The periods, or so many of them as one that no more than `most` are drawn. */
export const periodShapes = ({ periods }: Timeline, scale: DayScale, most: number): Shape[] =>
  merged(periods, most).flatMap((group): Shape[] => {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last) return [];
    // Its first period may have begun before the commitment.
    const x = scale.x(later(first.from, scale.from));
    const place = {
      key: `period ${first.from}`,
      lane: "periods",
      x,
      ...LANES.periods,
      width: Math.max(scale.end(last.until) - x - GAP, 1),
      from: first.from,
      until: last.until,
    } as const;
    return [group.length === 1 ? { ...place, kind: "period", of: first } : { ...place, kind: "periods", of: group }];
  });

/** Names of the calendar's spans that a day is in, from short to long. */
const SPANS: readonly ((day: string) => string)[] = [
  (day) => day.slice(0, 7),
  (day) => `${day.slice(0, 4)} ${Math.floor((partsOf(day).month - 1) / 3)}`,
  (day) => day.slice(0, 4),
  (day) => day.slice(0, 3),
];

/** Groups of periods of one state: single ones if there are few, else by month, quarter, year or ten years. */
export const merged = (periods: readonly TimelinePeriod[], most: number): TimelinePeriod[][] => {
  if (periods.length <= most) return periods.map((period) => [period]);
  const ways = SPANS.map((span) => grouped(periods, span));
  return ways.find((groups) => groups.length <= most) ?? ways.at(-1) ?? [];
};

const grouped = (periods: readonly TimelinePeriod[], span: (day: string) => string): TimelinePeriod[][] => {
  const groups: TimelinePeriod[][] = [];
  for (const period of periods) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last?.state === period.state && span(last.from) === span(period.from)) group.push(period);
    else groups.push([period]);
  }
  return groups;
};
