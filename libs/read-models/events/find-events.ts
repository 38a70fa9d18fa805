import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { comparePositions } from "#event-store/position.js";
import { isUuid } from "../rows/filters.js";
import { type Scope } from "../rows/scope.js";

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
    `SELECT stream, min(revision)::text AS first, max(revision)::text AS last FROM event_places
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
