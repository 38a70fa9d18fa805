import { type Customer, suspensionOn, todayOf } from "#domain/customers/customer.js";
import { type RecordedEvent } from "#event-store/event.js";

/**
 * Whether a customer's service is blocked, as systems outside are told of it. They are told when it changes for the
 * customer's present day, so that who hears all of it knows how it is; what is ordered for a coming day counts with the
 * signal of that day (docs/integrations.md#suspensions).
 * @param customer after the event
 * @param before what was told before it
 */
export const toldAfter = (event: RecordedEvent, customer: Customer, before: boolean): boolean => {
  switch (event.type) {
    case "CustomerSuspended":
    case "CustomerUnsuspended":
      return event.data.orderedOn === undefined ? isBlocked(event, customer) : before;
    case "SuspensionTookEffect":
    case "UnsuspensionTookEffect":
      return isBlocked(event, customer);
    default:
      return before;
  }
};

/** On the day on which the event was recorded. */
const isBlocked = ({ metadata }: Pick<RecordedEvent, "metadata">, customer: Customer): boolean =>
  suspensionOn(customer, todayOf(customer, metadata.recordedAt)) !== undefined;
