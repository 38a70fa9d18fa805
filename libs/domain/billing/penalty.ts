import { type Interval, type LocalDate } from "../calendar.js";
import { type Commitment, type Holder, isEarly } from "../commitments/commitment.js";
import { discountEndOn } from "../commitments/discount-end.js";
import { type OneTimeRow, type RecurringRow, type Terms } from "../commitments/events.js";
import { heldTerms, termsOn } from "../commitments/terms.js";
import { allocate, type Amount, big, format, sum, ZERO } from "../money.js";
import { type CustomerHistory, type End, endOf, inOrder } from "../commitments/history.js";
import { holderOn } from "../commitments/holders.js";
import { type Ledger, withOthers } from "./ledger.js";
import { type Line } from "./line.js";
import { remainingFees } from "./remaining-fees.js";

/**
 * The penalty lines of the commitments that end early in a billing period, by the strategy of the terms held on their
 * last charged day (docs/rules.md#penalty). Who holds a commitment on that day owes the whole penalty: what the other
 * holders were given counts too (docs/rules.md#transfer).
 * @param period a whole billing period of the customer, [from, to)
 * @param ledger discounts given to the customer through this period's own lines
 */
export const penalties = (history: CustomerHistory, period: Interval, ledger: Ledger): Line[] =>
  inOrder(history.commitments).flatMap((commitment) => {
    const end = endOf(commitment, history);
    if (commitment.annulled) return [];
    if (!end || end.on < period.from || end.on >= period.to || end.on < commitment.start) return [];
    const holder = holderOn(commitment, end.on);
    if (holder.customerId !== history.customer.customerId) return [];
    // Pauses are cut at the last day, and only then is it asked whether that day is early.
    if (!isEarly(end.on, discountEndOn(commitment, end.on, end.on))) return [];
    const all = withOthers(history, commitment, end.on, ledger);
    const given = all.get(commitment.commitmentId) ?? new Map<string, Amount>();
    const amounts = amountsOf(history, commitment, end, given);
    return rowsHeld(commitment, end.on).flatMap(({ row, eventId }): Line[] => {
      const amount = amounts.get(row.rowId);
      if (amount === undefined || big(amount).eq(ZERO)) return [];
      const causes = [...new Set([commitment.assignedEventId, eventId, holder.eventId, ...end.causes])];
      const penalty = penaltyLine(commitment, holder, row, end.on, amount, causes);
      return isWaived(commitment, end) ? [penalty, waived(penalty)] : [penalty];
    });
  });

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
const waived = (penalty: Line): Line => {
  const credit = format(big(penalty.net).neg(), penalty.currency);
  return { ...penalty, kind: "PENALTY_WAIVED", fee: credit, net: credit };
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
const amountsOf = (history: CustomerHistory, commitment: Commitment, end: End, given: Amounts): Amounts => {
  const terms = termsOn(commitment, end.on);
  switch (terms.penalty) {
    case "SUM_OF_DISCOUNTS":
      return given;
    case "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES":
      return capped(commitment, end.on, given, remainingFees(history, commitment, end.on));
    case "REMAINING_FEES":
      return new Map([...oneTime(commitment, end.on, given), ...remainingFees(history, commitment, end.on)]);
    case "FIXED":
      return new Map([...oneTime(commitment, end.on, given), ...fixed(terms)]);
    case "NONE":
      return new Map();
  }
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

const fixed = ({ recurring }: Terms): [string, Amount][] =>
  recurring.flatMap(({ rowId, penaltyAmount }) => (penaltyAmount === undefined ? [] : [[rowId, penaltyAmount]]));

/**
 * The lesser of discounts and remaining fees, compared once for the whole commitment. Where the fees are less, they are
 * allocated to the rows of the ledger by largest remainder.
 */
const capped = (commitment: Commitment, on: LocalDate, given: Amounts, remaining: Amounts): Amounts => {
  const { currency } = termsOn(commitment, on);
  const total = sum([...given.values()].map(big));
  const cap = sum([...remaining.values()].map(big));
  if (total.lte(cap)) return given;
  const held = rowsHeld(commitment, on).flatMap(({ row: { rowId } }) => {
    const amount = given.get(rowId);
    return amount === undefined ? [] : [{ rowId, amount: big(amount) }];
  });
  const shares = held.map(({ amount }) => cap.times(amount).div(total));
  const parts = allocate(cap, shares, currency);
  return new Map(held.map(({ rowId }, index) => [rowId, format(parts[index] ?? ZERO, currency)]));
};
