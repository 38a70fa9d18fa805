import { type Instant } from "#domain/calendar.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { CREDIT_NOTES, INVOICES } from "../billing/numbers.js";
import { eventOf, JOURNAL_COLUMNS, type JournalRow, readJournal } from "../journal/queries.js";
import { type Queryable } from "../runner/checkpoints.js";
import { type Streams } from "./select-events.js";
import { type Surroundings } from "./streams.js";

/** Events of customers and the catalog that one answer is made of at most, unless configured otherwise. */
export const MOST_EVENTS = 50_000;
const PAGE = 5_000;

/** What is asked for has more events than one answer is made of. */
export class TooManyEvents extends Error {
  override readonly name = "TooManyEvents";
}

/** The journal has not reached what other read models show. */
export class JournalBehind extends Error {
  override readonly name = "JournalBehind";
}

/** Which part of a provider's log an answer is made of. */
export interface Log extends Surroundings {
  readonly providerId: string;
  readonly knownAt: Instant | null;
  /** Events that the answer is made of at most. */
  readonly mostEvents: number;
}

/** Where that part is read. */
export interface Source {
  /**
   * The streams, each with its events in order; those that nobody knew at `knownAt` may be missing.
   * @throws TooManyEvents
   */
  streams(): Promise<Streams>;
  /** Events of the registers as known at `knownAt`: at least those that numbered documents of the customers. */
  registered(): Promise<readonly RecordedEvent[]>;
}

/** @throws TooManyEvents */
export const requireFew = (events: number, most: number): void => {
  if (events > most) {
    throw new TooManyEvents(`More than ${most} events concern this: too many for one answer.`);
  }
};

/** Throws JournalHoldsNoData, UndecodableEvent, JournalBehind. */
export const fromJournal = (db: Queryable, { providerId, customerIds, streams, knownAt, mostEvents }: Log): Source => ({
  async streams() {
    await requireReached(db);
    const found = new Map<string, RecordedEvent[]>();
    let count = 0;
    let afterSequence: bigint | null = 0n;
    while (afterSequence !== null) {
      const page = await readJournal(db, {
        ...{ providerId, streams, afterSequence, limit: PAGE },
        ...(knownAt !== null && { knownAt }),
      });
      for (const event of page.events) {
        const stream = found.get(event.stream);
        if (stream) stream.push(event);
        else found.set(event.stream, [event]);
      }
      count += page.events.length;
      requireFew(count, mostEvents);
      afterSequence = page.events.length < PAGE ? null : page.lastSequence;
    }
    return [...found.values()];
  },
  async registered() {
    const registers = [INVOICES, CREDIT_NOTES].map((series) => streamName(providerId, "register", series));
    const rows = await db.query<JournalRow[]>(
      `WITH documents AS (
         SELECT series, series_index FROM invoices
          WHERE provider_id = $1 AND customer_id = ANY($2::uuid[]) AND number IS NOT NULL
         UNION ALL
         SELECT series, series_index FROM credit_notes
          WHERE provider_id = $1 AND customer_id = ANY($2::uuid[]) AND number IS NOT NULL
       ), numbered AS (
         SELECT DISTINCT (SELECT n.commit FROM numberings n
                           WHERE n.provider_id = $1 AND n.series = d.series AND n.first <= d.series_index
                           ORDER BY n.first DESC LIMIT 1) AS commit
           FROM documents d
       ), known AS (
         SELECT r.stream, (SELECT j.revision FROM journal j
                            WHERE j.provider_id = $1 AND j.stream = r.stream
                              AND ($4::timestamptz IS NULL OR j.recorded_at <= $4)
                            ORDER BY j.revision DESC LIMIT 1) AS last
           FROM unnest($3::text[]) AS r (stream)
       )
       SELECT ${JOURNAL_COLUMNS.split(", ")
         .map((column) => `j.${column}`)
         .join(", ")}
         FROM journal j JOIN numbered USING (commit) JOIN known k ON k.stream = j.stream AND j.revision <= k.last
        WHERE j.provider_id = $1
        ORDER BY j.sequence`,
      [providerId, customerIds, registers, knownAt],
    );
    return rows.map(eventOf);
  },
});

/** Read models that know of events before the journal has them would be shown a past that never was. */
const requireReached = async (db: Queryable): Promise<void> => {
  const [ahead] = await db.query<{ name: string }[]>(
    `SELECT c.name FROM projection_checkpoints c
      WHERE c.name = 'billing'
        AND NOT EXISTS (SELECT FROM projection_checkpoints j
                         WHERE j.name = 'journal' AND (j.commit, j.prepare) >= (c.commit, c.prepare))`,
  );
  if (ahead) throw new JournalBehind(`The journal has not reached what ${ahead.name} shows`);
};
