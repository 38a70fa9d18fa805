import { type DataSource } from "typeorm";
import { eventCategories } from "#event-store/catalogue.js";
import { parseStreamName } from "#event-store/streams.js";
import { isUuid } from "../rows/filters.js";
import { type Scope } from "../rows/scope.js";
import { type Projection } from "../runner/projection.js";

/** Where each event is in the event store, which finds events by stream and revision only. */
export const eventsProjection: Projection = {
  name: "events",
  version: 1,
  tables: ["event_places"],
  categories: eventCategories,
  async apply(manager, events) {
    await manager.query(
      `INSERT INTO event_places (provider_id, event_id, stream, revision)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[])
       ON CONFLICT (provider_id, event_id) DO NOTHING`,
      [
        events.map(({ stream }) => parseStreamName(stream).provider),
        events.map(({ id }) => id),
        events.map(({ stream }) => stream),
        events.map(({ revision }) => revision.toString()),
      ],
    );
  },
};

/** The place of one event. */
export interface EventPlace {
  readonly stream: string;
  /** Text of a bigint. */
  readonly revision: string;
}

/**
 * Where an event of the provider is; null: it has none with this id, as far as projected. A customer is shown none: events
 * say who worked for the provider and why, and some name other customers (docs/decisions/0173-what-a-customer-sees.md).
 */
export const findEventPlace = async (
  dataSource: DataSource,
  { providerId, customerId }: Scope,
  eventId: string,
): Promise<EventPlace | null> => {
  if (!isUuid(eventId)) return null;
  const [found] = await dataSource.query<EventPlace[]>(
    `SELECT stream, revision FROM event_places
      WHERE provider_id = $1 AND event_id = $2 AND $3::uuid IS NULL`,
    [providerId, eventId, customerId],
  );
  return found ?? null;
};
