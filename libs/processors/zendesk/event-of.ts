import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { type Delivery } from "../deliveries/target.js";

/** The event that a delivery is about. @throws where it is not there */
export const eventOf = async ({ event }: Pick<Delivery, "event">, store: EventStore): Promise<RecordedEvent> => {
  const [recorded] = await store.readStream(event.stream, { from: event.revision, limit: 1 });
  if (recorded?.id !== event.id) throw new Error("its event is not there.");
  return recorded;
};
