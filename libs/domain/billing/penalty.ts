import type Big from "big.js";
import { type Interval, type LocalDate } from "../calendar.js";
import { type Commitment, type Holder, isEarly } from "../commitments/commitment.js";
import { discountEndOn, DiscountEndSteps } from "../commitments/discount-end.js";
import { type OneTimeRow, type RecurringRow, type Terms } from "../commitments/events.js";
import { heldTerms, heldTermsOn, termsOn } from "../commitments/terms.js";
import { allocate, type Amount, big, type Currency, format, sum, ZERO } from "../money.js";
import { computed, given as givenBy, onDay, type Step } from "../step.js";
import { type CustomerHistory, type End, endOf, inOrder } from "../commitments/history.js";
import { holderOn } from "../commitments/holders.js";
import { type Ledger, withOthers } from "./ledger.js";
import { type Line } from "./line.js";
import { type Recording, workingOf } from "./recording.js";
import { remainingFees } from "./remaining-fees.js";

/**
 * The penalty lines of the commitments that end early in a billing period, by the strategy of the terms held on their
 * last charged day (docs/rules.md#penalty). Who holds a commitment on that day owes the whole penalty: what the other
 * holders were given counts too (docs/rules.md#transfer).
 * @param period a whole billing period of the customer, [from, to)
 * @param ledger discounts given to the customer through this period's own lines
 * @param record takes down how each line is computed
 */
export const penalties = (history: CustomerHistory, period: Interval, ledger: Ledger, record?: Recording): Line[] =>
  inOrder(history.commitments).flatMap((commitment) => {
    const end = endOf(commitment, history);
    if (commitment.annulled) return [];
    if (!end || end.on < period.from || end.on >= period.to || end.on < commitment.start) return [];
    const holder = holderOn(commitment, end.on);
    if (holder.customerId !== history.customer.customerId) return [];
    // Pauses are cut at the last day, and only then is it asked whether that day is early.
    const ending = record && new DiscountEndSteps();
    if (!isEarly(end.on, discountEndOn(commitment, end.on, end.on, ending))) return [];
    const all = withOthers(history, commitment, end.on, ledger, record);
    const given = all.get(commitment.commitmentId) ?? new Map<string, Amount>();
    if (record) takeGiven(record, commitment, all, given);
    const amounts = amountsOf(history, commitment, end, given, record);
    return rowsHeld(commitment, end.on).flatMap(({ row, eventId }): Line[] => {
      const amount = amounts.get(row.rowId);
      if (amount === undefined || big(amount).eq(ZERO)) return [];
      const causes = [...new Set([commitment.assignedEventId, eventId, holder.eventId, ...end.causes])];
      const penalty = penaltyLine(commitment, holder, row, end.on, amount, causes);
      const claimed = record?.amountOf(amounts, row.rowId);
      if (record && claimed) takePenalty(record, penalty, claimed, end, ending?.end ?? null);
      return isWaived(commitment, end) ? [penalty, waived(penalty, end, record)] : [penalty];
    });
  });

/** How the discounts given on each row add up, line by line. */
const takeGiven = (record: Recording, { commitmentId }: Commitment, ledger: Ledger, given: Amounts): void => {
  for (const [rowId, amount] of given) {
    record.amount(
      given,
      rowId,
      computed("DISCOUNTS_GIVEN", "SUM", amount, record.givenOn(ledger, commitmentId, rowId)),
    );
  }
};

const takePenalty = (record: Recording, line: Line, claimed: Step, end: End, discountEnd: Step | null): void => {
  const lastDay = givenBy("LAST_CHARGED_DAY", "DATE", end.on, { events: end.causes, days: onDay(end.on) });
  const fee = { ...claimed, because: [...claimed.because, lastDay, ...(discountEnd ? [discountEnd] : [])] };
  record.line(line, workingOf(line, fee, givenBy("DISCOUNT", "MONEY", line.discount)));
};

/** A waiver counts for its own termination, not for a closing that comes before it (docs/rules.md#waiver). */
const isWaived = ({ termination }: Commitment, end: End): boolean =>
  termination !== null && termination.penaltyWaived && termination.on === end.on;

const penaltyLine = (
  commitment: Commitment,
  { accountId }: Holder,
  { rowId, description }: RecurringRow | OneTimeRow,
  on: LocalDate,
  amount: Amount,
  causes: readonly string[],
): Line => {
  const { currency } = termsOn(commitment, on);
  return {
    kind: "PENALTY",
    commitmentId: commitment.commitmentId,
    accountId,
    rowId,
    description: `Early termination: ${description}`,
    from: on,
    until: on,
    days: 1,
    periodDays: null,
    fee: amount,
    discount: format(ZERO, currency),
    discountOrigin: null,
    net: amount,
    currency,
    taxes: [],
    causes,
  };
};

/** The equal credit of a penalty that is not claimed. */
const waived = (penalty: Line, { causes }: End, record?: Recording): Line => {
  const credit = format(big(penalty.net).neg(), penalty.currency);
  const line: Line = { ...penalty, kind: "PENALTY_WAIVED", fee: credit, net: credit };
  const claimed = record?.workingOf(penalty)?.fee;
  if (record && claimed) {
    const fee = computed("WAIVED_PENALTY", "NEGATED", credit, [claimed], { events: causes });
    record.line(line, workingOf(line, fee, givenBy("DISCOUNT", "MONEY", line.discount)));
  }
  return line;
};

interface HeldRow {
  readonly row: RecurringRow | OneTimeRow;
  /** The event that its terms come from. */
  readonly eventId: string;
}

/** Every row held until a day, in order: those before an upgrade are rows of their own. */
const rowsHeld = (commitment: Commitment, on: LocalDate): HeldRow[] =>
  heldTerms(commitment)
    .filter(({ from }) => from <= on)
    .flatMap(({ terms, eventId }) => [...terms.oneTime, ...terms.recurring].map((row) => ({ row, eventId })));

type Amounts = ReadonlyMap<string, Amount>;

/** The penalty of each row by its id (docs/rules.md#penalty-strategies); rows that are left out have none. */
const amountsOf = (
  history: CustomerHistory,
  commitment: Commitment,
  end: End,
  given: Amounts,
  record?: Recording,
): Amounts => {
  const { terms, eventId } = heldTermsOn(commitment, end.on);
  switch (terms.penalty) {
    case "SUM_OF_DISCOUNTS":
      return given;
    case "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES":
      return capped(commitment, end.on, given, remainingFees(history, commitment, end.on, record), record);
    case "REMAINING_FEES": {
      const remaining = remainingFees(history, commitment, end.on, record);
      return joined(oneTime(commitment, end.on, given), given, remaining, record);
    }
    case "FIXED":
      return joined(oneTime(commitment, end.on, given), given, fixed(terms, eventId, record), record);
    case "NONE":
      return new Map();
  }
};

/** The amounts of one-time rows and of recurring ones, with how each came about. */
const joined = (once: readonly [string, Amount][], given: Amounts, recurring: Amounts, record?: Recording): Amounts => {
  const amounts = new Map([...once, ...recurring]);
  if (!record) return amounts;
  for (const [rowId] of amounts) {
    const step = record.amountOf(recurring, rowId) ?? record.amountOf(given, rowId);
    if (step) record.amount(amounts, rowId, step);
  }
  return amounts;
};

/** The one-time discounts given, which REMAINING_FEES and FIXED claim back whole. */
const oneTime = (commitment: Commitment, on: LocalDate, given: Amounts): [string, Amount][] =>
  heldTerms(commitment)
    .filter(({ from }) => from <= on)
    .flatMap(({ terms }) => terms.oneTime)
    .flatMap(({ rowId }) => {
      const amount = given.get(rowId);
      return amount === undefined ? [] : [[rowId, amount]];
    });

const fixed = ({ recurring }: Terms, eventId: string, record?: Recording): Amounts => {
  const amounts = new Map(
    recurring.flatMap(({ rowId, penaltyAmount }) =>
      penaltyAmount === undefined ? [] : [[rowId, penaltyAmount] as const],
    ),
  );
  for (const [rowId, amount] of amounts) {
    record?.amount(amounts, rowId, givenBy("FIXED_PENALTY", "MONEY", amount, { events: [eventId] }));
  }
  return amounts;
};

/**
 * The lesser of discounts and remaining fees, compared once for the whole commitment. Where the fees are less, they are
 * allocated to the rows of the ledger by largest remainder.
 */
const capped = (
  commitment: Commitment,
  on: LocalDate,
  given: Amounts,
  remaining: Amounts,
  record?: Recording,
): Amounts => {
  const { currency } = termsOn(commitment, on);
  const total = sum([...given.values()].map(big));
  const cap = sum([...remaining.values()].map(big));
  const comparison = record && comparedCap(record, given, remaining, [total, cap], currency);
  if (total.lte(cap)) {
    if (record && comparison) {
      for (const [rowId] of given) record.because(given, rowId, comparison.least);
    }
    return given;
  }
  const held = rowsHeld(commitment, on).flatMap(({ row: { rowId } }) => {
    const amount = given.get(rowId);
    return amount === undefined ? [] : [{ rowId, amount: big(amount) }];
  });
  const shares = held.map(({ amount }) => cap.times(amount).div(total));
  const parts = allocate(cap, shares, currency);
  const amounts = new Map(held.map(({ rowId }, index) => [rowId, format(parts[index] ?? ZERO, currency)]));
  if (record && comparison) {
    const { least, all } = comparison;
    const of = held.map(({ rowId }, index) =>
      computed("SHARE_OF_CAP", "SHARE", (shares[index] ?? ZERO).toFixed(), [
        least,
        record.amountOf(given, rowId) ?? givenBy("DISCOUNTS_GIVEN", "MONEY", given.get(rowId) ?? "0"),
        all,
      ]),
    );
    held.forEach(({ rowId }, place) => {
      record.amount(
        amounts,
        rowId,
        computed("PENALTY", "ALLOCATED", amounts.get(rowId) ?? "0", [least, ...of], { place }),
      );
    });
  }
  return amounts;
};

/** The comparison of the discounts given with the fees that are left, of the whole commitment. */
const comparedCap = (
  record: Recording,
  given: Amounts,
  remaining: Amounts,
  [total, cap]: readonly [Big, Big],
  currency: Currency,
): { readonly least: Step; readonly all: Step } => {
  const sumOf = (what: "ALL_DISCOUNTS_GIVEN" | "ALL_REMAINING_FEES", amounts: Amounts, value: Big): Step =>
    computed(
      what,
      "SUM",
      format(value, currency),
      [...amounts.keys()].flatMap((rowId) => record.amountOf(amounts, rowId) ?? []),
    );
  const all = sumOf("ALL_DISCOUNTS_GIVEN", given, total);
  const least = total.lte(cap) ? total : cap;
  const of = [all, sumOf("ALL_REMAINING_FEES", remaining, cap)];
  return { all, least: computed("AT_MOST", "LEAST", format(least, currency), of) };
};
