import { type DomainEvent, type Evolver } from "#domain/event.js";
import { reject } from "#domain/rejection.js";
import { type EventTypes } from "#event-store/codec.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { type NewEvent, type Origin, type RecordedEvent } from "#event-store/event.js";
import { type Appended, type EventStore, type ExpectedRevision } from "#event-store/event-store.js";
import { fold, foldChained, NO_REVISION } from "#event-store/fold.js";
import { type Position, START } from "#event-store/position.js";
import { chainEvents } from "#event-store/chain-events.js";
import { faultPoint } from "#read-models/runner/fault-point.js";
import { firstResult, type Identity } from "./idempotency.js";
import { inAppends, isPage, pageId, withPageIds } from "./pages.js";

/** Metadata common to all events of a command: actor, time and command. */
export interface CommandEnvelope extends Identity {
  readonly provider: string;
  readonly actor: string;
  /** Origin of the command. Default: not recorded. */
  readonly origin?: Origin;
  /** Default: not recorded. */
  readonly role?: string;
  /** Default: the command's id. */
  readonly correlationId?: string;
  /** Default: the command's id. */
  readonly causationId?: string;
  /** ISO instant from the injected clock. */
  readonly recordedAt: string;
}

export interface Deciding<S, E extends DomainEvent> {
  readonly stream: string;
  readonly evolver: Evolver<S, E>;
  readonly envelope: CommandEnvelope;
  /**
   * The decider. It may load facts; a `Rejection` that it throws passes through and is not recorded. It runs again when
   * another writer appended first. Without events nothing is appended. Pages come before what names them, and are
   * recorded page by page where all of it does not fit one append.
   * @param end position of the stream's last event
   */
  readonly decide: (state: S, exists: boolean, end: Position) => readonly E[] | Promise<readonly E[]>;
  /** The role of the decision, asked for once it is made. Default: not recorded. */
  readonly role?: () => string;
  /** How often to decide when other writers append first, before `CONFLICT`. Default 5. */
  readonly attempts?: number;
  /** Event types; default: the catalogue's. Specs give their own. */
  readonly types?: EventTypes;
}

export interface Decided<S, E extends DomainEvent> {
  /** State after the command's events; of a repeated command the state right after its first execution. */
  readonly state: S;
  /** Revision of the last event that `state` includes; -1 when there is none. */
  readonly revision: bigint;
  /** Log position of the same event: read models that have reached it show the command. `START` when there is none. */
  readonly position: Position;
  /** Events of the command. */
  readonly events: readonly E[];
  /** True when the command had been accepted before and this is its first result. */
  readonly repeated: boolean;
}

/**
 * Decides a command on one stream: read, fold, decide, append at the exact revision. A repeated command returns its
 * first result. Throws a `Rejection`: `IDEMPOTENCY_KEY_REUSED`, `CONFLICT`, or that of the decider; and the store's
 * errors.
 */
export const decideAndAppend = async <S, E extends DomainEvent>(
  store: EventStore,
  { stream, evolver, envelope, decide, role, attempts = 5, types }: Deciding<S, E>,
): Promise<Decided<S, E>> => {
  const history = await store.readStream(stream);
  // Beyond the last event of the history where events after it are passed over: the store tells it.
  let end: bigint | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const first = firstResult(history, evolver, envelope);
    if (first) return { ...first, repeated: true };

    const state = fold(evolver, history);
    const last = history.at(-1);
    const events = await decide(state, last !== undefined, last?.position ?? START);
    if (events.length === 0) return { state, ...placeOf(last), events, repeated: false };

    const known = new Set(events.some(isPage) ? history.map(({ id }) => id) : []);
    const missing = events.filter((event) => !isPage(event) || !known.has(pageId(event)));
    const by = role ? { ...envelope, role: role() } : envelope;
    const chained = withPageIds(chain(stream, by, last, missing, types), missing);
    let actual: ExpectedRevision;
    try {
      const appended = await appendAll(store, stream, end ?? last?.revision ?? "no_stream", inAppends(chained));
      return { state: foldChained(evolver, state, missing, chained), ...appended, events, repeated: false };
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      actual = error.actual;
      if (attempt >= attempts) {
        const facts = { case: "KEPT_CHANGING" } as const;
        throw reject("CONFLICT", `${stream} kept changing while the command ran; try again`, { facts });
      }
    }
    const news = await store.readStream(stream, { from: (last?.revision ?? NO_REVISION) + 1n });
    history.push(...news);
    end = news.length === 0 && actual !== "no_stream" ? actual : undefined;
  }
};

const appendAll = async (
  store: EventStore,
  stream: string,
  expected: ExpectedRevision,
  [first = [], ...rest]: readonly NewEvent[][],
): Promise<Appended> => {
  let appended = await store.append(stream, expected, first);
  for (const events of rest) {
    await faultPoint("command.between-pages");
    appended = await store.append(stream, appended.revision, events);
  }
  return appended;
};

const placeOf = (last: RecordedEvent | undefined): { readonly revision: bigint; readonly position: Position } =>
  last === undefined
    ? { revision: NO_REVISION, position: START }
    : { revision: last.revision, position: last.position };

/** The events with their metadata and ids, linked to the stream's last one by their content hashes. */
const chain = (
  stream: string,
  envelope: CommandEnvelope,
  last: RecordedEvent | undefined,
  events: readonly DomainEvent[],
  types: EventTypes | undefined,
): NewEvent[] =>
  chainEvents({
    correlationId: envelope.commandId,
    causationId: envelope.commandId,
    ...envelope,
    stream,
    previousHash: last?.metadata.contentHash ?? NO_HASH,
    events,
    ...(types && { types }),
  });
