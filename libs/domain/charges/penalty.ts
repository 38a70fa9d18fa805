import { type Interval } from "../calendar.js";
import { isEarly, type Commitment } from "../commitment/commitment.js";
import { allocate, type Amount, big, format, sum, ZERO } from "../money.js";
import { inOrder } from "./charges.js";
import { type BillingHistory, type End, endOf } from "./history.js";
import { type Ledger } from "./ledger.js";
import { type Line } from "./line.js";
import { remainingFees } from "./remaining-fees.js";

/**
 * The penalties that a period's close decides, of the commitments that end early in it, by the strategy of the terms
 * held on that day (domain.md 7).
 * @param ledger what was given through this period's own lines
 */
export const penalties = (history: BillingHistory, period: Interval, ledger: Ledger): Line[] =>
  inOrder(history.commitments).flatMap((commitment) => {
    const end = endOf(commitment, history);
    if (!end || end.on < period.from || end.on >= period.to || end.on < commitment.start) return [];
    if (!isEarly(end.on, commitment.discountEnd)) return [];
    const given = ledger.get(commitment.commitmentId) ?? new Map<string, Amount>();
    const amounts = amountsOf(history, commitment, end, given);
    return rows(commitment).flatMap(({ rowId, description }): Line[] => {
      const amount = amounts.get(rowId);
      if (amount === undefined || big(amount).eq(ZERO)) return [];
      return [
        {
          kind: "PENALTY",
          commitmentId: commitment.commitmentId,
          accountId: commitment.accountId,
          rowId,
          description: `Early termination: ${description}`,
          from: end.on,
          until: end.on,
          days: 1,
          periodDays: null,
          fee: amount,
          discount: format(ZERO, commitment.terms.currency),
          discountOrigin: null,
          net: amount,
          currency: commitment.terms.currency,
          taxes: [],
          causes: [commitment.assignedEventId, ...end.causes],
        },
      ];
    });
  });

const rows = ({ terms }: Commitment) => [...terms.oneTime, ...terms.recurring];

type Amounts = ReadonlyMap<string, Amount>;

/** What each row costs; a row that is left out costs nothing. */
const amountsOf = (history: BillingHistory, commitment: Commitment, end: End, given: Amounts): Amounts => {
  switch (commitment.terms.penalty) {
    case "SUM_OF_DISCOUNTS":
      return given;
    case "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES":
      return capped(commitment, given, remainingFees(history, commitment, end.on));
    case "REMAINING_FEES":
      return new Map([...oneTime(commitment, given), ...remainingFees(history, commitment, end.on)]);
    case "FIXED":
      return new Map([...oneTime(commitment, given), ...fixed(commitment)]);
    case "NONE":
      return new Map();
  }
};

/** A one-time discount is claimed back whole, also where what recurs has another price. */
const oneTime = ({ terms }: Commitment, given: Amounts): [string, Amount][] =>
  terms.oneTime.flatMap(({ rowId }) => {
    const amount = given.get(rowId);
    return amount === undefined ? [] : [[rowId, amount]];
  });

const fixed = ({ terms }: Commitment): [string, Amount][] =>
  terms.recurring.flatMap(({ rowId, penaltyAmount }) => (penaltyAmount === undefined ? [] : [[rowId, penaltyAmount]]));

/** Compared once for the whole commitment; a total that is cut is spread over the ledger's rows by largest remainder. */
const capped = (commitment: Commitment, given: Amounts, remaining: Amounts): Amounts => {
  const { currency } = commitment.terms;
  const total = sum([...given.values()].map(big));
  const cap = sum([...remaining.values()].map(big));
  if (total.lte(cap)) return given;
  const held = rows(commitment).flatMap(({ rowId }) => {
    const amount = given.get(rowId);
    return amount === undefined ? [] : [{ rowId, amount: big(amount) }];
  });
  const shares = held.map(({ amount }) => cap.times(amount).div(total));
  const parts = allocate(cap, shares, currency);
  return new Map(held.map(({ rowId }, index) => [rowId, format(parts[index] ?? ZERO, currency)]));
};
