import { Account, type OpenInvoice } from "./account.js";
import { type Day } from "./calendar.js";
import { classOn } from "./due.js";
import { isSuspended, isSuspendedForNonPayment } from "./days.js";
import { type Fact, type Step } from "./facts.js";
import { customerOf, endOf } from "./life.js";
import { mail, signal, signalService } from "./mails.js";
import { changed } from "./memo.js";
import { type ClassTerms, type Customer, type World } from "./world.js";

/** What the day's run does about what a customer has not paid, once its invoices of the day are there. */
export function collect(world: World, customer: Customer, today: Day): void {
  liftIfPaid(world, customer, today);
  const { account } = customer.receivables;
  for (const invoice of account.overdue(today)) {
    if (isTaken(customer, "OVERDUE", invoice)) continue;
    take(customer, "OVERDUE", invoice, today);
    mail(customer, "INVOICE_OVERDUE", today);
    signal(customer, "INVOICE_OVERDUE", today);
  }
  const [oldest] = account.unpaid;
  if (oldest === undefined || isExempt(customer)) return;
  const { reminders, warning, suspension, termination } = stepsOf(customer, oldest, today);
  for (const { after, day } of reminders) {
    if (day !== today || isTaken(customer, `REMINDER ${after}`, oldest)) continue;
    take(customer, `REMINDER ${after}`, oldest, today);
    mail(customer, "REMINDER", today);
  }
  // A closed customer has no service to lose.
  if (customer.closedOn !== null) return;
  // A warning that was missed is of use while there is a day left to pay.
  const warns = warning === today || (warning < today && today < suspension);
  if (warns && isToBeSuspended(customer, oldest, today) && !isTaken(customer, "WARNING", oldest)) {
    take(customer, "WARNING", oldest, today);
    mail(customer, "ABOUT_TO_BE_SUSPENDED", today);
  }
  if (suspension <= today && isToBeSuspended(customer, oldest, today)) {
    take(customer, "SUSPENSION", oldest, today);
    const before = isSuspended(customer, today);
    customer.suspensions.push({ day: today, suspended: true, isForNonPayment: true, isOrdered: false });
    if (!before) mail(customer, "SUSPENDED", today);
    signalService(customer, today, today);
    charges(world);
  }
  if (termination <= today && !isTaken(customer, "TERMINATION", oldest)) {
    take(customer, "TERMINATION", oldest, today);
    terminateAll(world, customer, today);
  }
}

interface Steps {
  reminders: { after: number; day: Day }[];
  warning: Day;
  suspension: Day;
  termination: Day;
}

const NEVER = Infinity;

/** The days of the steps, counted from the due date of the oldest unpaid invoice; a promise moves them. */
export function stepsOf(customer: Customer, { invoice }: OpenInvoice, today: Day): Steps {
  const terms: ClassTerms = classOn(customer, today);
  const due = invoice.due ?? NEVER;
  const promised = promisedUntil(customer);
  const after = (days: number | null): Day => (days === null ? NEVER : Math.max(due + days, promised + 1));
  const suspension = after(terms.suspendAfterDays);
  return {
    reminders: terms.remindAfterDays
      .map((days) => ({ after: days, day: due + days }))
      .filter(({ day }) => day > promised),
    warning: suspension === NEVER ? NEVER : Math.max(suspension - terms.warnBeforeSuspensionDays, due + 1),
    suspension,
    termination: after(terms.terminateAfterDays),
  };
}

const isToBeSuspended = (customer: Customer, oldest: OpenInvoice, today: Day): boolean =>
  !isSuspendedForNonPayment(customer, today) &&
  !isTaken(customer, "SUSPENSION", oldest) &&
  !since(customer, oldest).some((fact) => fact.kind === "SPARED" && fact.invoice === oldest.invoice);

/** What was recorded since a reversal opened it again, if one did. */
const since = ({ receivables: { facts } }: Customer, { reopenedAt }: OpenInvoice): Fact[] => facts.slice(reopenedAt);

/** Each step is taken once per invoice, and again after a reversal that opened it again. */
const isTaken = (customer: Customer, step: Step, open: OpenInvoice): boolean =>
  since(customer, open).some((fact) => fact.kind === "STEP" && fact.step === step && fact.invoice === open.invoice);

function take({ receivables }: Customer, step: Step, { invoice }: OpenInvoice, day: Day): void {
  receivables.facts.push({ day, kind: "STEP", step, invoice });
}

const last = <K extends Fact["kind"]>({ receivables: { facts } }: Customer, kind: K) =>
  facts.findLast((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

export const isExempt = (customer: Customer): boolean => last(customer, "EXEMPTION")?.exempt ?? false;

const CREDITS: readonly Fact["kind"][] = ["PAYMENT", "CREDIT_NOTE", "VOID", "WRITE_OFF"];

/** Until when payment is promised, by how many facts. */
const promises = new WeakMap<readonly Fact[], { facts: number; until: Day }>();

function promisedUntil({ receivables: { facts } }: Customer): Day {
  const known = promises.get(facts);
  if (known?.facts === facts.length) return known.until;
  const until = promisedBy(facts);
  promises.set(facts, { facts: facts.length, until });
  return until;
}

/** A promise ends with what is paid or credited, where that settles all that was overdue, or all that was open. */
function promisedBy(facts: readonly Fact[]): Day {
  const promised = facts.findLastIndex(({ kind }) => kind === "PROMISE");
  const promise = facts[promised];
  if (promise?.kind !== "PROMISE") return -Infinity;
  const isOver = facts.some(({ kind, day }, i) => {
    if (i <= promised || !CREDITS.includes(kind)) return false;
    const [before, after] = [new Account(facts.slice(0, i)), new Account(facts.slice(0, i + 1))];
    const settled = (owed: (account: Account) => unknown[]): boolean =>
      owed(before).length > 0 && owed(after).length === 0;
    return settled((account) => account.overdue(day)) || settled(({ unpaid }) => unpaid);
  });
  return isOver ? -Infinity : promise.by;
}

/** A lifting by hand that was ordered for the day that begins. */
export const spareIfOrdered = (customer: Customer, day: Day): void => {
  spareIfLifted(customer, day, isSuspendedForNonPayment(customer, day - 1));
};

/** A lifting by hand that counts from the day on spares the customer another suspension for the oldest unpaid invoice. */
export function spareIfLifted(customer: Customer, day: Day, wasSuspended: boolean): void {
  const [oldest] = customer.receivables.account.unpaid;
  if (!wasSuspended || isSuspendedForNonPayment(customer, day) || oldest === undefined) return;
  customer.receivables.facts.push({ day, kind: "SPARED", invoice: oldest.invoice });
}

/** All that is overdue is paid, credited, void or written off: a suspension for non-payment is lifted. */
export function liftIfPaid(world: World, customer: Customer, today: Day): void {
  if (!isSuspendedForNonPayment(customer, today)) return;
  if (customer.receivables.account.overdue(today).length > 0) return;
  customer.suspensions.push({ day: today, suspended: false, isForNonPayment: true, isOrdered: false });
  signalService(customer, today, today);
  charges(world);
}

/** The day is the last charged one. Pending commitments are cancelled; earlier terminations stay. */
function terminateAll(world: World, customer: Customer, day: Day): void {
  for (const c of world.commitments) {
    if (customerOf(c) !== customer || c.annulled || (endOf(c) ?? Infinity) <= day) continue;
    c.termination = { day, waived: false };
  }
  charges(world);
}

/** What is charged may have changed. */
function charges(world: World): void {
  world.version += 1;
  changed();
}
