import { adjustments } from "../billing/corrections.js";
import { billedDaysOf } from "../billing/corrected-days.js";
import { type BilledLine } from "../billing/ledger.js";
import { type Line, type LineKind } from "../billing/line.js";
import { addDays, type Interval, type LocalDate } from "../calendar.js";
import { big, format, ZERO } from "../money.js";

/**
 * The lines of the credit note of a void invoice (docs/rules.md#void): what of each of its lines is not credited yet, by
 * row and kind as corrections are. Adjustments on it are undone whole: the periods that they correct are not void, and
 * the next close computes them again.
 * @param billed in order of recording: the invoice's lines, and all lines that belong to the same periods
 * @param period the invoice's, [from, to)
 */
export const voidLines = (billed: readonly BilledLine[], invoiceId: string, period: Interval): Line[] => {
  const done = new Set<string>();
  return billed.flatMap((line): Line[] => {
    if (line.invoiceId !== invoiceId) return [];
    if (line.corrects) return [undone(line, billed)];
    const key = keyOf(line);
    if (done.has(key)) return [];
    done.add(key);
    return notCredited(
      line,
      billed.filter((other) => keyOf(other) === key),
      period,
    );
  });
};

/** The first day of the earliest period that adjustments on an invoice correct; null: it has none. */
export const undoneFrom = (billed: readonly BilledLine[], invoiceId: string): LocalDate | null =>
  billed.reduce<LocalDate | null>((first, { invoiceId: on, corrects }) => {
    if (on !== invoiceId || !corrects) return first;
    return first === null || corrects.period.from < first ? corrects.period.from : first;
  }, null);

const kindOf = ({ kind, corrects }: BilledLine): LineKind => corrects?.kind ?? kind;

/** Lines of one row and kind, and of one day where it is charged on a single day. */
const keyOf = (line: BilledLine): string => {
  const kind = kindOf(line);
  const day = kind === "RECURRING" ? "" : line.from;
  return [line.commitmentId, line.accountId, line.rowId, kind, day].join(" ");
};

/** Credits elsewhere have taken back a part of it already; what was charged elsewhere is not void. */
const notCredited = (line: BilledLine, group: readonly BilledLine[], period: Interval): Line[] => {
  const belongs = periodOf(line, period);
  const own = group.filter(({ invoiceId }) => invoiceId === line.invoiceId);
  const credits = group.filter(
    (other) =>
      other.invoiceId !== line.invoiceId &&
      belongs.from <= other.belongsTo &&
      other.belongsTo < belongs.to &&
      big(other.fee).lt(big(other.discount)),
  );
  const voided = adjustments({ kind: line.kind, due: [], billed: [...own, ...credits] }, belongs, []);
  const lines = own.map(({ invoiceId, position }) => ({ invoiceId, line: position }));
  return voided.map((each) => ({
    ...each,
    ...(each.corrects && { corrects: { ...each.corrects, lines, voids: true as const } }),
  }));
};

/** A late line belongs to an earlier period than its invoice: only its own day is known of that. */
const periodOf = ({ belongsTo }: BilledLine, period: Interval): Interval =>
  period.from <= belongsTo && belongsTo < period.to ? period : { from: belongsTo, to: addDays(belongsTo, 1) };

/** The opposite of an adjustment; its row is charged again as it was billed before. */
const undone = (line: BilledLine, billed: readonly BilledLine[]): Line => {
  const { invoiceId, position, belongsTo: _, corrects, ...adjustment } = line;
  const opposite = (amount: string) => format(ZERO.minus(big(amount)), line.currency);
  const before = billed.filter((other) => keyOf(other) === keyOf(line) && sameCorrection(other, line));
  return {
    ...adjustment,
    days: line.days,
    kind: "ADJUSTMENT",
    fee: opposite(line.fee),
    discount: opposite(line.discount),
    net: format(big(line.discount).minus(big(line.fee)), line.currency),
    ...(corrects && {
      corrects: {
        kind: corrects.kind,
        period: corrects.period,
        lines: [{ invoiceId, line: position }],
        ...(corrects.charged && { charged: billedDaysOf(before.filter((other) => other.invoiceId !== invoiceId)) }),
      },
    }),
    taxes: [],
    causes: [],
  };
};

const sameCorrection = (other: BilledLine, { corrects }: BilledLine): boolean =>
  corrects !== undefined && corrects.period.from <= other.belongsTo && other.belongsTo <= corrects.period.until;
