/** A fact of the domain: plain data under a name. `id` and metadata belong to the store's envelope. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * How a stream becomes a state. `evolve` only copies what an event says: it never throws, reads no clock and
 * computes nothing that policy could change. `id` is the event's id, kept where lines name their causes.
 */
export interface Evolver<State, Event extends DomainEvent> {
  readonly initial: State;
  evolve(state: State, event: Event, id: string): State;
}
