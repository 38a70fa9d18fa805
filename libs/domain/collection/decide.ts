import { type Instant, type LocalDate } from "../calendar.js";
import { type Evolver } from "../event.js";
import { type Customer, todayOf } from "../customers/customer.js";
import {
  type CollectionExemptionSet,
  type CollectionStep,
  type NonPaymentSuspensionLifted,
  type PaymentPromised,
} from "../invoicing/collection-events.js";
import { type ReceivablesEvent } from "../invoicing/events.js";
import { reject } from "../rejection.js";
import { amountOverdueOn, type Collection, overdueOn } from "./collection.js";
import { type NextStep, nextSteps, type Standing } from "./next-steps.js";

/** Whether collection leaves a customer alone, as its receivables stream tells. */
export const exemptionEvolver: Evolver<{ readonly exempt: boolean }, ReceivablesEvent> = {
  initial: { exempt: false },
  evolve: (state, event) => (event.type === "CollectionExemptionSet" ? { exempt: event.data.exempt } : state),
};

/** The customer that a command on receivables is about; null: there is none. */
export interface CustomerFact {
  readonly customer: Customer | null;
}

/**
 * The customer promised to pay through a day: suspension and termination wait until it has passed, reminders are dropped
 * (docs/rules.md#promises). It may be closed: it still owes.
 * @throws Rejection CUSTOMER_NOT_FOUND, INVALID_DATE
 */
export const promiseToPay = (
  command: { readonly by: LocalDate; readonly note: string | null; readonly now: Instant },
  facts: CustomerFact,
): PaymentPromised[] => {
  const today = todayOf(known(facts), command.now);
  const { by, note } = command;
  if (by < today) {
    throw reject("INVALID_DATE", `${by} has passed: today is ${today} for this customer.`, {
      field: "by",
      facts: { case: "DAY_PASSED", day: by, today },
    });
  }
  return [{ type: "PaymentPromised", data: { by, effectiveOn: today, personal: { note } } }];
};

/**
 * Exempts the customer from collection, or ends that (docs/rules.md#exemptions).
 * @returns no event when nothing changes
 * @throws Rejection CUSTOMER_NOT_FOUND
 */
export const exemptFromCollection = (
  command: { readonly exempt: boolean; readonly reason: string | null; readonly now: Instant },
  state: { readonly exempt: boolean },
  facts: CustomerFact,
): CollectionExemptionSet[] => {
  const effectiveOn = todayOf(known(facts), command.now);
  const { exempt, reason } = command;
  if (exempt === state.exempt) return [];
  return [{ type: "CollectionExemptionSet", data: { exempt, effectiveOn, personal: { reason } } }];
};

const known = ({ customer }: CustomerFact): Customer => {
  if (customer) return customer;
  throw reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
};

/** The steps that are due by a day, in order. */
const dueBy = (standing: Standing, day: LocalDate): NextStep[] => nextSteps(standing).filter(({ on }) => on <= day);

/** Whether a termination is among the steps that are due by a day. */
export const terminatesBy = (standing: Standing, day: LocalDate): boolean =>
  dueBy(standing, day).some(({ kind }) => kind === "TERMINATION");

/**
 * The events of the steps that are due by a day, in order.
 * @param ending the commitments that the customer holds and that would go on after the day
 */
export const takeSteps = (standing: Standing, day: LocalDate, ending: readonly string[]): CollectionStep[] =>
  dueBy(standing, day).map((step) => eventOf(standing.collection, step, day, ending));

const eventOf = (
  collection: Collection,
  { kind, invoice, afterDays, suspensionOn }: NextStep,
  day: LocalDate,
  commitmentIds: readonly string[],
): CollectionStep => {
  const { invoiceId, number, dueOn, open, cause } = invoice;
  const currency = collection.books?.currency ?? "";
  const waitedFor =
    kind === "OVERDUE" || kind === "REMINDER" || !collection.promise ? [] : [collection.promise.eventId];
  const step = { invoiceId, causes: [cause, ...waitedFor], effectiveOn: day };
  const demand = { ...step, amountOverdue: amountOverdueOn(collection, day, currency), currency };
  switch (kind) {
    case "OVERDUE":
      return { type: "InvoiceOverdue", data: { ...step, number, dueOn, open, currency } };
    case "REMINDER":
      return { type: "PaymentReminderDue", data: { ...demand, afterDays: afterDays ?? 0 } };
    case "WARNING":
      return { type: "SuspensionWarned", data: { ...demand, suspensionOn: suspensionOn ?? day } };
    case "SUSPENSION":
      return { type: "SuspendedForNonPayment", data: demand };
    case "TERMINATION":
      return { type: "TerminatedForNonPayment", data: { ...step, commitmentIds } };
  }
};

/**
 * That the suspension for non-payment is over, once nothing is overdue (docs/rules.md#lifting).
 * @param day the customer's day of what was paid or credited
 */
export const liftWhenPaid = (
  { collection, isSuspended }: Pick<Standing, "collection" | "isSuspended">,
  day: LocalDate,
): NonPaymentSuspensionLifted[] => {
  if (!isSuspended || overdueOn(collection, day).length > 0) return [];
  const causes = collection.changedBy === null ? [] : [collection.changedBy];
  return [{ type: "NonPaymentSuspensionLifted", data: { causes, effectiveOn: day } }];
};
