import { type DataSource } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { type Batch, type EventStore } from "#event-store/event-store.js";
import { parseStreamName } from "#event-store/streams.js";
import { applyBatch, type ApplyOptions, applyTo, freshFor, type Member } from "./apply-batch.js";
import { ContradictoryEvent, isAboutData } from "./contradiction.js";
import { isMomentary, messageOf } from "./failures.js";
import { type Findings, withBad } from "./findings.js";
import { placeOf } from "./passed-events.js";
import { type Projection } from "./projection.js";
import { type BadEvent } from "./stalls.js";

/**
 * Applies a batch to one projection. An event that it cannot apply stalls only its provider, or is passed over if it
 * was quarantined. Throws errors that no single event causes.
 */
export const applyToOne = (
  { dataSource, store, ...options }: ApplyOptions & { readonly dataSource: DataSource; readonly store: EventStore },
  member: Member,
  batch: Batch,
  findings: Findings,
): Promise<void> => {
  // A recovery that ends after the attempt changes the member, and with it the events that it is given.
  let { checkpoint } = member;
  return sortingOut(store, findings, {
    apply: (known) => {
      ({ checkpoint } = member);
      return applyBatch(dataSource, [member], batch, known, options);
    },
    offender: (error, known) =>
      offenderOf(dataSource, member.projection, freshFor({ checkpoint }, batch.events, known), error),
  });
};

/**
 * Retries without each event found to be bad. Every attempt leaves out more events than the one before, so it
 * terminates: an error about an event that was left out already is thrown.
 */
export const sortingOut = async (
  store: EventStore,
  findings: Findings,
  {
    apply,
    offender,
  }: {
    readonly apply: (findings: Findings) => Promise<void>;
    readonly offender: (error: unknown, findings: Findings) => Promise<BadEvent | undefined>;
  },
): Promise<void> => {
  let known = findings;
  for (;;) {
    try {
      await apply(known);
      return;
    } catch (error) {
      const bad = await offender(error, known);
      if (!bad || [...known.bad, ...known.passed].some((left) => placeOf(left) === placeOf(bad))) throw error;
      known = await withBad(store, known, [bad]);
    }
  }
};

/** The event that caused an error; undefined: no single event did. */
export const offenderOf = async (
  dataSource: DataSource,
  projection: Projection,
  events: readonly RecordedEvent[],
  error: unknown,
  options?: { readonly catchingUp: boolean },
): Promise<BadEvent | undefined> => {
  if (error instanceof ContradictoryEvent) return badEvent(error.event, error.message);
  if (!isAboutData(error)) return undefined;
  // The shortest prefix of the batch that fails ends with the event at fault.
  let [works, fails] = [0, events.length];
  let reason = reasonOf(error);
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    const failure = await tryOut(dataSource, projection, events.slice(0, middle), options);
    if (failure === undefined) works = middle;
    else {
      fails = middle;
      reason = reasonOf(failure);
    }
  }
  const event = events[fails - 1];
  return event && badEvent(event, reason);
};

/** PostgreSQL quotes a value that it refuses, which may be somebody's; reasons are shown to operators and probes. */
const reasonOf = (error: unknown): string => {
  const { code } = error as { readonly code?: unknown };
  const isAboutValue = typeof code === "string" && code.startsWith("22");
  return isAboutValue ? messageOf(error).replaceAll(/"[^"]*"/g, '"[value]"') : messageOf(error);
};

const badEvent = (event: RecordedEvent, reason: string): BadEvent => {
  const { stream, revision, position, id, type } = event;
  return { provider: parseStreamName(stream).provider, stream, revision, position, id, type, reason };
};

class TriedOut extends Error {}

/** Applies the events in a transaction that is rolled back. Returns the error, or undefined. */
const tryOut = async (
  dataSource: DataSource,
  projection: Projection,
  events: readonly RecordedEvent[],
  options?: { readonly catchingUp: boolean },
): Promise<unknown> => {
  try {
    await dataSource.transaction(async (manager) => {
      await applyTo(manager, projection, events, options);
      // A write that was not waited for (writing-client.ts) is told of by what is.
      await manager.query("SELECT 1");
      throw new TriedOut();
    });
  } catch (error) {
    if (isMomentary(error)) throw error;
    return error instanceof TriedOut ? undefined : error;
  }
};
