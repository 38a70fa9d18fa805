import { type Instant } from "#domain/calendar.js";
import { type ClosedDays } from "#domain/customers/closed-days.js";
import { type DomainEvent, type Evolver } from "#domain/event.js";
import { type FactSource } from "./facts.js";
import { type IdentifierChange } from "./identifiers.js";
import { type Principal } from "./principal.js";
import { type Session } from "./session.js";

export interface Ids {
  /** Provider of the principal. */
  readonly providerId: string;
  /**
   * Id of an aggregate that the command creates, the same on every repetition. `kind` separates several ids of one
   * command.
   */
  readonly newId: (kind: string) => string;
}

/** What the loading of facts is given. */
export interface Loading<S> {
  readonly state: S;
  readonly providerId: string;
  readonly facts: FactSource;
  /** On whose behalf, as events name it. */
  readonly actor: string;
  /** How far back the command may change closed days. */
  readonly closedDays: ClosedDays;
}

/** What a decider is given beside its input. */
export interface Given<S, F> {
  /** State of the command's aggregate. */
  readonly state: S;
  /** Facts from other streams, as `facts` loaded them. */
  readonly facts: F;
  /** Id of the aggregate. */
  readonly id: string;
  /** The provider's time. */
  readonly now: Instant;
  readonly systemNow: Instant;
  /** As in {@link Loading}. */
  readonly closedDays: ClosedDays;
  /** As {@link Ids.newId}. */
  readonly newId: Ids["newId"];
  /** On whose behalf. */
  readonly principal: Principal;
}

/** Result of a recorded command. */
export interface Done<S, E extends DomainEvent, F> {
  readonly state: S;
  readonly events: readonly E[];
  /** Revision of the last event that `state` includes. */
  readonly revision: bigint;
  /** Facts given to the decider; undefined for a repeated command, which is not decided again. */
  readonly facts: F | undefined;
}

/** One command: an entry in the table of its aggregate. `Input` is the client's request without the idempotency key. */
export interface Entry<Input extends object, S, E extends DomainEvent, F, Answer extends object> {
  /** Validates the input alone, before anything is loaded. @throws Rejection VALIDATION_FAILED */
  check?(input: Input): void;
  /** Id of the aggregate that the command is about. @throws Rejection where it has to be found and is not */
  target(input: Input, ids: Ids, facts: FactSource): string | Promise<string>;
  /** Loads facts from streams other than the aggregate's own. Not called for a repeated command. */
  facts?(input: Input, loading: Loading<S>): Promise<F>;
  /** The decider of the domain. @throws Rejection */
  decide(input: Input, given: Given<S, F>): readonly E[];
  /** Identifiers that the command reserves or releases, each in its own stream (identifiers.ts). */
  identifiers?(input: Input, given: Given<S, F>): IdentifierChange;
  /** Whether it is decided only once queries show all that its stream holds: its facts come from there too. */
  readonly whenShown?: boolean;
  /** Whether the command can change a customer's charges: then a preview shows them. */
  readonly bills?: boolean;
  /** Whether the command creates a provider, which has neither a clock nor read models yet. */
  readonly createsProvider?: boolean;
  /** Whether the command sets or advances a test clock: refused where test clocks are not allowed. */
  readonly movesTime?: boolean;
  /** Whether an input asks for what exists beside test clocks only: refused likewise. */
  needsTestClock?(input: Input): boolean;
  /** Decided at once, by the system's time: read models that stand still, or a clock under way, do not hold it up. */
  readonly inSystemTime?: boolean;
  /** Waits until the work that the command causes is done; the answer's position is then the log's tail. */
  finished?(done: Done<S, E, F>, session: Session, ids: Ids): Promise<void>;
  /** Fields of the answer beyond {@link Accepted}. */
  answer?(done: Done<S, E, F>, loading: Omit<Loading<S>, "closedDays">, input: Input): Promise<Answer>;
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
