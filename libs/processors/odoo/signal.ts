import { type Instant, type LocalDate } from "#domain/calendar.js";
import { type Amount, type Currency } from "#domain/money.js";
import { type InvoiceState } from "#domain/invoicing/invoice.js";
import { type DeliveryKind } from "../deliveries/target.js";

/** What a signal is about, as Odoo is told it. */
export const signalTypes = {
  INVOICE_GENERATED: "invoice.generated",
  INVOICE_OVERDUE: "invoice.overdue",
  CUSTOMER_SUSPENDED: "customer.suspended",
  CUSTOMER_UNSUSPENDED: "customer.unsuspended",
  COMMITMENT_TERMINATED: "commitment.terminated",
} as const satisfies Readonly<Record<DeliveryKind<"ODOO">, string>>;

/** As it was when the event was recorded. */
export interface SignalledCustomer {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface SignalledInvoice {
  readonly number: string;
  /** What is left to pay of it: its total less the balance that it used, and what was paid. */
  readonly amountDue: Amount;
  readonly total: Amount;
  readonly currency: Currency;
  readonly dueDate: LocalDate;
  readonly status: InvoiceState;
}

export interface SignalledSuspension {
  /** What a person typed; NON_PAYMENT: collection suspended, or lifted because nothing is overdue any more. */
  readonly reason: string | null;
  /** The first day that is not charged; of a lifting the first that is. */
  readonly since: LocalDate;
  /** Of all invoices that were due before that day. */
  readonly amountOverdue: Amount;
}

export interface SignalledTermination {
  readonly id: string;
  readonly name: string;
  /** The identifier of its account. */
  readonly account: string;
  /** The last charged day. */
  readonly terminatedOn: LocalDate;
  readonly early: boolean;
  readonly penalty: Amount;
}

export type SignalData =
  { readonly invoice: SignalledInvoice } | SignalledSuspension | { readonly commitment: SignalledTermination };

/** What is sent: JSON in the format of docs/integrations.md#odoo. Amounts are decimal text. */
export interface Signal {
  /** Of the delivery: the same whenever it is sent. */
  readonly id: string;
  readonly type: (typeof signalTypes)[keyof typeof signalTypes];
  /** When the event was recorded, by the provider's clock. */
  readonly timestamp: Instant;
  readonly data: { readonly customer: SignalledCustomer } & SignalData;
}
