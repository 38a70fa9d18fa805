import { addDays, days, inclusive, type Interval, type LocalDate, type PeriodDays } from "../calendar.js";
import { type Amount, big } from "../money.js";
import { type BilledLine } from "./ledger.js";
import { type ChargedDays, type DiscountOrigin, type Line } from "./line.js";

/** How the lines of a recurring row charge the days of a period, in order of the days. */
export const chargedDaysOf = (lines: readonly Line[]): ChargedDays[] =>
  lines.map(({ from, until, charged = { from, until }, unitDiscount = "0", discountOrigin }) => ({
    ...charged,
    unitDiscount,
    discountOrigin,
  }));

/**
 * The days of a period whose charge differs: charged or not, at another discount, or with another origin of it. Where
 * amounts differ and no day does, as when rounding changed, all days that are charged; where none is, those billed last:
 * an adjustment was undone with its void invoice whose days a later one had already withdrawn.
 * @param due the lines of a recurring row that the period should have
 * @param billed the lines billed for it, adjustments included, in order of recording
 * @returns the first and the last of them, both inclusive, and how many they are
 */
export const daysThatDiffer = (
  due: readonly Line[],
  billed: readonly BilledLine[],
): PeriodDays & { readonly days: number } => {
  const [now, before] = [chargedDaysOf(due), billedDays(billed)];
  const pieces = slices([...now, ...before]);
  const differing = pieces.filter(({ from }) => !alike(chargeOn(now, from), chargeOn(before, from)));
  const shown = differing.length > 0 ? differing : pieces;
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) {
    const { from, until, days: count } = billed.at(-1) ?? nothingCorrected();
    return { from, until, days: count };
  }
  const count = shown.reduce((total, piece) => total + days(piece), 0);
  return { from: first.from, until: addDays(last.to, -1), days: count };
};

const nothingCorrected = (): never => {
  throw new Error("a correction of a recurring fee has days that were or are charged");
};

/**
 * How a row is charged once an adjustment of it is undone: the days that it changed as before it, whatever was corrected
 * since. A day that was corrected back since is now charged twice too much, or too little: it stays as the adjustment
 * left it, so that it differs from what is due.
 * @param billed the row's lines of one period, in order of recording
 */
export const daysWithout = (
  { invoiceId, corrects }: Pick<BilledLine, "invoiceId" | "corrects">,
  billed: readonly BilledLine[],
): ChargedDays[] => {
  const before = billedDays(
    billed.slice(
      0,
      billed.findIndex((line) => line.invoiceId === invoiceId),
    ),
  );
  const [after, now] = [corrects?.charged ?? [], billedDays(billed)];
  return joined(
    slices([...before, ...after, ...now]).flatMap((piece): ChargedDays[] => {
      const [was, became, is] = [chargeOn(before, piece.from), chargeOn(after, piece.from), chargeOn(now, piece.from)];
      const charge = alike(was, became) ? is : alike(is, was) ? became : was;
      if (!charge) return [];
      return [{ ...inclusive(piece), unitDiscount: charge.unitDiscount ?? "0", discountOrigin: charge.discountOrigin }];
    }),
  );
};

/** Neighbouring days that are charged alike are one run. */
const joined = (pieces: readonly ChargedDays[]): ChargedDays[] => {
  const runs: ChargedDays[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last && addDays(last.until, 1) === piece.from && alike(last, piece)) {
      runs[runs.length - 1] = { ...last, until: piece.until };
    } else runs.push(piece);
  }
  return runs;
};

/** Days as they were billed. The unit discount of lines sealed before 2026-11-27 is not known. */
type BilledDays = Omit<ChargedDays, "unitDiscount"> & { readonly unitDiscount: Amount | null };

/**
 * The days of a row as billed last: by the last adjustment that says so, with what a reissue billed after it, else by the
 * period's own lines.
 */
const billedDays = (billed: readonly BilledLine[]): readonly BilledDays[] => {
  const last = billed.findLastIndex(({ corrects }) => corrects?.charged !== undefined);
  const adjusted = billed[last]?.corrects?.charged ?? [];
  const own = billed
    .slice(last + 1)
    .map(({ from, until, charged = { from, until }, unitDiscount = null, discountOrigin }) => ({
      ...charged,
      unitDiscount,
      discountOrigin,
    }));
  return [...adjusted, ...own];
};

/** Days between neighbouring edges, so that each piece is charged alike; [from, to), in order. */
const slices = (charged: readonly PeriodDays[]): Interval[] => {
  const edges = [...new Set(charged.flatMap(({ from, until }) => [from, addDays(until, 1)]))].sort();
  return edges
    .flatMap((from, index) => {
      const to = edges[index + 1];
      return to === undefined ? [] : [{ from, to }];
    })
    .filter(({ from }) => chargeOn(charged, from) !== undefined);
};

const chargeOn = <Charged extends PeriodDays>(charged: readonly Charged[], date: LocalDate): Charged | undefined =>
  charged.find(({ from, until }) => from <= date && date <= until);

interface Charge {
  readonly unitDiscount: Amount | null;
  readonly discountOrigin: DiscountOrigin | null;
}

const alike = (a: Charge | undefined, b: Charge | undefined): boolean => {
  if (!a || !b) return a === b;
  if (a.discountOrigin !== b.discountOrigin) return false;
  return a.unitDiscount === null || b.unitDiscount === null || big(a.unitDiscount).eq(big(b.unitDiscount));
};
