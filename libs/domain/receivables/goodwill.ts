import { type Instant, inclusive } from "../calendar.js";
import { DEFAULT_CLASS_TERMS } from "../catalog/customer-class.js";
import { billingPeriodOf, todayOf } from "../customers/customer.js";
import { known } from "../customers/decide.js";
import { type ReceivablesEvent } from "../invoicing/events.js";
import { type Receivables } from "../invoicing/receivables.js";
import { big, format, ZERO } from "../money.js";
import { reject } from "../rejection.js";
import { type MoneyFacts, positiveAmount, requireInvoice, requireReason } from "./payments.js";

/**
 * Credits a customer without a commitment's line (docs/rules.md#goodwill): a credit note of the running period, which
 * no ledger knows.
 * @param facts.hash SHA-256 of a JSON value
 * @throws Rejection CUSTOMER_NOT_FOUND, INVALID_AMOUNT, VALIDATION_FAILED (reason)
 */
export const issueGoodwillCredit = (
  command: {
    readonly creditNoteId: string;
    readonly amount: string;
    readonly reason: string | null;
    readonly now: Instant;
  },
  facts: Pick<MoneyFacts, "customer"> & { readonly hash: (value: unknown) => string },
): ReceivablesEvent[] => {
  const { creditNoteId, now } = command;
  const customer = known(facts.customer);
  const { customerId, currency, contact } = customer;
  const amount = positiveAmount(command.amount, currency);
  const reason = requireReason(command.reason, "Goodwill is credited");
  const today = todayOf(customer, now);
  return [
    {
      type: "CreditNoteSealed",
      data: {
        creditNoteId,
        purpose: "GOODWILL",
        invoiceId: null,
        customerId,
        period: inclusive(billingPeriodOf(customer, today)),
        currency,
        issuedOn: today,
        // Nothing is rounded: the amount was given.
        rounding: DEFAULT_CLASS_TERMS.rounding,
        lineCount: 0,
        totalsByKind: {},
        total: format(ZERO.minus(big(amount)), currency),
        pages: [],
        contentHash: facts.hash([]),
        basis: [],
        effectiveOn: today,
        personal: { recipient: contact, reason },
      },
    },
  ];
};

/**
 * Writes off what is open of an invoice (docs/rules.md#write-offs).
 * @throws Rejection INVOICE_NOT_FOUND, INVOICE_VOID, INVALID_AMOUNT where nothing is open, VALIDATION_FAILED (reason)
 */
export const writeOffInvoice = (
  command: { readonly invoiceId: string; readonly reason: string | null; readonly now: Instant },
  state: Receivables | null,
  facts: MoneyFacts & { readonly isIssued: boolean },
): ReceivablesEvent[] => {
  const { invoiceId, now } = command;
  requireInvoice(state, invoiceId, facts.isIssued);
  const customer = known(facts.customer);
  const amount = facts.account?.open.find((invoice) => invoice.invoiceId === invoiceId)?.open;
  if (amount === undefined) {
    throw reject("INVALID_AMOUNT", "Nothing is open of the invoice.", { field: "invoiceId" });
  }
  const reason = requireReason(command.reason, "An invoice is written off");
  const effectiveOn = todayOf(customer, now);
  return [{ type: "InvoiceWrittenOff", data: { invoiceId, amount, effectiveOn, personal: { reason } } }];
};
