import { type Interval, type LocalDate } from "../calendar.js";
import { type BilledLine } from "./ledger.js";

interface Placed {
  readonly line: BilledLine;
  readonly place: number;
}

/**
 * The lines billed for a closed period, in order of recording. They are sorted by day once: a customer billed by the day
 * that has thousands of commitments has hundreds of thousands of lines in the periods that are computed again.
 * @param billed of one customer
 */
export const billedIn = (billed: readonly BilledLine[], { from, to }: Interval): BilledLine[] =>
  [...byDay(billed)]
    .flatMap(([day, lines]) => (from <= day && day < to ? lines : []))
    .sort((a, b) => a.place - b.place)
    .map(({ line }) => line);

/** Lines are asked for by every period, and never change. */
const known = new WeakMap<readonly BilledLine[], ReadonlyMap<LocalDate, readonly Placed[]>>();

const byDay = (billed: readonly BilledLine[]): ReadonlyMap<LocalDate, readonly Placed[]> => {
  const found = known.get(billed);
  if (found) return found;
  const days = new Map<LocalDate, Placed[]>();
  billed.forEach((line, place) => {
    const lines = days.get(line.belongsTo) ?? [];
    days.set(line.belongsTo, lines);
    lines.push({ line, place });
  });
  known.set(billed, days);
  return days;
};
