import { type Instant } from "#domain/calendar.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type FactSource } from "./facts.js";
import { type IdentifierChange } from "./identifiers.js";
import { type Session } from "./session.js";

export interface Ids {
  /** Of the provider that the principal works as. */
  readonly providerId: string;
  /** Id of something that the command creates: the same on every repetition. `kind` tells several of one command apart. */
  readonly newId: (kind: string) => string;
}

/** What facts are loaded with. */
export interface Loading<S> {
  readonly state: S;
  readonly providerId: string;
  readonly facts: FactSource;
}

/** What a decision looks at beside its input. */
export interface Given<S, F> {
  /** Of the aggregate that the command is about. */
  readonly state: S;
  /** Of other aggregates, as `facts` loaded them. */
  readonly facts: F;
  /** Id of the aggregate. */
  readonly id: string;
  /** The provider's time. */
  readonly now: Instant;
  readonly systemNow: Instant;
  /** As {@link Ids.newId}. */
  readonly newId: Ids["newId"];
}

/** What was decided and recorded. */
export interface Done<S, E extends DomainEvent, F> {
  readonly state: S;
  readonly events: readonly E[];
  /** Revision of the last event that `state` includes. */
  readonly revision: bigint;
  /** What the decision looked at; undefined for a repeated command, which is not decided again. */
  readonly facts: F | undefined;
}

/** One command: an entry in the table of its aggregate. `Input` is the client's request without the idempotency key. */
export interface Entry<Input extends object, S, E extends DomainEvent, F, Answer extends object> {
  /** Refuses what is malformed in itself, before anything is looked up. @throws Rejection VALIDATION_FAILED */
  check?(input: Input): void;
  /** Id of the aggregate that the command is about. */
  target(input: Input, ids: Ids): string;
  /** Loads what the decision looks at beyond the aggregate's own stream. Not asked for a repeated command. */
  facts?(input: Input, loading: Loading<S>): Promise<F>;
  /** The events that the command leads to, by the domain. @throws Rejection */
  decide(input: Input, given: Given<S, F>): readonly E[];
  /** Identifiers that the command takes or gives up: each is held in a stream of its own (identifiers.ts). */
  identifiers?(input: Input, given: Given<S, F>): IdentifierChange;
  /** Whether a customer's charges are computed from what the command changes: then a preview shows the bill. */
  readonly bills?: boolean;
  /** The stream belongs to the provider that the command creates, which has no clock and read models yet. */
  readonly createsProvider?: boolean;
  /** Sets or moves a test clock: refused where time cannot be moved. */
  readonly movesTime?: boolean;
  /** Decided at once, by the system's time: read models that stand still, or a clock under way, do not hold it up. */
  readonly inSystemTime?: boolean;
  /** Waits until what the command set in motion is done; its answer then holds for the whole log. */
  finished?(done: Done<S, E, F>, session: Session, ids: Ids): Promise<void>;
  /** What the command answers besides its outcome. */
  answer?(done: Done<S, E, F>, loading: Loading<S>): Promise<Answer>;
}

/** An entry with the kind of stream that its command is decided on. */
export interface Definition<Input extends object, S, E extends DomainEvent, F, Answer extends object> extends Entry<
  Input,
  S,
  E,
  F,
  Answer
> {
  readonly category: string;
  readonly evolver: Evolver<S, E>;
}

/** Makes the entries of one aggregate's table. */
export const commandsOn =
  <S, E extends DomainEvent>(category: string, evolver: Evolver<S, E>) =>
  <Input extends object, F = undefined, Answer extends object = object>(
    entry: Entry<Input, S, E, F, Answer>,
  ): Definition<Input, S, E, F, Answer> => ({ category, evolver, ...entry });
