import { big, format, sum, ZERO } from "#domain/money.js";
import { findInvoices, unpaidInvoices } from "#read-models/invoices/queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Telling } from "./telling.js";

/** Of the invoice that a mail is about; null: it is not issued. */
export const invoiceValues = async ({ dataSource, occasion, reader, writing }: Telling) => {
  const [invoice] = await findInvoices(dataSource, wholeProvider(reader.providerId), [occasion.subjectId ?? ""]);
  if (!invoice) return null;
  return {
    isOpen: big(invoice.open).gt(ZERO),
    values: {
      "invoice.number": invoice.number,
      "invoice.issuedOn": writing.date(invoice.issuedOn),
      "invoice.dueOn": writing.date(invoice.dueOn),
      "invoice.from": writing.date(invoice.periodFrom),
      "invoice.until": writing.date(invoice.periodUntil),
      "invoice.total": writing.amount(invoice.total),
      "invoice.open": writing.amount(invoice.open),
    },
  };
};

/** Of all invoices whose due date lies before the day that a mail is about, and that are not paid whole. */
export const overdueValues = async ({ dataSource, occasion, reader, writing }: Telling) => {
  const { customerId, currency } = reader.customer;
  const unpaid = await unpaidInvoices(dataSource, wholeProvider(reader.providerId), customerId, occasion.on);
  return {
    amountOverdue: writing.amount(format(sum(unpaid.map(({ open }) => big(open))), currency)),
    overdueInvoices: unpaid.map(({ number, issuedOn, dueOn, open }) => ({
      number,
      issuedOn: writing.date(issuedOn),
      dueOn: writing.date(dueOn),
      open: writing.amount(open),
    })),
  };
};
