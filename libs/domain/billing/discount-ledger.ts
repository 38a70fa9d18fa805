import { type LocalDate } from "../calendar.js";
import { type Commitment } from "../commitments/commitment.js";
import { endOf } from "../commitments/history.js";
import { heldTerms } from "../commitments/terms.js";
import { billingPeriodOf } from "../customers/customer.js";
import { type Amount, big, format, sum, ZERO } from "../money.js";
import { charges } from "./charges.js";
import { correctedLedger } from "./corrections.js";
import { type CustomerBilling, type Ledger, ledgerBefore, withLines, withOthers } from "./ledger.js";

/** Discounts given on one row of a commitment's terms. */
export interface DiscountLedgerRow {
  readonly rowId: string;
  readonly description: string;
  /** On issued invoices. */
  readonly issued: Amount;
  /** On no issued invoice yet. */
  readonly notIssued: Amount;
  readonly total: Amount;
}

/** The discount ledger of a commitment, with its sums. */
export interface DiscountLedger extends Omit<DiscountLedgerRow, "rowId" | "description"> {
  readonly currency: string;
  readonly rows: readonly DiscountLedgerRow[];
}

/**
 * The discounts that a commitment was given through a day, whoever held it, by every row held until then
 * (docs/rules.md#ledger): those of sealed invoices, as closed periods will be corrected, and of the days since, by the
 * code of the close, as if the commitment ended on that day. So their total is what a termination on it would claim back under SUM_OF_DISCOUNTS.
 * @param billing as known on that day
 * @param issued the discounts on numbered invoices, to other holders too
 * @param today the customer's
 */
export const discountLedger = (
  commitment: Commitment,
  billing: CustomerBilling,
  issued: Ledger,
  today: LocalDate,
): DiscountLedger => {
  const { commitmentId } = commitment;
  const { currency } = billing.history.customer;
  const amountIn = (ledger: Ledger, rowId: string) =>
    big(ledger.get(commitmentId)?.get(rowId) ?? format(ZERO, currency));
  const given = givenThrough(commitment, billing, today);
  const held = heldTerms(commitment)
    .filter(({ from }) => from <= today)
    .flatMap(({ terms }) => [...terms.oneTime, ...terms.recurring]);
  const rows = held.map(({ rowId, description }): DiscountLedgerRow => {
    const total = amountIn(given, rowId);
    const onInvoices = amountIn(issued, rowId);
    return {
      rowId,
      description,
      issued: format(onInvoices, currency),
      notIssued: format(total.minus(onInvoices), currency),
      total: format(total, currency),
    };
  });
  const sumOf = (part: "issued" | "notIssued" | "total") => format(sum(rows.map((row) => big(row[part]))), currency);
  return { issued: sumOf("issued"), notIssued: sumOf("notIssued"), total: sumOf("total"), currency, rows };
};

const givenThrough = (commitment: Commitment, billing: CustomerBilling, today: LocalDate): Ledger => {
  const { history, closedTo } = billing;
  const end = endOf(commitment, history);
  const termination = { on: today, early: false, penaltyWaived: false, eventId: null };
  const ended = end !== null && end.on <= today ? commitment : { ...commitment, termination };
  const own = { ...history, commitments: [ended] };
  const period = billingPeriodOf(history.customer, today);
  const sealed = correctedLedger({ ...billing, history: own });
  const before = ledgerBefore(own, period, sealed, closedTo);
  const isClosed = closedTo !== null && period.to <= closedTo;
  const given = isClosed ? before : withLines(before, charges(own, period));
  return withOthers(own, ended, end !== null && end.on < today ? end.on : today, given);
};
