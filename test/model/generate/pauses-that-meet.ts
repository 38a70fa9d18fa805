import { dayOf, textOf, type Day } from "../naive/calendar.js";
import { storyOf } from "../naive/support.js";
import { type Step, type Story } from "../story.js";
import { Random } from "./random.js";

/**
 * A story of a few pauses that are known, a discount end date that is set among them, and what becomes of both: pauses
 * moved, cancelled, ended and ordered as of other days. Nobody aims; much of it is refused.
 */
export function tellMeetingPauses(seed: number): Story {
  const random = new Random(seed * 7919 + 13);
  const start = dayOf("2020-01-01");
  const steps: Step[] = [{ on: textOf(start), assign: "Internet", account: "1", as: "net" }];
  const tell = (on: Day, step: Record<string, unknown>): void => {
    steps.push({ on: textOf(on), ...step });
  };
  let on = start + random.int(0, 30);
  // The end date is set before pauses that it counts begin, or while they go on.
  const isFar = random.chance(0.7);
  const firsts: Day[] = [];
  const order = (from: Day, length: number | null): void => {
    tell(on, { pause: "net", from: textOf(from), ...(length !== null && { until: textOf(from + length) }) });
    firsts.push(from);
  };
  let first = on + (isFar ? random.int(50, 130) : random.int(5, 30));
  for (let pauses = random.int(1, 3); pauses > 0; pauses--) {
    const length = isFar ? random.int(20, 90) : random.int(1, 50);
    order(first, length);
    first += length + random.int(1, 25);
  }
  if (random.chance(0.2)) order(first, null);
  const end = random.pick(firsts) + random.int(1, 25);
  on += random.int(0, 2);
  tell(on, { setDiscountEnd: "net", to: { date: textOf(end) } });
  if (isFar) {
    on += random.int(0, 10);
    for (const from of firsts) if (random.chance(0.7)) tell(on, { cancelPause: "net", from: textOf(from) });
  }
  for (let changes = random.int(2, 8); changes > 0; changes--) {
    on += random.int(0, 25);
    tell(on, changed(random, on, firsts));
  }
  const billingPeriod = random.pick(["MONTHLY", "MONTHLY", "WEEKLY", "SEMI_MONTHLY"] as const);
  const penalty = random.pick(["SUM_OF_DISCOUNTS", "REMAINING_FEES", "NONE"] as const);
  const until = textOf(on + random.int(1, 70));
  return storyOf({ fees: { [billingPeriod]: "20.00" }, penalty }, steps, until, { billingPeriod });
}

/** @param firsts first days of pauses, to which those of new ones are added */
function changed(random: Random, on: Day, firsts: Day[]): Record<string, unknown> {
  const other = (least: number, most: number): { effective?: string } =>
    random.chance(0.5) ? { effective: textOf(on + random.int(least, most)) } : {};
  const known = random.pick(firsts);
  const from = textOf(known);
  return random.weighted<() => Record<string, unknown>>([
    [2, () => ({ cancelPause: "net", from })],
    [
      1,
      () => {
        const moved = known + random.int(-20, 20);
        firsts.push(moved);
        const newUntil = random.chance(0.5) ? { newUntil: textOf(moved + random.int(0, 20)) } : {};
        return { changePause: "net", from, newFrom: textOf(moved), ...newUntil };
      },
    ],
    [1, () => ({ changePause: "net", from, newUntil: textOf(known + random.int(0, 20)) })],
    [2, () => ({ resume: "net", ...other(-30, 15) })],
    [
      1,
      () => {
        const ordered = other(-30, 15);
        const now = ordered.effective === undefined ? on : dayOf(ordered.effective);
        firsts.push(now + 1);
        const until = random.chance(0.5) ? { until: textOf(now + random.int(1, 30)) } : {};
        return { pause: "net", ...ordered, ...until };
      },
    ],
    [
      2,
      () => {
        const begins = on + random.int(-40, 25);
        firsts.push(begins);
        const until = random.chance(0.9) ? { until: textOf(begins + random.int(0, 20)) } : {};
        return { pause: "net", from: textOf(begins), ...until, ...other(-60, 0) };
      },
    ],
    [0.3, () => ({ terminate: "net", effective: textOf(on - random.int(0, 30)) })],
    [0.7, () => ({ setDiscountEnd: "net", to: { date: textOf(on + random.int(0, 30)) } })],
  ])();
}
