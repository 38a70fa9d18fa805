import { type EntityManager } from "typeorm";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type RecordedEvent } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { evolvers, type FoldedCategory, type StateOf } from "./evolvers.js";
import { because, ContradictoryEvent } from "./contradiction.js";
import { followsPassed } from "./passed-events.js";

/** A stream with events in a batch, and its folded state after them. */
export interface Folded<State, Event extends RecordedEvent = RecordedEvent> {
  readonly provider: string;
  readonly id: string;
  readonly state: State;
  readonly revision: bigint;
  /** The stream's first and last event in the batch. */
  readonly first: Event;
  readonly last: Event;
  /** The stream's events in the batch, in order. */
  readonly events: readonly Event[];
}

/** A table with states: columns `provider_id`, `state` and `revision`. */
export interface StateTable {
  readonly table: string;
  readonly idColumn: string;
  /** Further condition on the table's rows `t`. */
  readonly where?: string;
}

interface Stored {
  readonly provider_id: string;
  readonly id: string;
  readonly state: unknown;
  readonly revision: string;
}

/**
 * Folds a batch's events of one category onto the states that are stored: one read for all, none when every stream is
 * new. An event that the stored state includes is left out. Throws `ContradictoryEvent` for a gap in the revisions,
 * except where the event before was passed over.
 */
export const foldStreams = async <Category extends FoldedCategory, Event extends RecordedEvent>(
  manager: EntityManager,
  category: Category,
  stateTable: StateTable,
  events: readonly Event[],
): Promise<Folded<StateOf<Category>, Event>[]> => {
  const streams = new Map<string, { provider: string; id: string; events: Event[] }>();
  for (const event of events) {
    const stream = streams.get(event.stream);
    if (stream) stream.events.push(event);
    else streams.set(event.stream, { ...parseStreamName(event.stream), events: [event] });
  }
  const known = [...streams.values()].filter(({ events: [first] }) => first?.revision !== 0n);
  const stored = new Map(
    (await load(manager, stateTable, known)).map((row) => [`${row.provider_id}/${row.id}`, row] as const),
  );
  const evolver = evolvers[category] as Evolver<unknown, DomainEvent>;
  const folded: Folded<StateOf<Category>, Event>[] = [];
  for (const { provider, id, events: own } of streams.values()) {
    const before = stored.get(`${provider}/${id}`);
    let state = before?.state ?? evolver.initial;
    let revision = BigInt(before?.revision ?? -1n);
    const fresh = own.filter((event) => event.revision > revision);
    for (const event of fresh) {
      if (event.revision !== revision + 1n && !(await followsPassed(manager, event))) {
        throw new ContradictoryEvent(event, `${event.stream} jumps from revision ${revision} to ${event.revision}`);
      }
      const reached = state;
      state = because(event, () => evolver.evolve(reached, event, event.id));
      revision = event.revision;
    }
    const first = fresh[0];
    const last = fresh.at(-1);
    if (first === undefined || last === undefined || state === null) continue;
    folded.push({ provider, id, state: state as StateOf<Category>, revision, first, last, events: fresh });
  }
  return folded;
};

const load = async (
  manager: EntityManager,
  { table, idColumn, where }: StateTable,
  keys: readonly { readonly provider: string; readonly id: string }[],
): Promise<Stored[]> =>
  keys.length === 0
    ? []
    : manager.query<Stored[]>(
        `SELECT t.provider_id, t.${idColumn} AS id, t.state, t.revision FROM ${table} t
           JOIN unnest($1::uuid[], $2::uuid[]) AS k (provider_id, id)
             ON t.provider_id = k.provider_id AND t.${idColumn} = k.id
          ${where === undefined ? "" : `WHERE ${where}`}`,
        [keys.map(({ provider }) => provider), keys.map(({ id }) => id)],
      );
