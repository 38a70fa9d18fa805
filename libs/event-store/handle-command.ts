import { type DomainEvent, type Evolver } from "#domain/event.js";
import { reject } from "#domain/rejection.js";
import { type EventTypes } from "./codec.js";
import { commandHash, NO_HASH } from "./content-hash.js";
import { WrongExpectedRevision } from "./errors.js";
import { type Origin, type RecordedEvent } from "./event.js";
import { type Appended, type EventStore } from "./event-store.js";
import { domainEvent, fold, NO_REVISION } from "./fold.js";
import { commandId } from "./ids.js";
import { type Position, START } from "./position.js";
import { chainEvents } from "./chain-events.js";

/** Who asks for what, and when. */
export interface CommandEnvelope {
  readonly provider: string;
  readonly actor: string;
  /** Default: not recorded. */
  readonly origin?: Origin;
  /** Chosen by the caller; the same key from the same actor is the same command. */
  readonly idempotencyKey: string;
  /** The client's request as it came, JSON: hashed to tell a repetition from a reused key. */
  readonly body: unknown;
  /** The command's name; part of the hash. */
  readonly name: string;
  /** Default: the command's id. */
  readonly correlationId?: string;
  /** Default: the command's id. */
  readonly causationId?: string;
  /** ISO instant from the injected clock. */
  readonly recordedAt: string;
}

export interface HandleOptions<S, E extends DomainEvent> {
  readonly stream: string;
  readonly decider: Evolver<S, E>;
  readonly envelope: CommandEnvelope;
  /**
   * The decision. May load facts; a `Rejection` that it throws passes through and is not remembered. It runs again
   * when another writer was faster. No events: nothing is appended, and nothing remembered.
   */
  decide(state: S, exists: boolean): readonly E[] | Promise<readonly E[]>;
  /** How often to decide when other writers are faster, before `CONFLICT`. Default 5. */
  readonly attempts?: number;
  /** Other than the catalogue's: for specs. */
  readonly types?: EventTypes;
}

export interface Handled<S, E extends DomainEvent> {
  /** After the command's events; of a repeated command as it was *then*, whatever has happened since. */
  readonly state: S;
  /** Of the last event that `state` includes; -1 when there is none. */
  readonly revision: bigint;
  /** Of the same event: wait for it to read your own write. `START` when there is none. */
  readonly position: Position;
  /** The command's own. */
  readonly events: readonly E[];
  /** True when the command had been accepted before and this is its first result. */
  readonly repeated: boolean;
}

/**
 * Runs a command on one stream: read, fold, decide, append at the exact revision. A repeated command answers its first
 * result. Throws a `Rejection`: `IDEMPOTENCY_KEY_REUSED`, `CONFLICT`, or the decision's own; and what the store throws.
 */
export const handleCommand = async <S, E extends DomainEvent>(
  store: EventStore,
  options: HandleOptions<S, E>,
): Promise<Handled<S, E>> => {
  const { stream, decider, attempts = 5 } = options;
  const command = identify(options.envelope);
  const history = await store.readStream(stream);
  for (let attempt = 1; ; attempt += 1) {
    const repeated = firstResult(history, decider, command);
    if (repeated !== undefined) return repeated;

    const state = fold(decider, history);
    const last = history.at(-1);
    const decided = await options.decide(state, last !== undefined);
    if (decided.length === 0) return { ...placeOf(last), state, events: [], repeated: false };

    try {
      return await append(store, options, { command, state, last, decided });
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      if (attempt >= attempts) throw reject("CONFLICT", `${stream} kept changing while the command ran; try again`);
    }
    history.push(...(await store.readStream(stream, { from: (last?.revision ?? NO_REVISION) + 1n })));
  }
};

interface Command extends CommandEnvelope {
  readonly id: string;
  readonly hash: string;
}

const identify = (envelope: CommandEnvelope): Command => ({
  ...envelope,
  id: commandId(envelope.provider, envelope.actor, envelope.idempotencyKey),
  hash: commandHash(envelope.name, envelope.body),
});

const placeOf = (last: RecordedEvent | undefined): Appended =>
  last === undefined
    ? { revision: NO_REVISION, position: START }
    : { revision: last.revision, position: last.position };

/** The answer of a command whose events are in the stream already. */
const firstResult = <S, E extends DomainEvent>(
  history: readonly RecordedEvent[],
  decider: Evolver<S, E>,
  command: Command,
): Handled<S, E> | undefined => {
  const end = history.findLastIndex(({ metadata }) => metadata.commandId === command.id);
  const last = history[end];
  if (last === undefined) return undefined;
  const events = history.filter(({ metadata }) => metadata.commandId === command.id);
  if (events.some(({ metadata }) => metadata.commandHash !== command.hash)) {
    throw reject("IDEMPOTENCY_KEY_REUSED", "This idempotency key was used for another request", {
      field: "idempotencyKey",
    });
  }
  const state = fold(decider, history.slice(0, end + 1));
  return { ...placeOf(last), state, events: events.map((event) => domainEvent(event) as E), repeated: true };
};

const append = async <S, E extends DomainEvent>(
  store: EventStore,
  { stream, decider, types }: HandleOptions<S, E>,
  decision: { command: Command; state: S; last: RecordedEvent | undefined; decided: readonly E[] },
): Promise<Handled<S, E>> => {
  const { command, last, decided } = decision;
  const { provider, actor, origin, recordedAt, correlationId = command.id, causationId = command.id } = command;
  const sealed = chainEvents({
    stream,
    previousHash: last?.metadata.contentHash ?? NO_HASH,
    ...{ provider, actor, recordedAt, correlationId, causationId, commandId: command.id, commandHash: command.hash },
    events: decided,
    ...(origin && { origin }),
    ...(types && { types }),
  });
  const appended = await store.append(stream, last?.revision ?? "no_stream", sealed);
  let { state } = decision;
  decided.forEach((event, index) => {
    state = decider.evolve(state, event, sealed[index]?.id ?? "");
  });
  return { ...appended, state, events: decided, repeated: false };
};
