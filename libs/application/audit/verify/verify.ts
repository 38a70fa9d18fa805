import { setTimeout as pause } from "node:timers/promises";
import { type EventStore } from "#event-store/event-store.js";
import { comparePositions, type Position, positionToText, START } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";
import { type Database } from "#read-models/data-source.js";
import { type JournalExtent, journalExtent } from "#read-models/journal/proof-queries.js";
import {
  addDifference,
  type Differences,
  type Findings,
  type JobContext,
  type JobOf,
  type JobRun,
  type Json,
  noDifferences,
} from "../job.js";
import { Keeper } from "../keeper.js";
import { requireProvider, unknownProvider } from "../known-provider.js";
import { checkSigned } from "../signing.js";
import { findAbsent } from "./absent.js";
import { type CheckpointDocument, type Deviation, isCheckpoint, MarksCheck, type MarksFollowed } from "./checkpoint.js";
import { type EventLog, EventSide } from "./event-side.js";
import { Expiry } from "./expiry.js";
import { type JournalLog, type JournalRead, readJournalSide } from "./journal-side.js";
import { readEvents } from "./read-events.js";
import { toPlain } from "./plain.js";
import { followedOf, type Standing, standingOf } from "./standing.js";

export interface VerifyInput {
  /** A signed checkpoint, as its file holds it; null: none. */
  readonly checkpoint: Json;
  /** PEM of the key that the checkpoint has to be signed with; null without one. */
  readonly publicKey: string | null;
  /** The events are looked at alone, without the journal: only their chains show what was changed. */
  readonly eventsOnly: boolean;
}

/** The checkpoint that was given is none, or was not signed with the key. The message is one sentence. */
export class CheckpointRefused extends Error {
  override readonly name = "CheckpointRefused";
}

/**
 * Proves that event store and journal hold the same events in the same order, and that both chains of hashes hold: of
 * contents, by stream, and over each provider's log. It only reads, and live traffic goes on: what comes after its start
 * is left out. After an interruption it goes on: what was read before is not read again.
 * @param saveEveryMs milliseconds between two saves, at least
 */
export const verificationThatSaves = (saveEveryMs: number): JobOf<VerifyInput, Json> => ({
  title: "Verification of event store and journal",
  // A checkpoint is long: its signature says which it was.
  shown: ({ checkpoint, eventsOnly }) => ({
    eventsOnly,
    checkpoint: (checkpoint as { readonly signature?: Json } | null)?.signature ?? null,
  }),
  async run(context, input, job) {
    const verifying = { context, checkpoint: checkpointOf(input), job, keeper: new Keeper(job, saveEveryMs) };
    return input.eventsOnly ? verifyEvents(verifying) : verifyBoth(verifying);
  },
});

const SAVE_EVERY_MS = 10_000;

export const verification = verificationThatSaves(SAVE_EVERY_MS);

interface Verifying {
  readonly context: JobContext;
  readonly checkpoint: Checkpoint | null;
  readonly job: JobRun;
  readonly keeper: Keeper<Json>;
}

interface Checkpoint {
  readonly document: CheckpointDocument;
  readonly keyId: string;
}

/** @throws CheckpointRefused, KeyUnusable */
const checkpointOf = ({ checkpoint, publicKey }: VerifyInput): Checkpoint | null => {
  if (checkpoint === null) return null;
  if (publicKey === null) throw new CheckpointRefused("A checkpoint needs the key that it was signed with.");
  const checked = checkSigned(checkpoint, publicKey);
  if (!checked.valid) throw new CheckpointRefused(`The checkpoint is refused: ${checked.reason}`);
  const { document, keyId } = checked;
  if (!isCheckpoint(document)) throw new CheckpointRefused("What was signed is no checkpoint that this program reads.");
  return { document, keyId };
};

const verifyBoth = async ({ context, checkpoint, job, keeper }: Verifying): Promise<Findings> => {
  const { dataSource, store, providerId } = context;
  const { signal } = job;
  const saved = standingOf(job.saved);
  if (saved === null && marksOf(checkpoint, providerId).size === 0) await requireProvider(context);
  const { extent, tail } = saved?.extent
    ? { extent: saved.extent, tail: saved.tail }
    : await settledExtent(dataSource, store, providerId, signal);
  const differences = saved?.differences ?? noDifferences();
  const bound = boundOf(extent);
  if (saved === null) tellWhatIsLeftOut(extent, tail, differences);
  const total = extent.providers.reduce((sum, { lastSequence }) => sum + Number(lastSequence), 0);
  const ofJournal = marksOf(checkpoint, providerId, saved?.ofJournal);
  const ofEvents = marksOf(checkpoint, providerId, saved?.ofEvents);
  const expiry = new Expiry(store, context.now, saved?.expired);
  const journals = new Map(saved?.journals);
  const side = new EventSide(
    {
      ...{ dataSource, store, differences, journals, providerId, expiry, marks: ofEvents },
      boundOf: bound.of,
    },
    saved?.logs,
  );
  let rows = saved?.rows ?? 0;
  const standing = (reading: JournalRead | null, position: Position | null): Json =>
    toPlain({
      ...{ extent, tail, differences, rows, journals, reading, position, logs: side.logs, expired: expiry.noted },
      ...{ ofJournal: followedOf(ofJournal), ofEvents: followedOf(ofEvents) },
    } satisfies Standing);
  for (const provider of extent.providers.filter((one) => !journals.has(one.providerId))) {
    const { reading = null } = saved ?? {};
    const journal = await readJournalSide(provider, {
      ...{ dataSource, differences, signal, marks: ofJournal.get(provider.providerId) ?? null },
      from: reading?.log.providerId === provider.providerId ? reading : null,
      read: (more, so) => {
        job.progress({ phase: "reading the journal", done: (rows += more), total });
        return keeper.keep(() => standing(so, null));
      },
    });
    journals.set(provider.providerId, journal);
  }
  const from = saved?.position ?? null;
  if (from === null) await keeper.keep(() => standing(null, null), true);
  const events = await readEvents({ side, store, from, through: bound.most, job, total }, (position, isEnd) =>
    keeper.keep(() => standing(null, position), isEnd),
  );
  for (const journal of journals.values()) {
    const log = side.logs.get(journal.providerId);
    tellGaps(journal, log, differences);
    await findAbsent(journal, log, { dataSource, differences, expiry, signal });
  }
  tellDeviations(checkpoint, "journal", ofJournal, differences);
  tellDeviations(checkpoint, "events", withoutExpired(ofEvents, expiry), differences);
  return {
    covered: {
      ...{ source: "events", fromPosition: null, toPosition: positionToText(bound.most) },
      journal: [...journals.values()].map(({ providerId: provider, chain }) => ({
        ...{ providerId: provider, sequence: chain.sequence.toString(), logHash: chain.logHash },
      })),
    },
    checked: { events, rows, streams: streamsIn(side), providers: journals.size },
    ...{ differences: differences.kept, differencesTotal: differences.total },
    details: detailsOf(side, expiry, checkpoint),
  };
};

/** The chains of the events alone. */
const verifyEvents = async ({ context, checkpoint, job, keeper }: Verifying): Promise<Findings> => {
  const { dataSource, store, providerId } = context;
  const saved = standingOf(job.saved);
  const differences = saved?.differences ?? noDifferences();
  const tail = saved?.tail ?? (await store.tail());
  const marks = marksOf(checkpoint, providerId, saved?.ofEvents);
  const expiry = new Expiry(store, context.now, saved?.expired);
  const side = new EventSide(
    { ...{ dataSource, store, differences, journals: null, providerId, marks, expiry, boundOf: () => tail } },
    saved?.logs,
  );
  const standing = (position: Position): Json =>
    toPlain({
      ...{ extent: null, tail, differences, rows: 0, journals: new Map(), reading: null, position, logs: side.logs },
      ...{ expired: expiry.noted, ofJournal: new Map(), ofEvents: followedOf(marks) },
    } satisfies Standing);
  const from = saved?.position ?? null;
  const events = await readEvents({ side, store, from, through: tail, job, total: null }, (position, isEnd) =>
    keeper.keep(() => standing(position), isEnd),
  );
  if (providerId !== null && events === 0 && marks.size === 0) throw unknownProvider();
  tellDeviations(checkpoint, "events", withoutExpired(marks, expiry), differences);
  return {
    covered: { source: "events", fromPosition: null, toPosition: positionToText(tail) },
    checked: { events, streams: streamsIn(side), providers: side.logs.size },
    ...{ differences: differences.kept, differencesTotal: differences.total },
    details: detailsOf(side, expiry, checkpoint),
  };
};

const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 200;

/** How far the journal reaches, once it has what the event store has now; or after a while, however far it is. */
const settledExtent = async (
  dataSource: Database,
  store: EventStore,
  providerId: string | null,
  signal: AbortSignal,
): Promise<{ readonly extent: JournalExtent; readonly tail: Position }> => {
  const tail = await store.tail();
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const extent = await journalExtent(dataSource, providerId);
    const isThere = extent.position !== null && comparePositions(extent.position, tail) >= 0;
    if (isThere || performance.now() > until) return { extent, tail };
    await pause(LOOK_AGAIN_MS, undefined, { signal });
  }
};

/** Up to where the journal holds the events of each provider. */
const boundOf = ({ position, providers }: JournalExtent) => {
  const most = position ?? START;
  const stalled = new Map(providers.map(({ providerId, stalledAt }) => [providerId, stalledAt]));
  return {
    most,
    of: (providerId: string): Position => stalled.get(providerId) ?? most,
  };
};

/** What the journal does not hold yet is not proven. */
const tellWhatIsLeftOut = ({ position, providers }: JournalExtent, tail: Position, differences: Differences): void => {
  if (position === null || comparePositions(position, tail) < 0) {
    addDifference(differences, {
      what: "JOURNAL_BEHIND",
      where: `journal ${positionToText(position ?? START)}`,
      says: `The journal has not followed the event store to its end, ${positionToText(tail)}: what comes after is not compared.`,
    });
  }
  for (const { providerId, stalledAt } of providers) {
    if (stalledAt === null) continue;
    addDifference(differences, {
      what: "JOURNAL_STALLED",
      where: `journal ${providerId}`,
      says: `The provider is stalled at ${positionToText(stalledAt)}: what comes after is not compared.`,
    });
  }
};

/** Rows that neither side has: the events of those that were removed from the journal alone were named. */
const tellGaps = (journal: JournalLog, events: EventLog | undefined, differences: Differences): void => {
  if (journal.missing <= BigInt(events?.rowsRemoved ?? 0)) return;
  for (const { from, until, before } of journal.gaps) {
    addDifference(differences, {
      what: "ROW_REMOVED",
      where: `journal ${journal.providerId} ${from === until ? from : `${from}-${until}`}`,
      says: `The journal has no row with ${from === until ? "this sequence" : "these sequences"}, before ${before}.`,
    });
  }
};

/** @param followed how far each log was followed before; left out: they begin */
const marksOf = (
  checkpoint: Checkpoint | null,
  providerId: string | null,
  followed?: ReadonlyMap<string, MarksFollowed>,
): Map<string, MarksCheck> =>
  new Map(
    (checkpoint?.document.logs ?? [])
      .filter((log) => providerId === null || log.providerId === providerId)
      .map((log) => [log.providerId, new MarksCheck(log, followed?.get(log.providerId))]),
  );

/** Without the events that have expired, the chain cannot be computed from the event store: the journal has it. */
const withoutExpired = (marks: ReadonlyMap<string, MarksCheck>, { noted }: Expiry): Map<string, MarksCheck> => {
  const incomplete = new Set([...noted.keys()].map((stream) => parseStreamName(stream).provider));
  return new Map([...marks].filter(([providerId]) => !incomplete.has(providerId)));
};

const tellDeviations = (
  checkpoint: Checkpoint | null,
  side: "journal" | "events",
  marks: ReadonlyMap<string, MarksCheck>,
  differences: Differences,
): void => {
  for (const [providerId, check] of marks) {
    const deviation = check.result();
    if (deviation === null || checkpoint === null) continue;
    addDifference(differences, {
      what: side === "journal" ? "JOURNAL_LEAVES_CHECKPOINT" : "EVENTS_LEAVE_CHECKPOINT",
      where: `${side === "journal" ? "journal" : "event store"} ${providerId} ${deviation.after + 1n}`,
      says: deviationSays(side, deviation, checkpoint.document),
    });
  }
};

const deviationSays = (
  side: "journal" | "events",
  { after, by, first }: Deviation,
  { createdAt }: CheckpointDocument,
): string => {
  const name = side === "journal" ? "The journal" : "The event store";
  const agreed = after === 0n ? "from its beginning on" : `after sequence ${after}`;
  const where = by === after + 1n ? "" : `, at the latest at sequence ${by}`;
  const has = first === null ? "it ends there" : `it goes on with ${first}`;
  return `${name} is not the one of the checkpoint of ${createdAt} ${agreed}${where}: ${has}.`;
};

const streamsIn = ({ logs }: EventSide): number =>
  [...logs.values()].reduce((sum, { streams }) => sum + streams.size, 0);

const detailsOf = (side: EventSide, { noted }: Expiry, checkpoint: Checkpoint | null): Json => ({
  passed: [...side.logs.values()].reduce((sum, { passed }) => sum + passed, 0),
  expired: [...noted].map(([stream, through]) => ({ stream, through: through.toString() })),
  checkpoint: checkpoint && { createdAt: checkpoint.document.createdAt, keyId: checkpoint.keyId },
});
