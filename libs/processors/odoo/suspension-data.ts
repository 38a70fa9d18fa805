import { suspendedSince, suspensionOn } from "#domain/customers/customer.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type SignalledSuspension } from "./signal.js";
import { type Told } from "./told.js";

/** Why and since when service is blocked, or is back. */
export const suspensionData = ({
  delivery: { kind, on },
  event,
  customer,
  events,
}: Told): Omit<SignalledSuspension, "amountOverdue"> => {
  if (kind === "CUSTOMER_SUSPENDED") {
    const suspension = suspensionOn(customer, on);
    return {
      reason: reasonOf(ordering(events, event, suspension?.eventId)),
      since: suspendedSince(customer, on) ?? on,
    };
  }
  const lifting = customer.suspensions.findLast(({ suspended, effectiveOn }) => !suspended && effectiveOn === on);
  return { reason: reasonOf(ordering(events, event, lifting?.eventId)), since: on };
};

/** The suspension or lifting that an event is about: itself, or the one that was ordered for its day. */
const ordering = (
  events: readonly RecordedEvent[],
  event: RecordedEvent,
  orderedBy: string | undefined,
): RecordedEvent | undefined =>
  event.type === "SuspensionTookEffect" || event.type === "UnsuspensionTookEffect"
    ? events.find(({ id }) => id === orderedBy)
    : event;

const reasonOf = (event: RecordedEvent | undefined): string | null => {
  if (event?.type !== "CustomerSuspended" && event?.type !== "CustomerUnsuspended") return null;
  return event.data.origin ?? event.data.personal?.reason ?? null;
};
