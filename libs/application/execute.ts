import { dateOf, type Instant } from "#domain/calendar.js";
import { type CommandAccepted, type DomainEvent } from "#domain/event.js";
import { Rejection } from "#domain/rejection.js";
import { doneWithReason, requireReason } from "#domain/reason.js";
import { composed } from "#domain/readable-text.js";
import { aggregateId } from "#event-store/ids.js";
import { type Position, START } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { settledClock } from "./command/clock.js";
import { byFirstThatReaches, type Permit, permitsOf, reasonOf } from "./command/closed-days.js";
import { type Definition, type Given, type Ids } from "./command/definition.js";
import { type AnswerOf, type Command, type CommandName, commands } from "./commands.js";
import { storeWithin } from "./command/deadline.js";
import { decideAndAppend } from "./command/decide-and-append.js";
import { type Expected, expectedOf, requireExpected } from "./command/expected.js";
import { type FactSource } from "./command/facts.js";
import { IdentifierReservations } from "./command/identifiers.js";
import { type Identity, identify, refuseReused } from "./command/idempotency.js";
import { factsFor, mayDecideOn } from "./command/own.js";
import { type Allowing, authorise, type Principal } from "./command/principal.js";
import { requireTestClock } from "./command/require-test-clock.js";
import { type Session } from "./command/session.js";
import { Unavailable } from "./command/unavailable.js";

/** What the event store is given for all that a command asks of it: with what PostgreSQL is given, less than 30 s. */
const STORE_WITHIN_MS = 20_000;
/** How long a command waits until queries show its events (docs/architecture.md). */
const VISIBLE_WITHIN_MS = 2_000;
/** The same for a command with further work beyond its own events. */
const FINISHED_VISIBLE_WITHIN_MS = 30_000;

/** Answer of every accepted command. */
export interface Accepted {
  /** Id of the aggregate. */
  readonly id: string;
  /** Log position up to which the command's events are. */
  readonly position: Position;
  /** Whether queries show the log up to `position`. */
  readonly visible: boolean;
  /** True when the same command had been accepted before: this is its first result. */
  readonly repeated: boolean;
}

/** The only place that mixes types of different aggregates; an entry is only given values of its own table. */
type AnyDefinition = Definition<object, unknown, DomainEvent, unknown, object>;

/**
 * Executes a command for a principal, from its authorisation to its answer.
 * @throws Rejection of the command, IDEMPOTENCY_KEY_REUSED, CONFLICT, FORBIDDEN; Unavailable
 */
export const execute = async <Name extends CommandName>(
  session: Session,
  principal: Principal,
  command: Command<Name>,
): Promise<Accepted & AnswerOf<Name>> => {
  const { name, idempotencyKey } = command;
  const { input, expected } = expectedOf(composed(command.input));
  const definition: AnyDefinition = commands[name];
  const allowing = authorise(principal, name);
  if (definition.movesTime || definition.needsTestClock?.(input)) requireTestClock(session);
  definition.check?.(input);
  if (isDoneWithReason(name)) requireReason(reasonOf(input), doneWithReason[name]);

  const { providerId, actor } = principal;
  const ids: Ids = { providerId, newId: (kind) => aggregateId(providerId, actor, idempotencyKey, kind) };
  const facts = factsFor(principal, session.facts);
  const id = await definition.target(input, ids, facts);
  const provider = definition.createsProvider ? id : providerId;
  // The hash is that of the request as it came: a client can recompute it.
  const identity = identify(provider, actor, idempotencyKey, name, command.input);
  const asked = { session, facts, principal, allowing, definition, name, input, expected, idempotencyKey };
  const run: Run = { ...asked, ids, id, provider, identity };

  const recorded = await session.turns.take(identity.commandId, () => counted(session, name, () => record(run)));
  const { done, outcome } = recorded;
  const finished = definition.finished && !session.preview ? await finish(run, recorded) : outcome;
  const answer = await definition.answer?.(done, loadingOf(run, done.state), input);
  return { ...finished, ...answer } as Accepted & AnswerOf<Name>;
};

const isDoneWithReason = (name: string): name is keyof typeof doneWithReason => Object.hasOwn(doneWithReason, name);

interface Run {
  readonly session: Session;
  /** What its principal may be answered by. */
  readonly facts: FactSource;
  readonly principal: Principal;
  /** Its roles that allow the command. */
  readonly allowing: Allowing;
  readonly definition: AnyDefinition;
  readonly name: string;
  readonly input: object;
  readonly expected: Expected | null;
  readonly idempotencyKey: string;
  readonly ids: Ids;
  readonly id: string;
  /** Provider that owns the stream. */
  readonly provider: string;
  readonly identity: Identity;
}

/** What loaders are given. */
const loadingOf = ({ provider: providerId, facts, principal: { actor } }: Run, state: unknown) => ({
  ...{ state, providerId, facts, actor },
});

/** Decides the command and records its events, or finds its first result; then waits until queries show them. */
const record = async (run: Run) => {
  const { session, principal, definition, input, expected, id, provider, identity } = run;
  const { evolver } = definition;
  const stream = streamName(provider, definition.category, id);
  const { now, processed, ...standing } =
    definition.createsProvider || definition.inSystemTime
      ? { now: session.systemNow(), processed: null }
      : await settledClock(session, provider, identity.commandId);
  const permits = permitsOf(run.allowing, input, "provider" in standing ? standing.provider : null);
  refuseReused(processed, stream, identity);

  // From here on: that a clock settles may take longer.
  const store = storeWithin(session.store, STORE_WITHIN_MS);
  const reservations = new IdentifierReservations({ ...session, store }, principal, run.idempotencyKey);
  let decidedOn: unknown;
  let [{ role }] = permits;
  const judge = async (asked: object, { closedDays }: Permit, state: unknown) => {
    const facts = await definition.facts?.(asked, { ...loadingOf(run, state), closedDays });
    const given: Given<unknown, unknown> = {
      state,
      facts,
      id,
      now,
      systemNow: session.systemNow(),
      closedDays,
      newId: run.ids.newId,
      principal,
    };
    return { facts, given, events: definition.decide(asked, given) };
  };
  const decideBy = async (permit: Permit, state: unknown): Promise<readonly DomainEvent[]> => {
    if (expected) {
      await requireExpected(input, expected, async (asked) => {
        const { events } = await judge(asked, permit, state);
        return events.reduce((before, event) => evolver.evolve(before, event, ""), state);
      });
    }
    const { facts, given, events } = await judge(input, permit, state);
    ({ role } = permit);
    const change = definition.identifiers?.(input, given);
    if (change) await reservations.reserve(change, { accountId: id, on: dayOf(events, now), now, role });
    decidedOn = facts;
    return events.length > 0 ? events : [accepted(run.name, now)];
  };
  const decide = async (state: unknown, exists: boolean, end: Position): Promise<readonly DomainEvent[]> => {
    const isMet = mayDecideOn(principal, definition.category, id, state);
    if (definition.whenShown && !(await session.visible(isMet ? end : START, VISIBLE_WITHIN_MS, provider))) {
      throw new Unavailable("The read models do not show the customer's invoices yet; try again.");
    }
    const events = await byFirstThatReaches(permits, (permit) => decideBy(permit, isMet ? state : evolver.initial));
    // Commands on what there is are refused where there is nothing: this one would be written into another's stream.
    if (exists && !isMet) throw new Error(`${run.name} was accepted on ${stream} as if it did not exist`);
    return events;
  };
  const { correlationId, actor, origin } = principal;
  const envelope = { ...identity, provider, actor, origin, correlationId, recordedAt: now };
  try {
    const decided = await decideAndAppend(store, { stream, evolver, envelope, decide, role: () => role });
    await reservations.recorded(decided.repeated);
    const { state, events, revision, position, repeated } = decided;
    const visible = await session.visible(position, VISIBLE_WITHIN_MS, provider);
    const outcome: Accepted = { id, position, visible, repeated };
    return { outcome, done: { state, events, revision, facts: decidedOn } };
  } catch (error) {
    await reservations.refused(error);
    throw error;
  }
};

/** Records a command that changes nothing, so that a later repetition has no effect. */
const accepted = (command: string, now: Instant): CommandAccepted => ({
  type: "CommandAccepted",
  data: { command, effectiveOn: dateOf(now, "UTC") },
});

/** `effectiveOn` of the first event, else the UTC day. */
const dayOf = ([event]: readonly DomainEvent[], now: string): string =>
  (event?.data as { readonly effectiveOn?: string } | undefined)?.effectiveOn ?? now.slice(0, 10);

/** Waits for the work that the command causes; the answer's position is then the log's tail. */
const finish = async (
  { session, definition, ids, provider }: Run,
  { done, outcome }: Awaited<ReturnType<typeof record>>,
): Promise<Accepted> => {
  await definition.finished?.(done, session, ids);
  const position = await session.store.tail();
  return { ...outcome, position, visible: await session.visible(position, FINISHED_VISIBLE_WITHIN_MS, provider) };
};

/** Counts a command by its outcome; previews are counted separately. */
const counted = async <T extends { readonly outcome: Accepted }>(
  session: Session,
  name: string,
  work: () => Promise<T>,
): Promise<T> => {
  const label = session.preview ? "preview" : name;
  try {
    const result = await work();
    session.count(label, result.outcome.repeated ? "repeated" : "accepted");
    return result;
  } catch (error) {
    session.count(label, error instanceof Rejection ? error.code : "failed");
    throw error;
  }
};
