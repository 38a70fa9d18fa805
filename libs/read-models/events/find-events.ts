import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { comparePositions } from "#event-store/position.js";
import { isUuid } from "../rows/filters.js";
import { type Scope } from "../rows/scope.js";

/*
 * The event store finds events by stream and revision only; the journal knows these of every event by its id. It is the
 * live one in answers as of another moment too: what they name was known then.
 */

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
  dataSource: Pick<DataSource, "query">,
  { providerId, customerId }: Scope,
  eventId: string,
): Promise<EventPlace | null> => {
  if (!isUuid(eventId)) return null;
  const [found] = await dataSource.query<EventPlace[]>(
    `SELECT stream, revision FROM public.journal
      WHERE provider_id = $1 AND event_id = $2 AND $3::uuid IS NULL ORDER BY sequence LIMIT 1`,
    [providerId, eventId, customerId],
  );
  return found ?? null;
};

/** Streams that are read side by side. */
const STREAMS_AT_ONCE = 8;

/**
 * Events of the provider by id, in the order of the log; unknown ids are left out. A customer is shown none
 * (docs/decisions/0173-what-a-customer-sees.md).
 */
export const findEvents = async (
  dataSource: Pick<DataSource, "query">,
  store: Pick<EventStore, "readStream">,
  { providerId, customerId }: Scope,
  ids: readonly string[],
): Promise<RecordedEvent[]> => {
  const wanted = new Set(ids.filter(isUuid));
  if (wanted.size === 0) return [];
  const streams = await dataSource.query<{ stream: string; first: string; last: string }[]>(
    `SELECT stream, min(revision)::text AS first, max(revision)::text AS last FROM public.journal
      WHERE provider_id = $1 AND event_id = ANY($2::uuid[]) AND $3::uuid IS NULL GROUP BY stream`,
    [providerId, [...wanted], customerId],
  );
  const found: RecordedEvent[] = [];
  for (let from = 0; from < streams.length; from += STREAMS_AT_ONCE) {
    const read = await Promise.all(
      streams
        .slice(from, from + STREAMS_AT_ONCE)
        .map(({ stream, first, last }) =>
          store.readStream(stream, { from: BigInt(first), limit: Number(BigInt(last) - BigInt(first)) + 1 }),
        ),
    );
    found.push(...read.flat().filter(({ id }) => wanted.has(id)));
  }
  return found.sort((a, b) => comparePositions(a.position, b.position));
};
