import { compareText } from "../by-day.js";
import { type Line, type LineKind } from "../billing/line.js";
import { type Amount, big, type Currency, format, sum } from "../money.js";

/** What lines add up to, in one currency. */
export interface Totals {
  readonly lineCount: number;
  /** Of the kinds that have a line, in the order of their names. */
  readonly totalsByKind: Partial<Record<LineKind, Amount>>;
  readonly total: Amount;
}

export const totalsOf = (lines: readonly Line[], currency: Currency): Totals => {
  const nets = new Map<LineKind, Amount[]>();
  for (const { kind, net } of lines) {
    const known = nets.get(kind) ?? [];
    nets.set(kind, known);
    known.push(net);
  }
  return totals(lines.length, nets, currency);
};

/** The totals of all pages from those of each: whoever has many adds them up page by page. */
export const addedUp = (parts: readonly Totals[], currency: Currency): Totals => {
  const nets = new Map<LineKind, Amount[]>();
  for (const [kind, net] of parts.flatMap(({ totalsByKind }) => Object.entries(totalsByKind))) {
    nets.set(kind as LineKind, [...(nets.get(kind as LineKind) ?? []), net]);
  }
  const count = parts.reduce((lines, { lineCount }) => lines + lineCount, 0);
  return totals(count, nets, currency);
};

const totals = (lineCount: number, nets: ReadonlyMap<LineKind, readonly Amount[]>, currency: Currency): Totals => {
  const byKind = [...nets]
    .map(([kind, amounts]) => ({ kind, total: sum(amounts.map(big)) }))
    .sort((a, b) => compareText(a.kind, b.kind));
  const totalsByKind: Totals["totalsByKind"] = Object.fromEntries(
    byKind.map(({ kind, total }) => [kind, format(total, currency)]),
  );
  return {
    lineCount,
    totalsByKind,
    total: format(sum(byKind.map(({ total }) => total)), currency),
  };
};
