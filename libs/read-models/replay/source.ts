import { type DataSource } from "typeorm";
import { StoreUnavailable } from "#event-store/errors.js";
import { type Batch, type EventStore } from "#event-store/event-store.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { streamsWithin } from "#event-store/streams.js";
import { eventOf, type JournalEventRow, STORED_COLUMNS } from "../journal/queries.js";
import { type Queryable } from "../runner/checkpoints.js";

/** Where a replay reads events from. */
export interface ReplaySource {
  readonly name: "journal" | "events";
  /**
   * The events after `from` up to `to`, in log order, of the providers asked for; the last batch has the position `to`.
   * @throws StoreUnavailable, JournalHoldsNoData, UndecodableEvent
   */
  read(range: Range): AsyncGenerator<Batch>;
}

export interface Range {
  /** Exclusive. */
  readonly from: Position;
  /** Inclusive; not after the end of the source. */
  readonly to: Position;
  readonly signal: AbortSignal;
  /** The connection to read with; default: one of the source's own. */
  readonly db?: Queryable;
}

const EVENTS_PER_BATCH = 10_000;

/**
 * Milliseconds that a batch of the event store waits for more. A process that applies one batch is too busy to take the
 * events of the next one as they arrive: those that came meanwhile would be many small batches.
 */
const LINGER_MS = 1_000;

/** Milliseconds without an answer after which the store counts as unavailable. */
const PATIENCE_MS = 30_000;

/** @param providerId only events of this provider (uuid); null: of all */
export const eventsOf = (store: EventStore, providerId: string | null): ReplaySource => ({
  name: "events",
  async *read({ from, to, signal }) {
    if (comparePositions(from, to) >= 0) return;
    const arrived: Batch[] = [];
    let wake: () => void = () => undefined;
    let taken: () => void = () => undefined;
    const onAbort = (): void => {
      wake();
    };
    signal.addEventListener("abort", onAbort);
    const subscription = store.subscribe({
      name: "replay",
      from,
      unreadable: "HAND_OVER",
      batchSize: EVENTS_PER_BATCH,
      lingerMs: LINGER_MS,
      inThread: true,
      // Another one is put together meanwhile; more would only be in memory.
      onBatch: async (batch) => {
        arrived.push(batch);
        wake();
        await new Promise<void>((resolve) => (taken = resolve));
      },
    });
    try {
      for (;;) {
        signal.throwIfAborted();
        let batch = arrived.shift();
        if (batch === undefined) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, PATIENCE_MS);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
          signal.throwIfAborted();
          batch = arrived.shift();
        }
        if (batch === undefined) {
          const why = subscription.status().lastError ?? "nothing arrives";
          throw new StoreUnavailable(`The log could not be read to its end: ${why}`);
        }
        taken();
        const isLast = comparePositions(batch.position, to) >= 0 || batch.caughtUp;
        yield within(batch, { to, isLast, providerId });
        if (isLast) return;
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      taken();
      await subscription.stop();
    }
  },
});

const within = (
  batch: Batch,
  { to, isLast, providerId }: { readonly to: Position; readonly isLast: boolean; readonly providerId: string | null },
): Batch => {
  const prefix = providerId === null ? "" : streamsWithin(providerId);
  const wanted = <Event extends { readonly stream: string; readonly position: Position }>(events: readonly Event[]) =>
    events.filter(({ stream, position }) => stream.startsWith(prefix) && comparePositions(position, to) <= 0);
  return {
    events: wanted(batch.events),
    ...(batch.unreadable && { unreadable: wanted(batch.unreadable) }),
    position: isLast ? to : batch.position,
    caughtUp: isLast,
  };
};

/**
 * The journal of the live tables: many times as fast as the event store. It lacks what read models are not given; what
 * is passed over has to be known beforehand.
 * @param providerId only events of this provider (uuid); null: of all
 */
export const journalAsSource = (dataSource: DataSource, providerId: string | null): ReplaySource => ({
  name: "journal",
  async *read({ from, to, signal, db = dataSource }) {
    const page = (after: Position): Promise<JournalEventRow[]> =>
      db.query<JournalEventRow[]>(
        `SELECT ${STORED_COLUMNS} FROM public.journal
          WHERE (commit, prepare) > ($1::numeric, $2::numeric) AND (commit, prepare) <= ($3::numeric, $4::numeric)
            ${providerId === null ? "" : "AND provider_id = $6"}
          ORDER BY commit, prepare LIMIT $5`,
        [
          ...[after, to].flatMap(({ commit, prepare }) => [commit.toString(), prepare.toString()]),
          EVENTS_PER_BATCH,
          ...(providerId === null ? [] : [providerId]),
        ],
      );
    // A connection that the caller uses meanwhile takes no second statement.
    const isOwn = db === dataSource;
    let next = page(from);
    for (;;) {
      const rows = await next;
      signal.throwIfAborted();
      const last = rows.at(-1);
      const isLast = last === undefined || rows.length < EVENTS_PER_BATCH;
      const position = last === undefined ? to : { commit: BigInt(last.commit), prepare: BigInt(last.prepare) };
      if (!isLast && isOwn) {
        next = page(position);
        // Its failure is thrown when it is awaited.
        next.catch(() => undefined);
      }
      yield { events: rows.map(eventOf), position: isLast ? to : position, caughtUp: isLast };
      if (isLast) return;
      if (!isOwn) next = page(position);
    }
  },
});
