import { type OpenInvoice } from "./account.js";
import { type Day } from "./calendar.js";
import { classOn } from "./due.js";
import { isSuspended, isSuspendedForNonPayment } from "./days.js";
import { type Fact, type Step } from "./facts.js";
import { customerOf, endOf } from "./life.js";
import { mail } from "./mails.js";
import { changed } from "./memo.js";
import { type Customer, type CustomerClass, type World } from "./world.js";

/** What the day's run does about what a customer has not paid, once its invoices of the day are there. */
export function collect(world: World, customer: Customer, today: Day): void {
  liftIfPaid(world, customer, today);
  const { account } = customer.receivables;
  for (const invoice of account.overdue(today)) {
    if (isTaken(customer, "OVERDUE", invoice)) continue;
    take(customer, "OVERDUE", invoice, today);
    mail(customer, "INVOICE_OVERDUE", today);
  }
  const [oldest] = account.unpaid;
  if (oldest === undefined || isExempt(customer) || customer.closedOn !== null) return;
  const { reminders, warning, suspension, termination } = stepsOf(customer, oldest, today);
  for (const { after, day } of reminders) {
    if (day !== today || isTaken(customer, `REMINDER ${after}`, oldest)) continue;
    take(customer, `REMINDER ${after}`, oldest, today);
    mail(customer, "REMINDER", today);
  }
  if (warning <= today && today < suspension && isToBeSuspended(customer, oldest, today)) {
    if (!isTaken(customer, "WARNING", oldest)) {
      take(customer, "WARNING", oldest, today);
      mail(customer, "ABOUT_TO_BE_SUSPENDED", today);
    }
  }
  if (suspension <= today && isToBeSuspended(customer, oldest, today)) {
    const before = isSuspended(customer, today);
    customer.suspensions.push({ day: today, suspended: true, isForNonPayment: true });
    if (!before) mail(customer, "SUSPENDED", today);
    charges(world);
  }
  if (suspension <= today && !isTaken(customer, "SUSPENSION", oldest)) take(customer, "SUSPENSION", oldest, today);
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
  const terms: CustomerClass = classOn(customer, today);
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
  !isSuspendedForNonPayment(customer, today) && !isTaken(customer, "SUSPENSION", oldest);

/** Each step is taken once per invoice, and again after a reversal that opened it again. */
const isTaken = ({ receivables: { facts } }: Customer, step: Step, { invoice, reopenedAt }: OpenInvoice): boolean =>
  facts.slice(reopenedAt).some((fact) => fact.kind === "STEP" && fact.step === step && fact.invoice === invoice);

function take({ receivables }: Customer, step: Step, { invoice }: OpenInvoice, day: Day): void {
  receivables.facts.push({ day, kind: "STEP", step, invoice });
}

const last = <K extends Fact["kind"]>({ receivables: { facts } }: Customer, kind: K) =>
  facts.findLast((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);

export const isExempt = (customer: Customer): boolean => last(customer, "EXEMPTION")?.exempt ?? false;

/** A promise ends when nothing is overdue any more. */
const promisedUntil = (customer: Customer): Day => {
  const promise = last(customer, "PROMISE");
  return promise === undefined || customer.promiseEnded === promise ? -Infinity : promise.by;
};

/** All that is overdue is paid, credited, void or written off: a promise ends, a suspension for non-payment is lifted. */
export function liftIfPaid(world: World, customer: Customer, today: Day): void {
  if (customer.receivables.account.overdue(today).length > 0) return;
  const promise = last(customer, "PROMISE");
  if (promise !== undefined) customer.promiseEnded = promise;
  if (!isSuspendedForNonPayment(customer, today)) return;
  customer.suspensions.push({ day: today, suspended: false, isForNonPayment: true });
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
