import { type Rounding } from "../story.js";
import { type Day, naturalPeriod } from "./calendar.js";
import { amountsOf, type Charge, feeFor, singleDay } from "./charges.js";
import { cycleOn } from "./cycles.js";
import { rateOn } from "./days.js";
import { endAtTermination } from "./discount-end.js";
import { endOf, holderOn, isCancelled } from "./life.js";
import { type Minor } from "./money.js";
import { allocate, times, whole } from "./rational.js";
import { heldTerms, termsOn } from "./terms.js";
import { type Commitment, type OneTimeRow, type RecurringRow } from "./world.js";

interface Claim {
  row: RecurringRow | OneTimeRow;
  amount: Minor;
}

/** The discounts that a commitment's rows were given, by all who held it; by the ids of the rows. */
export type Given = ReadonlyMap<string, Minor>;

/** The penalty lines of a commitment, on the last day, for who holds it then. */
export function penaltyOf(c: Commitment, given: () => Given, mode: Rounding): Charge[] {
  const day = endOf(c);
  if (day === null || isCancelled(c) || c.annulled) return [];
  const discountEnd = endAtTermination(c, day);
  // Early: at least one discounted day stays unserved.
  if (discountEnd === null || day + 1 >= discountEnd) return [];
  // A closing that comes before the termination ordered is no waived one.
  const waived = c.termination?.day === day && c.termination.waived;
  const account = holderOn(c, day);
  return claims(c, day, discountEnd, given(), mode)
    .filter(({ amount }) => amount > 0n)
    .flatMap(({ row: { id, description }, amount }) => {
      const row = { id, description: `Early termination: ${description}` };
      const penalty = { ...singleDay(c, account, row, "PENALTY", day), fee: amount };
      const credit = { ...singleDay(c, account, row, "PENALTY_WAIVED", day), fee: -amount };
      return waived ? [penalty, credit] : [penalty];
    });
}

function claims(c: Commitment, day: Day, discountEnd: Day, ledger: Given, mode: Rounding): Claim[] {
  const terms = termsOn(c, day);
  const { given, oneTime } = inOrder(c, ledger);
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

/**
 * Rows held before an upgrade or a renewal are rows of their own. In the order in which they are first charged, which
 * decides ties of the allocation.
 */
function inOrder(c: Commitment, ledger: Given): { given: Claim[]; oneTime: Claim[] } {
  const claim = (row: Claim["row"]): Claim => ({ row, amount: ledger.get(row.id) ?? 0n });
  return {
    given: heldTerms(c).flatMap((terms) => [...terms.oneTime, ...terms.rows].map(claim)),
    oneTime: heldTerms(c).flatMap((terms) => terms.oneTime.map(claim)),
  };
}

/**
 * What the row would have brought from the day after the termination to the discount end date: terms, billing type and
 * customer's rate of the termination day, no suspension, no pause; each billing period rounded by itself.
 */
function remainingFees(c: Commitment, row: RecurringRow, day: Day, discountEnd: Day, mode: Rounding): Minor {
  const { customer } = holderOn(c, day);
  const cycle = cycleOn(customer, day);
  const unit = feeFor(row, cycle.type);
  const rate = rateOn(customer, day);
  const discount = rate === null ? whole(row.discount) : times(rate, unit, 100n);
  let net = 0n;
  for (let from = day + 1; from < discountEnd;) {
    const period = naturalPeriod(from, cycle);
    const to = Math.min(period.to, discountEnd);
    const days = Array.from({ length: to - from });
    for (const { fee, discount: off } of amountsOf(unit, [{ days, discount }], period.to - period.from, mode)) {
      net += fee - off;
    }
    from = to;
  }
  return net;
}

const sum = (amounts: Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0n);
