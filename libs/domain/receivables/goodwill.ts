import { classTermsOf } from "../billing/class-terms.js";
import { type Instant } from "../calendar.js";
import { billingPeriodOf, todayOf } from "../customers/customer.js";
import { known } from "../customers/decide.js";
import { type CustomerHistory } from "../commitments/history.js";
import { type ReceivablesEvent } from "../invoicing/events.js";
import { creditNote } from "../invoicing/invoice.js";
import { type Receivables } from "../invoicing/receivables.js";
import { negated } from "../money.js";
import { doneWithReason, requireReason } from "../reason.js";
import { reject } from "../rejection.js";
import { type MoneyFacts, positiveAmount, requireInvoice } from "./payments.js";

/**
 * Credits a customer without a commitment's line (docs/rules.md#goodwill): a credit note of the running period, which
 * no ledger knows.
 * @param facts.history null: there is no such customer
 * @param facts.hash SHA-256 of a JSON value
 * @throws Rejection VALIDATION_FAILED (reason), CUSTOMER_NOT_FOUND, INVALID_AMOUNT
 */
export const issueGoodwillCredit = (
  command: {
    readonly creditNoteId: string;
    readonly amount: string;
    readonly reason: string | null;
    readonly now: Instant;
  },
  facts: { readonly history: CustomerHistory | null; readonly hash: (value: unknown) => string },
): ReceivablesEvent[] => {
  const { creditNoteId, now } = command;
  const reason = requireReason(command.reason, doneWithReason.issueGoodwillCredit);
  const { history } = facts;
  if (!history) throw reject("CUSTOMER_NOT_FOUND", "There is no such customer.", { field: "customerId" });
  const { customer } = history;
  const amount = positiveAmount(command.amount, customer.currency);
  const issuedOn = todayOf(customer, now);
  const period = billingPeriodOf(customer, issuedOn);
  const total = negated(amount, customer.currency);
  return [
    creditNote({
      ...{ creditNoteId, purpose: "GOODWILL", invoiceId: null, customer, period, issuedOn, reason },
      ...{ totals: { lineCount: 0, totalsByKind: {}, total }, pages: [], contentHash: facts.hash([]) },
      // Nothing is computed: the amount was given.
      basis: { entries: [], pages: [], recomputedFrom: null },
      terms: classTermsOf(history, period),
    }),
  ];
};

/**
 * Writes off what is open of an invoice (docs/rules.md#write-offs).
 * @throws Rejection VALIDATION_FAILED (reason), INVOICE_NOT_FOUND, INVOICE_VOID, INVALID_AMOUNT where nothing is open
 */
export const writeOffInvoice = (
  command: { readonly invoiceId: string; readonly reason: string | null; readonly now: Instant },
  state: Receivables | null,
  facts: MoneyFacts & { readonly isIssued: boolean },
): ReceivablesEvent[] => {
  const { invoiceId, now } = command;
  const reason = requireReason(command.reason, doneWithReason.writeOffInvoice);
  requireInvoice(state, invoiceId, facts.isIssued);
  const customer = known(facts.customer);
  const amount = facts.account?.open.find((invoice) => invoice.invoiceId === invoiceId)?.open;
  if (amount === undefined) {
    throw reject("INVALID_AMOUNT", "Nothing is open of the invoice.", {
      field: "invoiceId",
      facts: { case: "NOTHING_OPEN" },
    });
  }
  const effectiveOn = todayOf(customer, now);
  return [{ type: "InvoiceWrittenOff", data: { invoiceId, amount, effectiveOn, personal: { reason } } }];
};
