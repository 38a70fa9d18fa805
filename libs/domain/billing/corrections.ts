import type Big from "big.js";
import { compareText } from "../by-day.js";
import { inclusive, type Interval, later, type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { inOrder } from "../commitments/history.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type Amount, big, format, sum, ZERO } from "../money.js";
import { billedIn } from "./billed-in.js";
import { charges } from "./charges.js";
import { comparedBy, correctedKind } from "./compared-by.js";
import { chargedDaysOf, daysThatDiffer } from "./corrected-days.js";
import {
  type BilledLine,
  type CustomerBilling,
  firstBilledDay,
  type LateEvent,
  type Ledger,
  periodsFrom,
  withLines,
} from "./ledger.js";
import { type Correction, type DiscountOrigin, type Line, type LineKind } from "./line.js";
import { penalties } from "./penalty.js";
import { type Adjusted, adjustmentWorking } from "./adjustment-steps.js";
import { type Recording } from "./recording.js";
import { usageLines } from "./usage-lines.js";

/**
 * What closed periods should have charged, less what was billed for them (docs/rules.md#corrections): the lines that
 * the next close puts before its own. In order of the periods, in each of which the charges come before the penalties.
 * Nothing where no late event takes effect in a closed period.
 */
export const corrections = (billing: CustomerBilling): Line[] => allCorrected(billing).flatMap(({ lines }) => lines);

const allCorrected = (billing: CustomerBilling, record?: Recording): Corrected[] => {
  const charged = chargesCorrected(billing, record);
  return [...eachCorrected(billing, charged, correctedLedger(billing, charged, record), record)];
};

/**
 * The corrections of one closed period after the other.
 * @param charged those of the charges
 * @param ledger `correctedLedger`
 */
export function* eachCorrected(
  billing: CustomerBilling,
  charged: readonly Corrected[],
  ledger: Ledger,
  record?: Recording,
): Generator<Corrected> {
  for (const { period, lines } of charged) {
    const used = usageCorrected(billing, period, record);
    yield { period, lines: [...lines, ...used, ...penaltiesCorrected(billing, period, ledger, record)] };
  }
}

/** The corrections that belong to a closed period, [from, to). */
export interface Corrected {
  readonly period: Interval;
  readonly lines: readonly Line[];
}

/** The corrections of charges, without those of penalties. */
export const chargesCorrected = (billing: CustomerBilling, record?: Recording): Corrected[] => [
  ...eachChargesCorrected(billing, record),
];

/** The same, of one closed period after the other. */
export function* eachChargesCorrected(billing: CustomerBilling, record?: Recording): Generator<Corrected> {
  for (const period of periodsToCorrect(billing)) {
    const due = charges(billing.history, period, record);
    yield { period, lines: differences(billing, period, due, (kind) => !PENALTIES.has(kind), record) };
  }
}

/** The discounts of sealed invoices, with those of the corrections to come. */
export const correctedLedger = (
  billing: CustomerBilling,
  charged = chargesCorrected(billing),
  record?: Recording,
): Ledger =>
  withLines(
    billing.sealed,
    charged.flatMap(({ lines }) => lines),
    record,
  );

/** Of the corrections, those that belong to some of the closed periods. */
export const correctionsOf = (
  billing: CustomerBilling,
  belongs: (period: Interval) => boolean,
  record?: Recording,
): Line[] => allCorrected(billing, record).flatMap(({ period, lines }) => (belongs(period) ? lines : []));

/**
 * The billing as a reissue sees it: closed periods are computed again from a day on, and what is void with the invoice
 * that is issued again comes back: by row and period, as the credit note of the void took it. An adjustment goes with
 * its opposite; a fee or penalty with all that was credited of it, before and with the void. What the credit note took
 * nothing of, because all of it was credited before, stays billed and credited (decision 194).
 */
export const withVoidedBack = (
  billing: CustomerBilling,
  { invoiceId, creditNoteId }: { readonly invoiceId: string; readonly creditNoteId: string },
  from: LocalDate | null,
): CustomerBilling => {
  const { history, billed } = billing;
  const groupOf = (line: BilledLine): string =>
    `${billingPeriodOf(history.customer, line.belongsTo).from} ${comparedBy(line)}`;
  const undone = new Set<string>();
  const lastVoid = new Map<string, number>();
  billed.forEach((line, place) => {
    if (line.invoiceId !== creditNoteId) return;
    undone.add(groupOf(line));
    if (line.corrects?.voids) lastVoid.set(groupOf(line), place);
  });
  const isBack = (line: BilledLine, place: number): boolean => {
    const group = groupOf(line);
    const taken = lastVoid.get(group);
    if (taken !== undefined) return place <= taken;
    return undone.has(group) && (line.invoiceId === invoiceId || line.invoiceId === creditNoteId);
  };
  return { ...billing, movedFrom: from, billed: billed.filter((line, place) => !isBack(line, place)) };
};

/** The closed periods that are computed again, in order; those that are void are not. */
const periodsToCorrect = (billing: CustomerBilling): Interval[] => {
  const { history, closedTo, voided } = billing;
  const first = recomputedFrom(billing);
  if (first === null || closedTo === null) return [];
  return periodsFrom(history, first, closedTo).filter(({ from }) => !voided.has(from));
};

/** The first day of the first closed period that is computed again; null: none is. */
export const recomputedFrom = (billing: CustomerBilling): LocalDate | null => {
  const { history, movedFrom, closedTo } = billing;
  const start = firstBilledDay(billing);
  if (movedFrom === null || closedTo === null || start === null) return null;
  return billingPeriodOf(history.customer, later(movedFrom, start)).from;
};

const PENALTIES: ReadonlySet<LineKind> = new Set(["PENALTY", "PENALTY_WAIVED"]);

const penaltiesCorrected = (billing: CustomerBilling, period: Interval, ledger: Ledger, record?: Recording): Line[] => {
  const due = penalties(billing.history, period, ledger, record);
  return differences(billing, period, due, (kind) => PENALTIES.has(kind), record);
};

/** What calls come to in a closed period, less what was billed for them: always an adjustment, linked to their line. */
const usageCorrected = (
  { history, billed, late, usage }: CustomerBilling,
  period: Interval,
  record?: Recording,
): Line[] => {
  const due = usageLines(usage, history, period, record);
  const own = billedIn(billed, period).filter((line) => correctedKind(line) === "USAGE");
  return grouped(due, own)
    .sort((a, b) => compareText(accountOf(a), accountOf(b)))
    .flatMap((group) => {
      const before = late.filter(({ effectiveOn }) => effectiveOn < period.to);
      const own = before.filter(({ accountId }) => accountId === accountOf(group));
      // Another class rounds otherwise.
      const ofAll = before.filter(({ commitmentId, accountId }) => commitmentId === null && accountId === undefined);
      const causes = (own.length > 0 ? own : ofAll).map(({ eventId }) => eventId);
      return adjustments(group, period, causes, record);
    });
};

const accountOf = ({ due: [due], billed: [billed] }: Compared): string => (due ?? billed)?.accountId ?? "";

/** What was billed for one row in a period, and what should have been. */
export interface Compared {
  readonly kind: LineKind;
  /** Null: calls. */
  readonly commitmentId: string | null;
  readonly due: readonly Line[];
  readonly billed: readonly BilledLine[];
}

const differences = (
  { history, billed, late }: CustomerBilling,
  period: Interval,
  due: readonly Line[],
  concerns: (kind: LineKind) => boolean,
  record?: Recording,
): Line[] => {
  const places = new Map(inOrder(history.commitments).map(({ commitmentId }, place) => [commitmentId, place]));
  const placeOf = ({ commitmentId }: Compared): number => placeIn(places, commitmentId) ?? places.size;
  const own = billedIn(billed, period).filter(
    (line) => placeIn(places, line.commitmentId) !== undefined && concerns(correctedKind(line)),
  );
  const causesOf = causesAmong(late, history.commitments, period);
  return grouped(due, own)
    .sort((a, b) => placeOf(a) - placeOf(b))
    .flatMap((group) => difference(group, period, causesOf(group.commitmentId), record));
};

const placeIn = (places: ReadonlyMap<string, number>, commitmentId: string | null): number | undefined =>
  commitmentId === null ? undefined : places.get(commitmentId);

const grouped = (due: readonly Line[], billed: readonly BilledLine[]): Compared[] => {
  const groups = new Map<string, { kind: LineKind; commitmentId: string | null; due: Line[]; billed: BilledLine[] }>();
  const groupOf = (line: Line | BilledLine) => {
    const key = comparedBy(line);
    const found = groups.get(key) ?? {
      kind: correctedKind(line),
      commitmentId: line.commitmentId,
      due: [],
      billed: [],
    };
    groups.set(key, found);
    return found;
  };
  for (const line of due) groupOf(line).due.push(line);
  for (const line of billed) groupOf(line).billed.push(line);
  return [...groups.values()];
};

/**
 * The late events that corrections in the period come from, by commitment: those about it, about an account that holds
 * or held it, and about the customer and its class. A customer may have thousands of accounts that were closed.
 */
const causesAmong = (
  late: readonly LateEvent[],
  commitments: readonly Commitment[],
  { to }: Interval,
): ((commitmentId: string | null) => string[]) => {
  const before = late.filter(({ effectiveOn }) => effectiveOn < to);
  const about = new Map<string | null, string[]>();
  for (const { eventId, commitmentId, accountId = null } of before) {
    const subject = commitmentId ?? accountId;
    const known = about.get(subject) ?? [];
    about.set(subject, known);
    known.push(eventId);
  }
  const places = new Map(before.map(({ eventId }, place) => [eventId, place]));
  const accountsOf = new Map(
    commitments.map(({ commitmentId, holders }) => [commitmentId, holders.map(({ accountId }) => accountId)]),
  );
  return (commitmentId) => {
    const accounts = commitmentId === null ? [] : accountsOf.get(commitmentId);
    const subjects = new Set([null, commitmentId, ...(accounts ?? [])]);
    return [...subjects]
      .flatMap((subject) => about.get(subject) ?? [])
      .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  };
};

const difference = (
  { kind, due, billed }: Compared,
  period: Interval,
  causes: readonly string[],
  record?: Recording,
): Line[] => {
  if (kind !== "RECURRING") {
    // What was never billed and is charged on a single day is billed as what it is, with its own day.
    if (billed.length === 0) return [...due];
    // What is void with its invoice comes back only with a reissue.
    if (billed.at(-1)?.corrects?.voids) return [];
  }
  return adjustments({ kind, due, billed }, period, causes, record);
};

/**
 * The adjustments that make what was billed of one row into what is due, in the shape of docs/rules.md#corrections: one
 * of the fee and the commitment's discount, another one of the customer's rate; none where nothing differs.
 */
export const adjustments = (
  { kind, due, billed, because }: Pick<Compared, "kind" | "due" | "billed"> & Pick<Adjusted, "because">,
  period: Interval,
  causes: readonly string[],
  record?: Recording,
): Line[] => {
  const sample = due[0] ?? billed[0];
  if (!sample) return [];
  const { currency } = sample;
  const changed = (amountOf: (line: Line | BilledLine) => Amount) =>
    sum(due.map((line) => big(amountOf(line)))).minus(sum(billed.map((line) => big(amountOf(line)))));
  const given = (origin: DiscountOrigin) =>
    changed(({ discount, discountOrigin }) => (discountOrigin === origin ? discount : "0"));
  const fee = changed((line) => line.fee);
  const [own, rate] = [given("COMMITMENT"), given("CUSTOMER_RATE")];
  if (fee.eq(ZERO) && own.eq(ZERO) && rate.eq(ZERO)) return [];

  const corrects: Correction = {
    kind,
    period: inclusive(period),
    lines: billed.map(({ invoiceId, position }) => ({ invoiceId, line: position })),
    ...(kind === "RECURRING" && { charged: chargedDaysOf(due) }),
  };
  const line = (charged: Big, discount: Big, origin: DiscountOrigin): Line[] => {
    if (charged.eq(ZERO) && discount.eq(ZERO)) return [];
    const adjustment: Line = {
      kind: "ADJUSTMENT",
      commitmentId: sample.commitmentId,
      accountId: sample.accountId,
      rowId: sample.rowId,
      description: sample.description,
      ...daysOf(kind, sample, due, billed),
      fee: format(charged, currency),
      discount: format(discount, currency),
      discountOrigin: discount.eq(ZERO) ? null : origin,
      net: format(charged.minus(discount), currency),
      corrects,
      currency,
      taxes: [],
      causes: causes.length > 0 ? causes : [...new Set(due.flatMap((each) => each.causes))],
    };
    record?.line(adjustment, adjustmentWorking(adjustment, { due, billed, origin, because }, record));
    return [adjustment];
  };
  return [...line(fee, own, "COMMITMENT"), ...line(ZERO, rate, "CUSTOMER_RATE")];
};

/** The days of an adjustment: of a recurring fee those whose charge differs, of calls theirs, else its single day. */
const daysOf = (
  kind: LineKind,
  { from, until, days, periodDays }: Line | BilledLine,
  due: readonly Line[],
  billed: readonly BilledLine[],
): Pick<Line, "from" | "until" | "days" | "periodDays"> => {
  if (kind === "RECURRING") return { ...daysThatDiffer(due, billed), periodDays };
  return { from, until, days: kind === "USAGE" ? days : 1, periodDays: null };
};
