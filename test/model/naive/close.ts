import { type Invoice, type Line } from "../outcome.js";
import { type Day, type Period, textOf } from "./calendar.js";
import { type Charge, chargesOf } from "./charges.js";
import { endOf, runningPeriod } from "./life.js";
import { formatMoney, type Minor } from "./money.js";
import { penaltyOf } from "./penalty.js";
import { type Customer, type CustomerClass, lastOn, type World } from "./world.js";

const NO_CLASS: CustomerClass = { graceDays: 14, rounding: "HALF_UP" };

/** Closes every period that has ended by today, before any command of today. */
export function closeEnded(world: World): void {
  for (const customer of world.customers) {
    for (;;) {
      const period = runningPeriod(customer, customer.closedUntil);
      if (period.to > world.today) break;
      close(world, customer, period);
      customer.closedUntil = period.to;
    }
  }
}

/** The charges first; the penalties of those that ended in the period after them, for the ledger has this period's lines. */
function close(world: World, customer: Customer, period: Period): void {
  const { graceDays, rounding } = lastOn(customer.classes, period.to - 1)?.class ?? NO_CLASS;
  const charges: Charge[] = [];
  for (const c of world.commitments) {
    if (c.account.customer !== customer) continue;
    for (const charge of chargesOf(c, period, rounding)) {
      charges.push(charge);
      if (charge.origin !== "COMMITMENT") continue;
      c.given.set(charge.row, (c.given.get(charge.row) ?? 0n) + charge.discount);
    }
    const end = endOf(c);
    if (end !== null && period.from <= end && end < period.to) charges.push(...penaltyOf(c, rounding));
  }
  if (charges.length === 0) return;
  const total = charges.reduce((sum, { fee, discount }) => sum + fee - discount, 0n);
  if (total > 0n) customer.balance += total;
  world.invoices.push(invoiceOf(customer, period.to, graceDays, charges, total));
}

function invoiceOf(customer: Customer, issued: Day, graceDays: number, charges: Charge[], total: Minor): Invoice {
  const money = (amount: Minor): string => formatMoney(amount, customer.currency);
  return {
    customer: customer.name,
    issued: textOf(issued),
    due: textOf(issued + graceDays),
    total: money(total),
    state: total === 0n ? "PAID" : "UNPAID",
    lines: charges.map((charge): Line => ({
      commitment: charge.commitment.name,
      kind: charge.kind,
      description: (charge.kind.startsWith("PENALTY") ? "Early termination: " : "") + charge.row.description,
      from: textOf(charge.from),
      until: textOf(charge.until),
      days: charge.days,
      periodDays: charge.periodDays,
      fee: money(charge.fee),
      discount: money(charge.discount),
      discountOrigin: charge.origin,
      net: money(charge.fee - charge.discount),
    })),
  };
}
