import { earlier, later } from "../days.js";
import { type DayScale, rounded } from "../scale.js";
import { type Days, type Timeline, type TimelineRate } from "./data.js";
import { LANES, type Shape } from "./shapes.js";

/** How far a time-limited upgrade stands above the package that it betters, in px. */
const RAISED = 14;
/** Space between two packages, in px. */
const GAP = 2;

const earlierEnd = (one: string | null, other: string | null): string | null =>
  one === null ? other : other === null ? one : earlier(one, other);

const rateOn = ({ rates }: Timeline, day: string): TimelineRate | null =>
  rates.find(({ from, until }) => from <= day && (until === null || day <= until)) ?? null;

/** A block per agreement and price, and raised ones for time-limited upgrades. */
export const packageShapes = (data: Timeline, scale: DayScale): Shape[] => {
  const last = data.termination?.on ?? scale.until;
  const place = (name: string, { from, until }: Days, end: number) => {
    const x = scale.x(from);
    return {
      key: `${name} ${from}`,
      lane: "package" as const,
      x,
      width: rounded(Math.max(end - x - GAP, 1)),
      from,
      until,
    };
  };
  const endOf = ({ until }: Days) => scale.end(until === null ? last : earlier(until, scale.until));
  return [
    ...data.agreements
      .filter(({ from }) => from <= last)
      .flatMap((of) =>
        data.prices.flatMap((price): Shape[] => {
          const until = earlierEnd(of.until, price.until);
          const days = { from: later(of.from, price.from), until };
          if (days.from > last || (until !== null && until < days.from)) return [];
          return [
            {
              ...place("agreement", days, endOf({ ...days, until: until === null ? null : earlier(until, last) })),
              y: LANES.package.y + RAISED,
              height: LANES.package.height - RAISED,
              kind: "agreement",
              of,
              price,
              rate: price.discountOrigin === "CUSTOMER_RATE" ? rateOn(data, days.from) : null,
              isFirst: days.from === of.from,
            },
          ];
        }),
      ),
    ...data.upgrades.map((of): Shape => ({
      ...place(`upgrade ${of.rowId}`, of, endOf(of)),
      y: LANES.package.y,
      height: RAISED + 4,
      kind: "upgrade",
      of,
    })),
  ];
};
