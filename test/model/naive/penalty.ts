import { type Rounding } from "../story.js";
import { type Day, periodOf } from "./calendar.js";
import { amountsOf, type Charge, singleDay } from "./charges.js";
import { rateOn } from "./days.js";
import { endAtTermination } from "./discount-end.js";
import { endOf, isCancelled, termsOn } from "./life.js";
import { type Minor } from "./money.js";
import { allocate, times, whole } from "./rational.js";
import { type Commitment, type OneTimeRow, type RecurringRow } from "./world.js";

interface Claim {
  row: RecurringRow | OneTimeRow;
  amount: Minor;
}

/** The penalty lines of a commitment that ended in the period just charged; the ledger has that period's lines. */
export function penaltyOf(c: Commitment, mode: Rounding): Charge[] {
  const day = endOf(c);
  if (day === null || isCancelled(c)) return [];
  const discountEnd = endAtTermination(c, day);
  // Early: at least one discounted day stays unserved.
  if (discountEnd === null || day + 1 >= discountEnd) return [];
  // A closing that comes before the termination ordered is no waived one.
  const waived = c.termination?.day === day && c.termination.waived;
  return claims(c, day, discountEnd, mode)
    .filter(({ amount }) => amount > 0n)
    .flatMap(({ row, amount }) => {
      const penalty = { ...singleDay(c, row, "PENALTY", day), fee: amount };
      const credit = { ...singleDay(c, row, "PENALTY_WAIVED", day), fee: -amount };
      return waived ? [penalty, credit] : [penalty];
    });
}

function claims(c: Commitment, day: Day, discountEnd: Day, mode: Rounding): Claim[] {
  const terms = termsOn(c, day);
  const { rows, oneTime } = ledger(c);
  // One-time fees before recurring ones decides ties of the allocation only.
  const given = [...oneTime, ...rows];
  switch (terms.strategy) {
    case "NONE":
      return [];
    case "SUM_OF_DISCOUNTS":
      return given;
    case "LESSER_OF_DISCOUNTS_AND_REMAINING_FEES": {
      const left = sum(terms.rows.map((row) => remainingFees(c, row, day, discountEnd, mode)));
      const total = sum(given.map(({ amount }) => amount));
      if (total <= left) return given;
      const parts = allocate(
        left,
        given.map(({ amount }) => times(whole(left), amount, total)),
      );
      return given.map(({ row }, i) => ({ row, amount: parts[i] ?? 0n }));
    }
    case "REMAINING_FEES":
      return [...oneTime, ...terms.rows.map((row) => ({ row, amount: remainingFees(c, row, day, discountEnd, mode) }))];
    case "FIXED":
      return [...oneTime, ...terms.rows.map((row) => ({ row, amount: row.penalty }))];
  }
}

/** What each row was given, rows held before an upgrade being rows of their own. */
function ledger(c: Commitment): { rows: Claim[]; oneTime: Claim[] } {
  const inOrder = [...c.terms].sort((a, b) => a.day - b.day);
  const claim = (row: Claim["row"]): Claim => ({ row, amount: c.given.get(row) ?? 0n });
  return {
    rows: inOrder.flatMap((terms) => terms.rows.map(claim)),
    oneTime: inOrder.flatMap((terms) => terms.oneTime.map(claim)),
  };
}

/**
 * What the row would have brought from the day after the termination to the discount end date: terms and customer's
 * rate of the termination day, no suspension, no pause; each billing period rounded by itself.
 */
function remainingFees(c: Commitment, row: RecurringRow, day: Day, discountEnd: Day, mode: Rounding): Minor {
  const customer = c.account.customer;
  const rate = rateOn(customer, day);
  const discount = rate === null ? whole(row.discount) : times(rate, row.fee, 100n);
  let net = 0n;
  for (let from = day + 1; from < discountEnd;) {
    const period = periodOf(from, customer.periodStart);
    const to = Math.min(period.to, discountEnd);
    const days = Array.from({ length: to - from });
    for (const { fee, discount: off } of amountsOf(row, [{ days, discount }], period.to - period.from, mode)) {
      net += fee - off;
    }
    from = to;
  }
  return net;
}

const sum = (amounts: Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0n);
