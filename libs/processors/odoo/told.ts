import { type Customer } from "#domain/customers/customer.js";
import { type EventStore } from "#event-store/event-store.js";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { type DeliveryTo, type Sources } from "../deliveries/target.js";

/** What the data of a signal are made of. */
export interface Told {
  readonly sources: Sources;
  readonly delivery: DeliveryTo<"ODOO">;
  /** The delivery's. */
  readonly event: RecordedEvent;
  /** As it was with the event. */
  readonly customer: Customer;
  /** Its events through the delivery's. */
  readonly events: readonly RecordedEvent[];
}

/** The events of a stream that were recorded by a place in the log. */
export const eventsThrough = async (
  store: EventStore,
  stream: string,
  position: Position,
): Promise<readonly RecordedEvent[]> =>
  (await store.readStream(stream)).filter((event) => comparePositions(event.position, position) <= 0);
