import { type DataSource } from "typeorm";
import { eventCategories } from "#event-store/catalogue.js";
import { parseStreamName } from "#event-store/streams.js";
import { isUuid } from "../rows/filters.js";
import { type Scope } from "../rows/scope.js";
import { givenRows } from "../runner/given-rows.js";
import { type Projection } from "../runner/projection.js";

/** Where each event is in the event store, which finds events by stream and revision only. */
export const eventsProjection: Projection = {
  name: "events",
  version: 1,
  tables: ["event_places"],
  categories: eventCategories,
  async apply(manager, events) {
    const rows = events.map(({ stream, revision, id: event_id }) => ({
      provider_id: parseStreamName(stream).provider,
      event_id,
      stream,
      revision: revision.toString(),
    }));
    const columns = ["provider_id", "event_id", "stream", "revision"].map((name) => ({ name, property: name }));
    const { select, parameters } = await givenRows(manager, "event_places", columns, rows);
    await manager.query(
      `INSERT INTO event_places (provider_id, event_id, stream, revision) ${select}
       ON CONFLICT (provider_id, event_id) DO NOTHING`,
      [...parameters],
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
