import { type Day, type Period } from "./calendar.js";
import { type Charge } from "./charges.js";
import { type Correction, correctionsOf } from "./corrections.js";
import { periodOf } from "./cycles.js";
import { chargedIn, classOn, duesOf } from "./due.js";
import { mail, signal } from "./mails.js";
import { type Minor } from "./money.js";
import { type ClosedPeriod, type Document } from "./receivables.js";
import { countCalls } from "./usage.js";
import { type Customer, type World } from "./world.js";

/** Closes every period of the customer that has ended by the day. */
export function closeEnded(world: World, customer: Customer, today: Day): void {
  const { receivables } = customer;
  for (;;) {
    const period = periodOf(customer, receivables.closedUntil);
    if (period.to > today) break;
    const closed: ClosedPeriod = { ...period, isVoid: false, billed: [], gone: new Map() };
    // Without a command since, nothing is to be corrected.
    const corrected = receivables.computedAt === world.version ? [] : receivables.periods;
    receivables.computedAt = world.version;
    countCalls(world, customer, closed);
    billPeriod(world, customer, closed, corrected, period.to);
    receivables.periods.push(closed);
    receivables.closedUntil = period.to;
  }
}

/** One document: the corrections of the periods before, then what the period itself comes to. */
export function billPeriod(
  world: World,
  customer: Customer,
  period: ClosedPeriod,
  corrected: readonly ClosedPeriod[],
  issued: Day,
): void {
  const corrections = corrected.map((before) => ({ before, ...correctionsOf(world, customer, before) }));
  const own = chargedIn(world, customer, period);
  const charges = [...corrections.flatMap((correction) => correction.charges), ...own];
  if (charges.length === 0) return;
  const total = totalOf(charges);
  const due = issued + classOn(customer, period.to - 1).graceDays;
  const document: Document = {
    ...(total < 0n ? { kind: "CREDIT_NOTE", due: null } : { kind: "INVOICE", due }),
    ...{ issued, charges, total, isVoid: false, closes: period },
  };
  for (const correction of corrections) record(correction.before, correction, document);
  for (const entry of duesOf(own).values()) {
    period.billed.push({ document, due: entry, fee: entry.fee, given: entry.given, rated: entry.rated });
  }
  customer.receivables.issue(document);
  if (document.kind !== "INVOICE") return;
  mail(customer, "INVOICE_GENERATED", issued);
  signal(customer, "INVOICE_GENERATED", issued);
}

export function record(period: ClosedPeriod, { billed }: Correction, document: Document): void {
  period.billed.push(...billed.map((entry) => ({ ...entry, document })));
}

export const totalOf = (charges: readonly Charge[]): Minor =>
  charges.reduce((sum, { fee, discount }) => sum + fee - discount, 0n);

/** The closed period that contains a day. */
export const closedPeriodOf = (periods: readonly ClosedPeriod[], day: Day): ClosedPeriod | undefined =>
  periods.find(({ from, to }: Period) => from <= day && day < to);
