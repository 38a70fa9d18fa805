import { type LocalDate } from "./calendar.js";

/** Something that happened, as plain data with a type. Its id and metadata belong to the store's envelope. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** What a person said about why it was ordered. Personal: kept in a part of the event of its own. */
export interface Reasoned {
  readonly personal?: { readonly reason: string };
}

/** The personal part of an event that has nothing personal but its reason. */
export const reasoned = (reason: string | null): Reasoned => (reason === null ? {} : { personal: { reason } });

/** Turns data of one schema version into data of the next. Pure; may not look at anything but the data. */
export type Upcaster = (data: object) => object;

export interface EventSchema {
  /** The schema version that is written now, from 1. Adding an optional field needs no new one; anything else does. */
  readonly version: number;
  /** By the version to start from: `{ 1: fromOneToTwo, 2: fromTwoToThree }`. Needed for every older version. */
  readonly upcast?: Readonly<Record<number, Upcaster>>;
}

/** What is known about an event type. */
export interface EventType extends EventSchema {
  /** Whether it can change what a period charges: a closed period whose basis lacks such an event has moved. */
  readonly movesCharges: boolean;
  /** Whether its provider may have work at once; everything else is due by the calendar. */
  readonly callsForWork: boolean;
}

/**
 * A command was accepted that changed nothing: recorded so that its idempotency key stays used. In the streams of every
 * category that takes commands; it changes no state.
 */
export type CommandAccepted = DomainEvent<
  "CommandAccepted",
  {
    /** The command's name. */
    readonly command: string;
    readonly effectiveOn: LocalDate;
  }
>;

/** Its row in the tables of those categories. */
export const COMMAND_ACCEPTED = { CommandAccepted: { version: 1, movesCharges: false, callsForWork: false } } as const;

/**
 * The event types of the streams of one category. A type of the union that is missing, or one that is not of the union,
 * does not compile.
 */
export interface CategoryEvents<Category extends string, Event extends DomainEvent> {
  /** As in the names of the streams: lower-case letters. */
  readonly category: Category;
  readonly types: { readonly [Type in Event["type"]]: EventType };
}

/**
 * How a stream becomes a state. `evolve` copies what an event says: it never throws, reads no clock and applies no rule
 * that may change. `id` is the event's id, which the state keeps where charge lines name it as a cause.
 */
export interface Evolver<State, Event extends DomainEvent> {
  readonly initial: State;
  evolve(state: State, event: Event, id: string): State;
}
