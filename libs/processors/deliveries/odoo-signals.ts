import { type Customer, customerEvolver } from "#domain/customers/customer.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Facts } from "./facts.js";
import { toldAfter } from "./suspensions-told.js";
import { type DeliveryKind } from "./target.js";
import { ofCommitment, ofInvoices, type Wanted } from "./wanted.js";

/** The signals to Odoo that an event makes (docs/integrations.md#odoo): of every customer, with an e-mail address or not. */
export const odooSignalsOf = (event: RecordedEvent, facts: Facts): Wanted<DeliveryKind<"ODOO">>[] => {
  switch (event.type) {
    case "NumbersAssigned":
      return ofInvoices("INVOICE_GENERATED", event);
    case "InvoiceOverdue": {
      const { invoiceId: subjectId, effectiveOn: on } = event.data;
      return [{ kind: "INVOICE_OVERDUE", customerId: parseStreamName(event.stream).id, on, subjectId }];
    }
    case "CustomerSuspended":
    case "CustomerUnsuspended":
    case "SuspensionTookEffect":
    case "UnsuspensionTookEffect":
      return ofService(event, facts);
    case "TerminationTookEffect":
      return ofCommitment("COMMITMENT_TERMINATED", event.data, facts);
    default:
      return [];
  }
};

/** Where the event changes whether the customer's service is blocked. */
const ofService = (event: RecordedEvent, facts: Facts): Wanted<DeliveryKind<"ODOO">>[] => {
  const { id: customerId } = parseStreamName(event.stream);
  const customer = afterEvent(event, facts.customer(customerId));
  if (!customer) return [];
  const before = facts.suspensionTold(customerId);
  const now = toldAfter(event, customer, before);
  if (now === before) return [];
  const kind = now ? "CUSTOMER_SUSPENDED" : "CUSTOMER_UNSUSPENDED";
  return [{ kind, customerId, on: event.data.effectiveOn, subjectId: null }];
};

const afterEvent = (event: RecordedEvent, customer: Customer | undefined): Customer | null =>
  isOf(event, "customer") ? customerEvolver.evolve(customer ?? null, event, event.id) : (customer ?? null);
