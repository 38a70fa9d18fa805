import { type Instant } from "#domain/calendar.js";
import { nowOf } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { type CallsEvent } from "#domain/voice/events.js";
import { type HourOfCalls, hourOf, moved, recordCalls, recordedCallsEvolver } from "#domain/voice/recorded-calls.js";
import { differs, type RecordedReport } from "#domain/voice/same-call.js";
import { callKey, type Xdr, xdrOf } from "#domain/voice/xdr.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { chainEvents } from "#event-store/chain-events.js";
import { sha256 } from "#event-store/content-hash.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { type NewEvent } from "#event-store/event.js";
import { type EventStore, type ExpectedRevision } from "#event-store/event-store.js";
import { foldChained } from "#event-store/fold.js";
import { callsId, commandId } from "#event-store/ids.js";
import { comparePositions, type Position, START } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { type FactSource } from "../../command/facts.js";
import { Turns } from "../../command/idempotency.js";
import { type Session } from "../../command/session.js";
import { Unavailable } from "../../command/unavailable.js";
import { inAppendsOf } from "./appends.js";
import { chargedLegs, type ReadRef } from "./charging.js";
import { legsReported, type ReportedLeg } from "./pairs.js";
import { expectedAfter, type RecordedHour, RecordedHours } from "./recorded-hours.js";
import { parseRow } from "./row.js";

/** Lines of an edge's journal, as they were written (docs/voice.md#journal). */
export interface JournalReport {
  /** When it was sent, by the edge's clock. */
  readonly sentAt: Instant;
  /** Ends of calls. */
  readonly ended: readonly string[];
  /** Starts of calls whose end nobody will see: whoever saw them is gone. */
  readonly interrupted: readonly string[];
}

/** What became of the legs of the calls in a report. */
export interface JournalTaken {
  readonly recorded: number;
  /** Those that were recorded before, or are in the report more than once. */
  readonly repeated: number;
  /** Keys of those among them that were recorded with another content, which stands. */
  readonly differing: readonly string[];
  /** Lines that could not be read: how many. */
  readonly unreadable: number;
}

/** What was recorded of calls before, as the read model has it. */
export type FindRecorded = (providerId: string, keys: readonly string[]) => Promise<readonly RecordedBefore[]>;
export interface RecordedBefore extends RecordedReport {
  readonly key: string;
}

export interface IntakeSession extends Pick<Session, "systemNow" | "visible" | "log"> {
  readonly store: Pick<EventStore, "append" | "readStream" | "tail">;
  readonly facts: Pick<FactSource, "provider" | "charging" | "identifierKey">;
  readonly findRecorded: FindRecorded;
  readonly readRef: (ref: string, providerKey: Uint8Array) => ReturnType<ReadRef>;
}

/** Lines of one report. */
export const MOST_LINES = 500;
/** An edge waits for its answer about ten seconds. */
const VISIBLE_WITHIN_MS = 3_000;
/** How often to decide anew when others append first: copies of the API that were sent the same lines. */
const ATTEMPTS = 20;
const BUSY = "Others record calls of the same hour all the time; send the lines again.";

interface Moment {
  readonly now: Instant;
  readonly shiftMs: number;
}

/**
 * Records the calls that edges report, each leg once, whoever reports it again and to whichever copy of the API. None is
 * dropped: what has no amount is recorded with the reason. One per process.
 */
export class CallIntake {
  readonly #hours: RecordedHours;
  readonly #turns = new Turns();

  constructor(private readonly session: IntakeSession) {
    this.#hours = new RecordedHours(session.store);
  }

  /**
   * Once it returns, the calls are in the event store.
   * @param edge id of the edge
   * @throws Unavailable while rates may not be known yet, or the test clock moves; Rejection VALIDATION_FAILED; StoreUnavailable
   */
  async take(providerId: string, edge: string, report: JournalReport): Promise<JournalTaken> {
    const { ended, interrupted } = report;
    if (ended.length + interrupted.length > MOST_LINES) {
      throw reject("VALIDATION_FAILED", `A report has at most ${MOST_LINES} lines.`);
    }
    const moment = await this.#moment(providerId, report.sentAt);
    const rows = [...ended.map((line) => rowOf(line, "END")), ...interrupted.map((line) => rowOf(line, "START"))];
    const legs = rows.flatMap((row) => (row ? legsReported(edge, row) : []));
    const byHour = new Map<Instant, Xdr[]>();
    for (const { hour, xdr } of await this.#xdrs(providerId, legs, moment)) {
      byHour.set(hour, [...(byHour.get(hour) ?? []), xdr]);
    }
    const taken = { recorded: 0, repeated: [] as Xdr[], end: START };
    for (const [hour, calls] of byHour) {
      const done = await this.#record(providerId, { edge, hour, shiftMs: moment.shiftMs, calls }, moment.now);
      taken.recorded += done.recorded;
      taken.repeated.push(...done.repeated);
      if (comparePositions(done.end, taken.end) > 0) taken.end = done.end;
    }
    const unreadable = rows.filter((row) => row === null).length;
    const differing = await this.#differing(providerId, taken.repeated, taken.end, moment.shiftMs);
    if (unreadable > 0)
      this.session.log("lines of a journal could not be read", { providerId, edge, lines: unreadable });
    if (differing.length > 0) {
      this.session.log("calls were reported again with another content", { providerId, edge, keys: differing });
    }
    return { recorded: taken.recorded, repeated: taken.repeated.length, differing, unreadable };
  }

  /**
   * The provider's present, and by how much instants are moved. Rates that were recorded until now are waited for: a call
   * is rated once.
   */
  async #moment(providerId: string, sentAt: Instant): Promise<Moment> {
    const { store, facts, systemNow, visible } = this.session;
    if (!(await visible(await store.tail(), VISIBLE_WITHIN_MS, providerId))) {
      throw new Unavailable("The read models do not show all rates yet; send the lines again.");
    }
    const provider = await facts.provider(providerId);
    if (!provider) throw new Unavailable("The read models do not know the provider yet; send the lines again.");
    if (provider.advance) throw new Unavailable("The test clock is moving; send the lines again.");
    const now = nowOf(provider, systemNow());
    return { now, shiftMs: provider.testClock === null ? 0 : Date.parse(now) - Date.parse(sentAt) };
  }

  async #xdrs(providerId: string, legs: readonly ReportedLeg[], { now, shiftMs }: Moment) {
    const { facts, readRef } = this.session;
    const key = await facts.identifierKey(providerId);
    const charged = await chargedLegs(providerId, legs, (ref) => readRef(ref, key), facts);
    return charged.map(({ call, account }) => {
      const hour = hourOf(call.answered);
      const [answered, ended] = [moved(call.answered, shiftMs), call.ended && moved(call.ended, shiftMs)];
      return { hour, xdr: xdrOf({ ...call, answered, ended }, keyOf(call), account, now) };
    });
  }

  /** Records those of an hour that are not yet, at exactly the end of the stream that was seen. */
  #record(providerId: string, of: Required<HourOfCalls>, now: Instant): Promise<Recorded> {
    const { store, systemNow } = this.session;
    const stream = streamName(providerId, "calls", callsId(of.edge, of.hour));
    return this.#turns.take(stream, async () => {
      let seen = await this.#hours.of(stream);
      let expected = expectedAfter(seen);
      let end = START;
      for (let attempt = 1; ; attempt += 1) {
        const events = recordCalls(of, seen.state);
        const chained = chainEvents({
          ...envelopeOf(providerId, of, events, now),
          stream,
          previousHash: seen.hash,
          events,
        });
        try {
          for (const some of inAppendsOf(chained)) {
            const appended = await store.append(stream, expected, some);
            expected = appended.revision;
            end = appended.position;
          }
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision) || attempt === ATTEMPTS) {
            // What was appended is not known.
            this.#hours.forget(stream);
            throw error instanceof WrongExpectedRevision ? new Unavailable(BUSY, { cause: error }) : error;
          }
          const before = seen;
          seen = await this.#hours.after(stream, before);
          // Events after those that are read are passed over: the store tells where it ends.
          const isNew = seen.revision !== before.revision;
          expected = isNew || error.actual === "no_stream" ? expectedAfter(seen) : error.actual;
          continue;
        }
        if (events.length > 0) await faultPoint("calls.appended");
        this.#hours.keep(stream, of.hour, withEvents(seen, events, chained, expected), systemNow());
        return { ...toldApart(of.calls, events), end };
      }
    });
  }

  /** Which of these were recorded with another content. */
  async #differing(providerId: string, repeated: readonly Xdr[], end: Position, shiftMs: number): Promise<string[]> {
    if (repeated.length === 0) return [];
    const { findRecorded, visible } = this.session;
    await visible(end, VISIBLE_WITHIN_MS, providerId);
    const known = await findRecorded(providerId, [...new Set(repeated.map(({ key }) => key))]);
    const before = new Map(known.map((one) => [one.key, one]));
    const others = repeated.filter((xdr) => {
      const first = before.get(xdr.key);
      return first !== undefined && differs(xdr, first, shiftMs !== 0);
    });
    return [...new Set(others.map(({ key }) => key))];
  }
}

const rowOf = (line: string, kind: "START" | "END") => {
  const row = parseRow(line);
  return row?.kind === kind ? row : null;
};

const keyOf = (call: ReportedLeg["call"]): string => callKey(call, (value) => sha256(canonicalJson(value)));

interface Recorded {
  readonly recorded: number;
  readonly repeated: readonly Xdr[];
  /** Position of the last event; `START` where there was none to record. */
  readonly end: Position;
}

const keysIn = (events: readonly CallsEvent[]): string[] =>
  events.flatMap((event) => (event.type === "CallsRecorded" ? event.data.calls.map(({ key }) => key) : []));

/** Which were recorded by the events; all but the first of each key are repetitions. */
const toldApart = (calls: readonly Xdr[], events: readonly CallsEvent[]): Omit<Recorded, "end"> => {
  const fresh = new Set(keysIn(events));
  const recorded = fresh.size;
  return { recorded, repeated: calls.filter(({ key }) => !fresh.delete(key)) };
};

/** As commands that find their repetitions in the stream themselves. */
const envelopeOf = (
  provider: string,
  { edge, hour }: HourOfCalls,
  events: readonly CallsEvent[],
  recordedAt: Instant,
) => {
  const actor = `edge:${edge}`;
  const id = commandId(provider, actor, sha256(canonicalJson([hour, keysIn(events)])));
  return { provider, actor, origin: "system", commandId: id, correlationId: id, causationId: id, recordedAt } as const;
};

/** What the stream holds once these were appended. */
const withEvents = (
  { state, revision, hash }: RecordedHour,
  events: readonly CallsEvent[],
  chained: readonly NewEvent[],
  last: ExpectedRevision,
): RecordedHour => ({
  state: foldChained(recordedCallsEvolver, state, events, chained),
  revision: last === "no_stream" ? revision : last,
  hash: chained.at(-1)?.metadata.contentHash ?? hash,
});
