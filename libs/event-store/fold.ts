import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type RecordedEvent } from "./event.js";
import { type EventStore } from "./event-store.js";
import { type Position, START } from "./position.js";

/** How a stream becomes a state: the domain's evolver. */
export type Decider<S, E extends DomainEvent> = Evolver<S, E>;

/** State and last revision of a stream that has no events. */
export const NO_REVISION = -1n;

/** The state after these events, from the decider's initial one. The codec vouches for their types. */
export const fold = <S, E extends DomainEvent>(decider: Decider<S, E>, events: readonly RecordedEvent[]): S =>
  events.reduce((state, event) => decider.evolve(state, domainEvent(event) as E, event.id), decider.initial);

/** The domain's part of a recorded event. */
export const domainEvent = ({ type, data }: RecordedEvent): DomainEvent => ({ type, data });

export interface Aggregate<S> {
  readonly state: S;
  /** Of the last event; `NO_REVISION` (-1) when the stream does not exist. */
  readonly revision: bigint;
  /** Of the last event; `START` when the stream does not exist. */
  readonly position: Position;
  readonly events: readonly RecordedEvent[];
}

/**
 * Reads and folds a stream, for audits as it was at revision `upTo` (inclusive; -1 is before its first event). Throws a
 * `RangeError` when the stream ends before: what it was computed from is gone, or the record is wrong.
 */
export const loadAggregate = async <S, E extends DomainEvent>(
  store: EventStore,
  stream: string,
  decider: Decider<S, E>,
  options: { readonly upTo?: bigint } = {},
): Promise<Aggregate<S>> => {
  const { upTo } = options;
  const read = upTo === undefined ? undefined : { limit: Number(upTo) + 1 };
  const events = read?.limit === 0 ? [] : await store.readStream(stream, read);
  const last = events.at(-1);
  const revision = last?.revision ?? NO_REVISION;
  if (upTo !== undefined && revision !== upTo) throw new RangeError(`${stream} ends at ${revision}, before ${upTo}`);
  return { state: fold(decider, events), revision, position: last?.position ?? START, events };
};
