import { type LocalDate } from "#domain/calendar.js";
import { stateOf, stateOn } from "#domain/invoicing/invoice.js";
import { type Amount, big, format, sum } from "#domain/money.js";
import { type InvoiceThen, invoicesOpenAt } from "#read-models/invoices/open-at.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type SignalledInvoice } from "./signal.js";
import { type Told } from "./told.js";

/** The invoice that a signal is about, as it was with the event. */
export const invoiceThen = async (told: Told): Promise<SignalledInvoice> => {
  const { on, subjectId } = told.delivery;
  const invoice = (await invoicesThen(told)).find(({ id }) => id === subjectId);
  if (!invoice) throw new Error("its invoice is not there.");
  const { number, open, total, currency, dueOn } = invoice;
  // What was written off is not demanded, and has no signal: the state is that of what is left.
  const state = stateOf(total, open, "0");
  return { number, amountDue: open, total, currency, dueDate: dueOn, status: stateOn({ state, dueOn, open }, on) };
};

/** What was open, with the event, of invoices that were due before a day. */
export const overdueThen = async (told: Told, day: LocalDate): Promise<Amount> => {
  const overdue = (await invoicesThen(told)).filter(({ dueOn }) => dueOn < day);
  return format(sum(overdue.map(({ open }) => big(open))), told.customer.currency);
};

const invoicesThen = ({ sources, delivery, event }: Told): Promise<InvoiceThen[]> => {
  const { provider, customerId, subjectId } = delivery;
  return invoicesOpenAt(sources.dataSource, wholeProvider(provider), customerId, event.position, subjectId);
};
