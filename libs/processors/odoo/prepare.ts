import { customerEvolver } from "#domain/customers/customer.js";
import { fold } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { type DeliveryTo, type Sources } from "../deliveries/target.js";
import { invoiceThen, overdueThen } from "./invoice-data.js";
import { type Signal, type SignalData, signalTypes } from "./signal.js";
import { suspensionData } from "./suspension-data.js";
import { terminationData } from "./termination-data.js";
import { eventsThrough, type Told } from "./told.js";

/** Names of the read models that signals are made from. */
export const SIGNALS_READ = ["accounts", "invoices", "billing"];

/**
 * The signal of a delivery, with everything as it was when the event was recorded: what happened since has signals of its
 * own, and a target that was out of reach gets the same as one that was not (docs/integrations.md#odoo).
 */
export const prepareSignal = async (delivery: DeliveryTo<"ODOO">, sources: Sources): Promise<{ content: Signal }> => {
  const { id, provider, customerId, kind } = delivery;
  const { stream, revision } = delivery.event;
  const [event] = await sources.store.readStream(stream, { from: revision, limit: 1 });
  if (event?.id !== delivery.event.id) throw new Error("its event is not there.");
  const events = await eventsThrough(sources.store, streamName(provider, "customer", customerId), event.position);
  const customer = fold(customerEvolver, events);
  if (!customer) throw new Error("its customer is not there.");
  const { name, email, phone } = customer.contact;
  const data = await dataOf({ sources, delivery, event, customer, events });
  return {
    content: {
      ...{ id, type: signalTypes[kind], timestamp: event.metadata.recordedAt },
      data: { customer: { id: customerId, name, email, phone }, ...data },
    },
  };
};

const dataOf = async (told: Told): Promise<SignalData> => {
  switch (told.delivery.kind) {
    case "INVOICE_GENERATED":
    case "INVOICE_OVERDUE":
      return { invoice: await invoiceThen(told) };
    case "CUSTOMER_SUSPENDED":
    case "CUSTOMER_UNSUSPENDED": {
      const suspension = suspensionData(told);
      return { ...suspension, amountOverdue: await overdueThen(told, suspension.since) };
    }
    case "COMMITMENT_TERMINATED":
      return { commitment: await terminationData(told) };
  }
};
