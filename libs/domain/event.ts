/** Something that happened, as plain data with a type. Its id and metadata belong to the store's envelope. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * How a stream becomes a state. `evolve` copies what an event says: it never throws, reads no clock and applies no rule
 * that may change. `id` is the event's id, which the state keeps where charge lines name it as a cause.
 */
export interface Evolver<State, Event extends DomainEvent> {
  readonly initial: State;
  evolve(state: State, event: Event, id: string): State;
}
