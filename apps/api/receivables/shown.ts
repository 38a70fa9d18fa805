import { type PaymentRow, type RefundRow } from "#read-models/invoices/table.js";
import { type Plain } from "../graphql/plain.js";
import { type Payment, type Refund } from "./models.js";

/** The GraphQL forms of rows of payments and refunds. */

export const paymentShown = (row: PaymentRow): Plain<Payment> => {
  const { id, customerId, amount, currency, method, valueOn, recordedOn, invoiceId, reference, note } = row;
  const { reversedOn, reversalReason, recordedAt: createdAt } = row;
  return {
    ...{ id, customerId, amount, currency, method, valueOn, recordedOn, invoiceId, reference, note },
    ...{ reversedOn, reversalReason, createdAt },
  };
};

export const refundShown = (row: RefundRow): Plain<Refund> => {
  const { id, customerId, amount, currency, method, recordedOn, reference, reason, recordedAt: createdAt } = row;
  return { id, customerId, amount, currency, method, recordedOn, reference, reason, createdAt };
};
