import { type Quarantine, isQuarantined, quarantineEvolver } from "#domain/providers/quarantine.js";
import { misplacedReason } from "#event-store/catalogue.js";
import { UndecodableEvent } from "#event-store/errors.js";
import { type Batch, type EventStore } from "#event-store/event-store.js";
import { fold } from "#event-store/fold.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { parseStreamName, streamName } from "#event-store/streams.js";
import { type PassedEvent } from "./passed-events.js";
import { type BadEvent } from "./stalls.js";

/** Findings on the events of a batch: those that stall their provider, and those that are passed over. */
export interface Findings {
  readonly bad: readonly BadEvent[];
  readonly passed: readonly PassedEvent[];
}

export const NOTHING_FOUND: Findings = { bad: [], passed: [] };

/** Adds bad events: a quarantined one is passed over, any other stalls its provider. */
export const withBad = async (store: EventStore, findings: Findings, found: readonly BadEvent[]): Promise<Findings> => {
  const quarantines = new Map<string, Quarantine>();
  const bad = [...findings.bad];
  const passed = [...findings.passed];
  for (const event of found) {
    const { provider, stream, revision, id, type } = event;
    const quarantine = quarantines.get(provider) ?? (await quarantineOf(store, provider));
    quarantines.set(provider, quarantine);
    if (isQuarantined(quarantine, { stream, revision: revision.toString() })) {
      passed.push({ provider, stream, revision, id, type, why: "QUARANTINED" });
    } else bad.push(event);
  }
  return { bad, passed };
};

/**
 * The quarantined events of a provider, from its stream, since read models may be behind. None where that stream cannot
 * be decoded, as after an event of a newer program: then the provider is stalled, and no other.
 */
const quarantineOf = async (store: EventStore, provider: string): Promise<Quarantine> => {
  try {
    return fold(quarantineEvolver, await store.readStream(streamName(provider, "quarantine", provider)));
  } catch (error) {
    if (error instanceof UndecodableEvent) return quarantineEvolver.initial;
    throw error;
  }
};

/**
 * Findings that need no projection: foreign events, events that cannot be decoded, and events whose type or provider
 * does not match their stream.
 */
export const examine = async (store: EventStore, batch: Batch): Promise<Findings> => {
  const misplaced: Pick<BadEvent, "stream" | "revision" | "position" | "id" | "type" | "reason">[] = [];
  for (const event of batch.events) {
    const reason = misplacedReason(event);
    if (reason !== null) misplaced.push({ ...event, reason });
  }
  if (misplaced.length === 0 && batch.unreadable === undefined) return NOTHING_FOUND;
  const passed: PassedEvent[] = [];
  const bad: BadEvent[] = [];
  for (const { stream, revision, position, id, type, reason } of [...misplaced, ...(batch.unreadable ?? [])]) {
    const { provider } = parseStreamName(stream);
    if (reason === null) passed.push({ provider, stream, revision, id, type, why: "FOREIGN" });
    else bad.push({ provider, stream, revision, position, id, type, reason });
  }
  return withBad(store, { bad: [], passed }, bad);
};

/** The first bad event of each provider after a position. */
export const firstBadOf = ({ bad }: Findings, after: Position): ReadonlyMap<string, BadEvent> => {
  const first = new Map<string, BadEvent>();
  for (const event of bad) {
    if (comparePositions(event.position, after) <= 0) continue;
    const before = first.get(event.provider);
    if (!before || comparePositions(event.position, before.position) < 0) first.set(event.provider, event);
  }
  return first;
};
