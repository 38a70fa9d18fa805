import { type PaymentMethod } from "#domain/invoicing/payment-events.js";
import { type CreditUser } from "#domain/receivables/books.js";
import { type MovementKind } from "#domain/receivables/movements.js";
import {
  type PaymentSortField as PaymentSortBy,
  type RefundSortField as RefundSortBy,
} from "#read-models/invoices/payment-queries.js";
import { enumOf } from "../graphql/enums.js";

export const PaymentMethodEnum = enumOf<PaymentMethod>("PaymentMethod", "How money came or went.", {
  BANK_TRANSFER: "By bank transfer.",
  DIRECT_DEBIT: "By direct debit.",
  CARD: "By card.",
  CASH: "In cash.",
  CHEQUE: "By cheque.",
  OTHER: "In another way.",
});

export const AllocationUseEnum = enumOf<CreditUser>("AllocationUse", "What a credit was used for.", {
  INVOICE: "It paid an invoice.",
  REFUND: "It was paid back.",
  OWED: "It settled what was owed beyond all invoices.",
});

export const MovementKindEnum = enumOf<MovementKind>("MovementKind", "What changed what a customer owes.", {
  INVOICE: "An invoice was issued.",
  CREDIT_NOTE: "A credit note was issued.",
  PAYMENT: "A payment was recorded.",
  REVERSAL: "A payment was reversed.",
  REFUND: "Balance was paid back.",
  WRITE_OFF: "What was open of an invoice was written off.",
  WRITE_OFF_UNDONE: "A write-off was undone, by a payment for the invoice or because it is void.",
});

export const PaymentSortField = enumOf<PaymentSortBy>("PaymentSortField", "What payments are sorted by.", {
  RECORDED: "The order in which they were recorded.",
  VALUE_DATE: "When the money came.",
  AMOUNT: "Their amount.",
});

export const RefundSortField = enumOf<RefundSortBy>("RefundSortField", "What refunds are sorted by.", {
  RECORDED: "The order in which they were recorded.",
  AMOUNT: "Their amount.",
});
