import { addDays, earlier, later } from "../days.js";
import { type DayScale, rounded } from "../scale.js";
import { type DiscountGiven, type Timeline } from "./data.js";
import { LANES, type Shape } from "./shapes.js";

/** Width of the penalty's bar, in px. */
const BAR = 10;

/** The staircase of discounts given, and the penalty beside it on one scale. */
export const moneyShapes = (data: Timeline, scale: DayScale, most: number): Shape[] => {
  const { given, penalty, currency } = data;
  const highest = Math.max(...given.map(({ total }) => Number(total)), Number(penalty?.amount ?? 0), 0);
  if (highest === 0) return [];
  const { y, height } = LANES.money;
  const tall = (amount: string) => rounded((Number(amount) / highest) * height);
  const steps = stepsOf(given, most);
  const lastOf = steps.at(-1);
  const end = later(
    lastOf ? addDays(lastOf.on, 1) : data.from,
    earlier(data.termination?.on ?? data.today, data.today),
  );
  return [
    ...steps.map((of, index): Shape => {
      const next = steps[index + 1];
      const x = scale.x(of.on);
      return {
        key: `given ${of.on}`,
        lane: "money",
        x,
        y: rounded(y + height - tall(of.total)),
        width: rounded((next ? scale.x(next.on) : scale.end(earlier(end, scale.until))) - x),
        height: tall(of.total),
        from: of.on,
        until: of.on,
        kind: "given",
        of,
        currency,
      };
    }),
    ...(penalty
      ? [
          {
            key: "penalty",
            lane: "money",
            x: rounded(scale.end(penalty.on)),
            y: rounded(y + height - tall(penalty.amount)),
            width: BAR,
            height: tall(penalty.amount),
            from: penalty.on,
            until: penalty.on,
            kind: "penalty",
            of: penalty,
            currency,
          } as const,
        ]
      : []),
  ];
};

/** Of so many steps that they would not be told apart, the last of each month or year: each says the whole so far. */
const stepsOf = (given: readonly DiscountGiven[], most: number): readonly DiscountGiven[] => {
  const byDay = lastOfEach(given, ({ on }) => on);
  if (byDay.length <= most) return byDay;
  const byMonth = lastOfEach(byDay, ({ on }) => on.slice(0, 7));
  return byMonth.length <= most ? byMonth : lastOfEach(byDay, ({ on }) => on.slice(0, 4));
};

const lastOfEach = (given: readonly DiscountGiven[], span: (step: DiscountGiven) => string): DiscountGiven[] =>
  given.filter((step, index) => {
    const next = given[index + 1];
    return !next || span(next) !== span(step);
  });
