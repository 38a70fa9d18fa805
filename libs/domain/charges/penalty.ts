import { type Interval } from "../calendar.js";
import { isEarly, type Commitment } from "../commitment/commitment.js";
import { big, format, ZERO } from "../money.js";
import { inOrder } from "./charges.js";
import { type BillingHistory, endOf } from "./history.js";
import { type Ledger } from "./ledger.js";
import { type Line } from "./line.js";

/**
 * The penalties that a period's close decides: of the commitments that end early in it, one line per ledger row
 * (domain.md 7, SUM_OF_DISCOUNTS: the discounts given are claimed back in full).
 * @param ledger what was given through this period's own lines
 */
export const penalties = (history: BillingHistory, period: Interval, ledger: Ledger): Line[] =>
  inOrder(history.commitments).flatMap((commitment) => {
    const end = endOf(commitment, history);
    if (!end || end.on < period.from || end.on >= period.to || end.on < commitment.start) return [];
    if (!isEarly(end.on, commitment.discountEnd)) return [];
    const given = ledger.get(commitment.commitmentId);
    return rows(commitment).flatMap(({ rowId, description }): Line[] => {
      const amount = given?.get(rowId);
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
