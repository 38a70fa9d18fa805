import { suspendedSince } from "#domain/customers/customer.js";
import { type MailKind } from "#domain/messages/events.js";
import { type MailValues } from "#mail/variables.js";
import { commitmentValues } from "./commitment-values.js";
import { invoiceValues, overdueValues } from "./invoice-values.js";
import { paymentValues } from "./payment-values.js";
import { commonValues, type Telling } from "./telling.js";

/** The values of a mail, or why it would tell what is not so (any more), as a sentence for an operator. */
export type Told<Kind extends MailKind = MailKind> =
  { readonly values: MailValues<Kind> } | { readonly nothing: string };

/** The values of a mail's variables, as things stand now. */
export const valuesOf = (telling: Telling): Promise<Told> => tellers[telling.occasion.kind](telling);

const NOT_KNOWN = { nothing: "What it is about is not known." };
const NOTHING_OVERDUE = { nothing: "Nothing is overdue any more." };
const PAID = { nothing: "Nothing is left to pay of the invoice any more." };

const LIFTED = { nothing: "The suspension was lifted." };
const REVERSED = { nothing: "The payment was reversed." };

/** Of what is overdue, and of the invoice because of which it is said. */
const demand = async (telling: Telling): Promise<Told<"INVOICE_OVERDUE" | "REMINDER">> => {
  const [invoice, overdue] = await Promise.all([invoiceValues(telling), overdueValues(telling)]);
  if (!invoice) return NOT_KNOWN;
  if (overdue.overdueInvoices.length === 0) return NOTHING_OVERDUE;
  return { values: { ...commonValues(telling), ...invoice.values, ...overdue } };
};

/** Of the end of a commitment's discount, to come or come. */
const discountEnding = async (telling: Telling): Promise<Told<"COMMITMENT_ENDING_SOON" | "DISCOUNT_ENDED">> => {
  const found = await commitmentValues(telling);
  if (!found?.discountEnd) return NOT_KNOWN;
  return { values: { ...commonValues(telling), ...found.common, ...found.discountEnd } };
};

/** Makes the values of each kind: written apart, so that each is held against the variables of its kind. */
const tellers: { readonly [Kind in MailKind]: (telling: Telling) => Promise<Told<Kind>> } = {
  async INVOICE_GENERATED(telling) {
    const invoice = await invoiceValues(telling);
    if (!invoice) return NOT_KNOWN;
    return { values: { ...commonValues(telling), ...invoice.values, isOpen: invoice.isOpen } };
  },
  async INVOICE_OVERDUE(telling) {
    const invoice = await invoiceValues(telling);
    return invoice?.isOpen === false ? PAID : demand(telling);
  },
  REMINDER: demand,
  async ABOUT_TO_BE_SUSPENDED(telling) {
    const found = await demand(telling);
    if ("nothing" in found) return found;
    const { suspensionOn = telling.occasion.on } = telling.occasion;
    return { values: { ...found.values, suspensionOn: telling.writing.date(suspensionOn) } };
  },
  async SUSPENDED(telling) {
    const { isForNonPayment = false, on } = telling.occasion;
    const since = suspendedSince(telling.reader.customer, telling.reader.today);
    if (since === null || since > on) return LIFTED;
    const overdue = await overdueValues(telling);
    if (isForNonPayment && overdue.overdueInvoices.length === 0) return NOTHING_OVERDUE;
    return { values: { ...commonValues(telling), ...overdue, isForNonPayment } };
  },
  COMMITMENT_ENDING_SOON: discountEnding,
  async COMMITMENT_TERMINATED(telling) {
    const found = await commitmentValues(telling);
    if (!found?.end) return NOT_KNOWN;
    return { values: { ...commonValues(telling), ...found.common, ...found.end } };
  },
  DISCOUNT_ENDED: discountEnding,
  async PAYMENT_RECEIVED(telling) {
    const payment = await paymentValues(telling);
    return payment ? { values: { ...commonValues(telling), ...payment } } : REVERSED;
  },
  SIGN_IN_LINK(telling) {
    const { signIn } = telling.occasion;
    if (!signIn) return Promise.resolve(NOT_KNOWN);
    const { name, link, expiresAt } = signIn;
    const validUntil = telling.writing.dateAndTime(expiresAt);
    return Promise.resolve({ values: { ...commonValues(telling), name, link, validUntil } });
  },
};
