import { type DiscountOrigin, type LineKind } from "#domain/billing/line.js";
import { type InvoiceSortField as InvoiceSortBy } from "#read-models/invoices/queries.js";
import { type CreditNotePurpose } from "#domain/invoicing/events.js";
import { type InvoiceState } from "#domain/invoicing/invoice.js";
import { type CreditNoteSortField } from "#read-models/invoices/credit-notes.js";
import { enumOf } from "../graphql/enums.js";

export const LineKindEnum = enumOf<LineKind>("LineKind", "What a line charges.", {
  RECURRING: "A recurring fee for days of a billing period.",
  ONE_TIME: "A one-time fee, charged on the day of sign-up or upgrade.",
  PENALTY: "The penalty of an early termination.",
  PENALTY_WAIVED: "The credit of a waived penalty.",
  TRANSFER_FEE: "The fee of a transfer, charged to the receiver.",
  USAGE: "Calls of an account, by tariff, direction and prefix.",
  ADJUSTMENT: "The correction of a closed period: what it should have charged, less what was billed.",
});

export const DiscountOriginEnum = enumOf<DiscountOrigin>("DiscountOrigin", "Where a discount comes from.", {
  COMMITMENT: "The commitment: an early termination claims it back.",
  CUSTOMER_RATE: "The customer's subscription discount rate: never claimed back.",
});

export const InvoiceStateEnum = enumOf<InvoiceState>("InvoiceState", "Whether an invoice is paid.", {
  UNPAID: "Nothing was paid yet.",
  PARTIALLY_PAID: "A part was paid, by money or by credit.",
  VOID: "It is void: nothing of it is owed.",
  PAID: "Nothing is left to pay.",
  OVERDUE: "Something is left to pay, and the due date has passed.",
  WRITTEN_OFF: "What was left to pay was given up.",
});

export const CreditNotePurposeEnum = enumOf<CreditNotePurpose>("CreditNotePurpose", "Why there is a credit note.", {
  PERIOD: "The billing period sums below zero.",
  CORRECTION: "It corrects a closed billing period at once.",
  VOID: "It voids an invoice.",
  GOODWILL: "It credits an amount without a charge behind it.",
});

export const CreditNoteSortFieldEnum = enumOf<CreditNoteSortField>(
  "CreditNoteSortField",
  "What credit notes are sorted by.",
  {
    NUMBER: "Their number.",
    ISSUED: "Their date.",
  },
);

export const InvoiceSortField = enumOf<InvoiceSortBy>("InvoiceSortField", "What invoices are sorted by.", {
  ISSUED: "Issue date.",
  DUE: "Due date.",
  TOTAL: "Total.",
  NUMBER: "Number.",
});
