import { comparedBy, correctedKind } from "../billing/compared-by.js";
import { adjustments } from "../billing/corrections.js";
import { daysWithout } from "../billing/corrected-days.js";
import { type BilledLine } from "../billing/ledger.js";
import { type Line } from "../billing/line.js";
import { withdrawnWorking } from "../billing/adjustment-steps.js";
import { type Recording } from "../billing/recording.js";
import { earliest, type Interval, type LocalDate } from "../calendar.js";
import { big, format, negated } from "../money.js";
import { given } from "../step.js";

interface Noted {
  readonly record: Recording;
  readonly voidedOn: LocalDate;
}

/**
 * The lines of the credit note of a void invoice (docs/rules.md#void): by row and kind as corrections are, what its lines
 * charged, with what later documents corrected of them. Adjustments on it are undone whole, and the next close computes
 * them again. What is of a period that is void by itself went with that void, also where the period is issued again.
 * What other documents billed of its period is credited too, so that a reissue, which bills the whole period, bills
 * nothing twice.
 * @param billed in order of recording: the invoice's lines, and all lines that belong to the same periods
 * @param own the invoice's billing period, [from, to)
 * @param gone first days of the periods that are void by themselves, with what the invoice billed of them
 * @param periodOf the billing period that contains a day, [from, to)
 * @param noted takes down how each line is computed, with the day from which the invoice is void
 */
export const voidLines = (
  billed: readonly BilledLine[],
  invoiceId: string,
  own: Interval,
  gone: ReadonlySet<LocalDate>,
  periodOf: (day: LocalDate) => Interval,
  noted?: Noted,
): Line[] => {
  const groups = new Map<string, { readonly period: Interval; readonly lines: BilledLine[] }>();
  const grouped = billed.map((line) => {
    const period = periodOf(line.belongsTo);
    const key = `${period.from} ${comparedBy(line)}`;
    const group = groups.get(key) ?? { period, lines: [] };
    groups.set(key, group);
    group.lines.push(line);
    return { line, group };
  });
  const done = new Set<object>();
  return grouped.flatMap(({ line, group }): Line[] => {
    const isOwn = own.from <= line.belongsTo && line.belongsTo < own.to;
    if (line.invoiceId !== invoiceId && !isOwn) return [];
    if (!isOwn && gone.has(group.period.from)) return [];
    if (line.corrects && !isOwn) return [undone(line, group.lines, noted?.record)];
    if (done.has(group)) return [];
    done.add(group);
    return notCredited(line, invoiceId, group.lines, group.period, noted);
  });
};

/**
 * The first day of other periods that an invoice corrected, or billed fees and penalties of; null: there is none.
 * @param own its billing period, [from, to)
 * @param gone first days of the periods whose adjustments on the invoice correct what is void
 */
export const undoneFrom = (
  billed: readonly BilledLine[],
  invoiceId: string,
  own: Interval,
  gone: ReadonlySet<LocalDate>,
): LocalDate | null =>
  billed.reduce<LocalDate | null>((first, { invoiceId: on, belongsTo, corrects }) => {
    if (on !== invoiceId || belongsTo >= own.from || (corrects && gone.has(corrects.period.from))) return first;
    return earliest(first, belongsTo);
  }, null);

/** With the corrections on later documents nothing of the row stays billed in the period. */
const notCredited = (
  line: BilledLine,
  invoiceId: string,
  group: readonly BilledLine[],
  period: Interval,
  noted?: Noted,
): Line[] => {
  const record = noted?.record;
  const because = noted && [given("VOIDED_ON", "DATE", noted.voidedOn)];
  const on = group.filter((other) => other.invoiceId === invoiceId);
  const lines = (on.length > 0 ? on : group).map((other) => ({ invoiceId: other.invoiceId, line: other.position }));
  return adjustments({ kind: correctedKind(line), due: [], billed: group, because }, period, [], record).map((line) => {
    const credit = { ...line, ...(line.corrects && { corrects: { ...line.corrects, lines, voids: true as const } }) };
    const working = record?.workingOf(line);
    if (working) record?.line(credit, working);
    return credit;
  });
};

/** The opposite of an adjustment; the days that it changed are charged again as before it. */
const undone = (line: BilledLine, group: readonly BilledLine[], record?: Recording): Line => {
  const { invoiceId, position, belongsTo: _, corrects, ...adjustment } = line;
  const opposite = (amount: string) => negated(amount, line.currency);
  const credit: Line = {
    ...adjustment,
    fee: opposite(line.fee),
    discount: opposite(line.discount),
    net: format(big(line.discount).minus(big(line.fee)), line.currency),
    ...(corrects && {
      corrects: {
        kind: corrects.kind,
        period: corrects.period,
        lines: [{ invoiceId, line: position }],
        ...(corrects.charged && { charged: daysWithout(line, group) }),
      },
    }),
    taxes: [],
    causes: [],
  };
  record?.line(credit, withdrawnWorking(credit, line));
  return credit;
};
