import { type ReceivablesEvent } from "#domain/invoicing/events.js";
import { reject } from "#domain/rejection.js";
import { type FactSource } from "../command/facts.js";

/** The id of the credit note that a command issued. */
export const creditNoteAnswer = ({ events }: { readonly events: readonly ReceivablesEvent[] }) => {
  const sealed = events.find((event) => event.type === "CreditNoteSealed");
  return Promise.resolve({ creditNoteId: sealed?.data.creditNoteId ?? null });
};

/** What a person wrote; null: nothing. */
export const textOf = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

/** The customer of an issued invoice. @throws Rejection INVOICE_NOT_FOUND */
export const invoiceOwner = async (facts: FactSource, providerId: string, id: string): Promise<string> => {
  const found = await facts.issuedInvoice(providerId, id);
  if (found) return found.customerId;
  throw reject("INVOICE_NOT_FOUND", "There is no such invoice.", { field: "invoiceId" });
};
