import { type Instant, type LocalDate } from "../calendar.js";
import { type Customer, todayOf } from "../customers/customer.js";
import { known, requireNotInFuture } from "../customers/decide.js";
import { type ReceivablesEvent } from "../invoicing/events.js";
import { type PaymentMethod } from "../invoicing/payment-events.js";
import { type RecordedPayment, type Receivables } from "../invoicing/receivables.js";
import { type Amount, big, type Currency, minorUnits, parseAmount, ZERO } from "../money.js";
import { doneWithReason, requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type ReceivablesAccount } from "./account.js";

/** What the commands on money look at beside the receivables stream: the customer, which may be closed. */
export interface MoneyFacts {
  readonly customer: Customer | null;
  readonly account: ReceivablesAccount | null;
}

export interface RecordPayment {
  readonly paymentId: string;
  readonly amount: string;
  /** Null: the customer's. */
  readonly currency: Currency | null;
  readonly method: PaymentMethod;
  /** The day on which the money came; left out: today. */
  readonly valueOn?: LocalDate | undefined;
  /** The invoice that it was paid for; null: none was named. */
  readonly invoiceId: string | null;
  readonly reference: string | null;
  readonly note: string | null;
  readonly now: Instant;
}

/**
 * Records a payment (docs/rules.md#payments). One with the reference of an earlier payment of the customer is that
 * payment: then there is no event.
 * @param facts.isIssued whether the invoice that is named is an issued one of the customer
 * @throws Rejection CUSTOMER_NOT_FOUND, INVOICE_NOT_FOUND, INVOICE_VOID, CURRENCY_MISMATCH, INVALID_AMOUNT,
 * INVALID_DATE, CONFLICT where the reference is that of another payment
 */
export const recordPayment = (
  command: RecordPayment,
  state: Receivables | null,
  facts: Pick<MoneyFacts, "customer"> & { readonly isIssued: boolean },
): ReceivablesEvent[] => {
  const { paymentId, method, invoiceId, reference, note, now } = command;
  if (command.currency !== null) minorUnits(command.currency);
  const customer = known(facts.customer);
  const currency = command.currency ?? customer.currency;
  if (invoiceId !== null) requireInvoice(state, invoiceId, facts.isIssued);
  if (currency !== customer.currency) {
    const message = `The customer pays in ${customer.currency}, not in ${currency}.`;
    const facts = { case: "PAYMENT_IN_OTHER_CURRENCY", currency, other: customer.currency } as const;
    throw reject("CURRENCY_MISMATCH", message, { field: "currency", facts });
  }
  const amount = positiveAmount(command.amount, currency);
  const effectiveOn = todayOf(customer, now);
  const valueOn = command.valueOn ?? effectiveOn;
  requireNotInFuture(valueOn, effectiveOn, "valueOn");
  const earlier = state ? paymentOfReference(state, reference) : undefined;
  if (earlier) {
    requireSame(earlier, { amount, method, invoiceId, valueOn: command.valueOn ?? earlier.valueOn }, currency);
    return [];
  }
  const { customerId } = customer;
  return [
    {
      type: "PaymentRecorded",
      data: {
        ...{ paymentId, customerId, amount, currency, method, valueOn, invoiceId, effectiveOn },
        personal: { reference, note },
      },
    },
  ];
};

/** The payment that a reference identifies, reversed or not. */
export const paymentOfReference = ({ payments }: Receivables, reference: string | null): RecordedPayment | undefined =>
  reference === null ? undefined : payments.find((payment) => payment.reference === reference);

/** A reference never names two payments. */
const requireSame = (
  earlier: RecordedPayment,
  { amount, method, invoiceId, valueOn }: Pick<RecordedPayment, "amount" | "method" | "invoiceId" | "valueOn">,
  currency: Currency,
): void => {
  const isSame =
    earlier.amount === amount &&
    earlier.method === method &&
    earlier.invoiceId === invoiceId &&
    earlier.valueOn === valueOn;
  if (isSame) return;
  const message = `The reference is that of another payment of ${earlier.amount} on ${earlier.valueOn}.`;
  throw reject("CONFLICT", message, {
    field: "reference",
    facts: { case: "REFERENCE_USED", amount: earlier.amount, currency, day: earlier.valueOn },
  });
};

/**
 * Takes a payment back, whole: what it paid is open again (docs/rules.md#reversals).
 * @throws Rejection VALIDATION_FAILED (reason), PAYMENT_NOT_FOUND, PAYMENT_REVERSED
 */
export const reversePayment = (
  command: { readonly paymentId: string; readonly reason: string | null; readonly now: Instant },
  state: Receivables | null,
  facts: Pick<MoneyFacts, "customer">,
): ReceivablesEvent[] => {
  const { paymentId, now } = command;
  const reason = requireReason(command.reason, doneWithReason.reversePayment);
  const payment = state?.payments.find((each) => each.paymentId === paymentId);
  if (!payment) throw reject("PAYMENT_NOT_FOUND", "There is no such payment.", { field: "paymentId" });
  const customer = known(facts.customer);
  if (payment.isReversed) {
    throw reject("PAYMENT_REVERSED", "The payment was reversed already.", { field: "paymentId" });
  }
  const effectiveOn = todayOf(customer, now);
  return [{ type: "PaymentReversed", data: { paymentId, amount: payment.amount, effectiveOn, personal: { reason } } }];
};

export interface RecordRefund {
  readonly refundId: string;
  readonly amount: string;
  readonly method: PaymentMethod;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly now: Instant;
}

/**
 * Records that unused balance was paid back (docs/rules.md#refunds).
 * @throws Rejection CUSTOMER_NOT_FOUND, INVALID_AMOUNT for more than the unused balance
 */
export const recordRefund = (
  { refundId, method, reference, reason, now, ...command }: RecordRefund,
  facts: MoneyFacts,
): ReceivablesEvent[] => {
  const customer = known(facts.customer);
  const { customerId, currency } = customer;
  const amount = positiveAmount(command.amount, currency);
  const balance = facts.account?.balance ?? "0";
  const unused = big(balance).gt(ZERO) ? balance : "0";
  if (big(amount).gt(big(unused))) {
    const message = `The unused balance is ${unused} ${currency}: no more can be paid back.`;
    throw reject("INVALID_AMOUNT", message, {
      field: "amount",
      facts: { case: "UNUSED_TOO_SMALL", amount: unused, currency },
    });
  }
  const effectiveOn = todayOf(customer, now);
  const personal = { reference, reason };
  return [{ type: "RefundRecorded", data: { refundId, customerId, amount, currency, method, effectiveOn, personal } }];
};

/** @throws Rejection INVOICE_NOT_FOUND, INVOICE_VOID */
export const requireInvoice = (state: Receivables | null, invoiceId: string, isIssued: boolean): void => {
  const invoice = state?.invoices.find((each) => each.invoiceId === invoiceId);
  if (!invoice || !isIssued) {
    throw reject("INVOICE_NOT_FOUND", "The customer has no such invoice.", { field: "invoiceId" });
  }
  if (invoice.voidedBy !== null) throw reject("INVOICE_VOID", "The invoice is void.", { field: "invoiceId" });
};

/** @throws Rejection VALIDATION_FAILED, INVALID_AMOUNT for what is not above zero too */
export const positiveAmount = (text: string, currency: Currency): Amount => {
  const amount = parseAmount(text, currency, "amount");
  if (big(amount).gt(ZERO)) return amount;
  throw reject("INVALID_AMOUNT", "The amount must be above zero.", {
    field: "amount",
    facts: { case: "AMOUNT_NOT_ABOVE_ZERO" },
  });
};
