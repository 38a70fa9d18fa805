import { verifyChain, NO_HASH } from "#event-store/content-hash.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { type CallsRecorded } from "#domain/voice/events.js";
import { type Database } from "#read-models/data-source.js";
import { entryBefore } from "#read-models/journal/proof-queries.js";
import { JournalHoldsNoData, readJournal } from "#read-models/journal/queries.js";
import { type EventsFrom } from "../streams.js";
import { type Tally } from "../tally.js";
import { type Expiry } from "../../verify/expiry.js";

export interface CallsSource {
  readonly dataSource: Database;
  readonly store: EventStore;
  readonly providerId: string;
  readonly source: EventsFrom;
  readonly expiry: Expiry;
  readonly tally: Tally;
  /** Called where calls of a stream that is read are kept no longer. */
  readonly expired: () => void;
}

/** An event may hold 500 calls. */
const EVENTS_AT_ONCE = 100;

/**
 * The events of a stream of calls, in order. Its chain is computed again, once however often it is read; events that are
 * gone are noted as expired where they may be, and are differences otherwise.
 */
export async function* readCalls(stream: string, from: CallsSource): AsyncGenerator<RecordedEvent<CallsRecorded>> {
  const { dataSource, providerId, tally } = from;
  const isNew = tally.isNew(stream);
  /** Hash null: nobody knows the event before. */
  let after: { readonly revision: bigint; readonly contentHash: string | null } = {
    revision: -1n,
    contentHash: NO_HASH,
  };
  for await (const event of eventsOf(stream, from)) {
    if (!tally.isCovered(event)) break;
    if (event.revision > after.revision + 1n) {
      const before = await entryBefore(dataSource, providerId, stream, event.revision);
      // What is passed over is in no journal, takes up a revision, and is no link.
      const isPassed = before?.revision === after.revision;
      const contentHash = isPassed ? after.contentHash : (before?.contentHash ?? null);
      if (!isPassed) {
        await tellGone(stream, [after.revision + 1n, event.revision - 1n], { last: before, isNew }, from);
      }
      after = { revision: event.revision - 1n, contentHash };
    }
    if (isNew) {
      tally.count("callEvents");
      const { revision, contentHash } = after;
      const broken = contentHash === null ? undefined : verifyChain([event], { revision, contentHash });
      const where = `${stream}@${event.revision}`;
      if (broken) tally.add({ what: "CHAIN_BROKEN", where, says: `${broken.type}: ${broken.reason}.` });
    }
    after = { revision: event.revision, contentHash: event.metadata.contentHash };
    if (event.type === "CallsRecorded") yield event;
  }
  const last = await entryBefore(dataSource, providerId, stream, BigInt(Number.MAX_SAFE_INTEGER));
  if (last && tally.isCovered(last) && last.revision > after.revision) {
    await tellGone(stream, [after.revision + 1n, last.revision], { last, isNew }, from);
  }
}

async function* eventsOf(
  stream: string,
  { dataSource, store, providerId, source }: CallsSource,
): AsyncGenerator<RecordedEvent<CallsRecorded> | RecordedEvent> {
  let next = 0n;
  if (source === "journal") {
    try {
      for (let afterSequence: bigint | null = 0n; afterSequence !== null;) {
        const page = await readJournal(dataSource, {
          ...{ providerId, streams: [stream], afterSequence, limit: EVENTS_AT_ONCE },
        });
        for (const event of page.events) {
          yield event;
          next = event.revision + 1n;
        }
        afterSequence = page.lastSequence;
      }
      return;
    } catch (error) {
      // It is mirrored as hash only: the event store has what has not expired.
      if (!(error instanceof JournalHoldsNoData)) throw error;
    }
  }
  for (;;) {
    const page = await store.readStream(stream, { from: next, limit: EVENTS_AT_ONCE });
    if (page.length === 0) return;
    for (const event of page) if (isOf(event, "calls")) yield event;
    next = (page.at(-1)?.revision ?? next) + 1n;
  }
}

/**
 * @param last what the journal has of the last of them; null: it has none
 * @param isNew whether it was not told yet
 */
const tellGone = async (
  stream: string,
  [first, until]: readonly [bigint, bigint],
  { last, isNew }: { readonly last: { readonly recordedAt: Date } | null; readonly isNew: boolean },
  { expiry, expired, tally }: CallsSource,
): Promise<void> => {
  const isExpired = last
    ? await expiry.isExpired(stream, until, last.recordedAt)
    : await expiry.isDeclared(stream, until);
  if (isExpired) expired();
  if (!isNew) return;
  if (isExpired) {
    tally.count("expiredCallEvents", Number(until - first) + 1);
    return;
  }
  const where = `${stream}@${first === until ? first : `${first}-${until}`}`;
  tally.add({ what: "CALLS_REMOVED", where, says: "Calls were recorded here, and are not there any more." });
};
