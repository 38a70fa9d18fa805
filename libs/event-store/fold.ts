import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type NewEvent, type RecordedEvent } from "./event.js";
import { type EventStore } from "./event-store.js";
import { type Position, START } from "./position.js";

/** State and last revision of a stream that has no events. */
export const NO_REVISION = -1n;

/** Folds a stream's events, from the evolver's initial state. The events must be of the evolver's types. */
export const fold = <S, E extends DomainEvent>(evolver: Evolver<S, E>, events: readonly RecordedEvent[]): S =>
  events.reduce((state, event) => evolver.evolve(state, domainEvent(event) as E, event.id), evolver.initial);

/** The state after a command's events, whose ids are those of the same events chained. */
export const foldChained = <S, E extends DomainEvent>(
  evolver: Evolver<S, E>,
  before: S,
  events: readonly E[],
  chained: readonly NewEvent[],
): S =>
  events.reduce((state, event, index) => {
    const id = chained[index]?.id;
    if (id === undefined) throw new RangeError(`the event ${event.type} is not chained`);
    return evolver.evolve(state, event, id);
  }, before);

/** The domain's part of a recorded event. */
export const domainEvent = ({ type, data }: RecordedEvent): DomainEvent => ({ type, data });

export interface Aggregate<S> {
  readonly state: S;
  /** Revision of the last event; `NO_REVISION` (-1) when the stream does not exist. */
  readonly revision: bigint;
  /** Position of the last event; `START` when the stream does not exist. */
  readonly position: Position;
  readonly events: readonly RecordedEvent[];
}

/**
 * Reads and folds a stream, for audits as it was at revision `upTo` (inclusive; -1 is before its first event). Throws a
 * `RangeError` when the stream ends before `upTo`.
 */
export const loadAggregate = async <S, E extends DomainEvent>(
  store: EventStore,
  stream: string,
  evolver: Evolver<S, E>,
  options: { readonly upTo?: bigint } = {},
): Promise<Aggregate<S>> => {
  const { upTo } = options;
  const read = upTo === undefined ? undefined : { limit: Number(upTo) + 1 };
  const events = read?.limit === 0 ? [] : await store.readStream(stream, read);
  const last = events.at(-1);
  const revision = last?.revision ?? NO_REVISION;
  if (upTo !== undefined && revision !== upTo) throw new RangeError(`${stream} ends at ${revision}, before ${upTo}`);
  return { state: fold(evolver, events), revision, position: last?.position ?? START, events };
};
