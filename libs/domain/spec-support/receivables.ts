import { type LocalDate } from "../calendar.js";
import { type InvoiceSealed } from "../invoicing/events.js";
import { type Amount } from "../money.js";

/** The seal of an invoice in dollars, of which only collection looks at anything. */
export const invoiceSealed = (
  invoiceId: string,
  { issuedOn, dueOn, total }: { readonly issuedOn: LocalDate; readonly dueOn: LocalDate; readonly total: Amount },
): InvoiceSealed => ({
  type: "InvoiceSealed",
  data: {
    ...{ invoiceId, customerId: "customer-1", period: { from: issuedOn, until: issuedOn }, currency: "USD" },
    ...{ issuedOn, dueOn, graceDays: 14, total, rounding: "HALF_UP", lineCount: 0, totalsByKind: {}, pages: [] },
    ...{ contentHash: "", basis: [], effectiveOn: issuedOn },
    personal: { recipient: { name: "John Doe", companyDomain: null, email: null, phone: null } },
  },
});
