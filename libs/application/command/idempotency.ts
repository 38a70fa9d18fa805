import { type DomainEvent, type Evolver } from "#domain/event.js";
import { reject } from "#domain/rejection.js";
import { commandHash } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { domainEvent, fold } from "#event-store/fold.js";
import { commandId } from "#event-store/ids.js";
import { type Position } from "#event-store/position.js";

/*
 * Which command is a repetition. A command is known by its id (provider, actor, idempotency key) and told apart from
 * another one under the same key by its hash (name, body). It is remembered by its own events: first by the read model
 * of processed commands, which knows every stream, then by the stream itself, which is never behind.
 */

/** What tells a command from others. */
export interface Identity {
  readonly commandId: string;
  readonly commandHash: string;
}

export const identify = (provider: string, actor: string, key: string, name: string, body: unknown): Identity => ({
  commandId: commandId(provider, actor, key),
  commandHash: commandHash(name, body),
});

/** A command that was accepted before. */
export interface Processed {
  readonly hash: string;
  readonly stream: string;
}

/**
 * By the read model: a key that was used for another stream, or another request.
 * @throws Rejection IDEMPOTENCY_KEY_REUSED
 */
export const refuseReused = (processed: Processed | null, stream: string, { commandHash: hash }: Identity): void => {
  if (processed && (processed.stream !== stream || processed.hash !== hash)) throw reused();
};

/** The first result of a repeated command. */
export interface FirstResult<S, E extends DomainEvent> {
  /** As it was then, whatever has happened since. */
  readonly state: S;
  readonly events: readonly E[];
  readonly revision: bigint;
  readonly position: Position;
}

/**
 * By the stream: the result of a command whose events are in it already; undefined when there are none.
 * @throws Rejection IDEMPOTENCY_KEY_REUSED
 */
export const firstResult = <S, E extends DomainEvent>(
  history: readonly RecordedEvent[],
  evolver: Evolver<S, E>,
  identity: Identity,
): FirstResult<S, E> | undefined => {
  const end = history.findLastIndex(({ metadata }) => metadata.commandId === identity.commandId);
  const last = history[end];
  if (last === undefined) return undefined;
  const own = history.filter(({ metadata }) => metadata.commandId === identity.commandId);
  if (own.some(({ metadata }) => metadata.commandHash !== identity.commandHash)) throw reused();
  return {
    state: fold(evolver, history.slice(0, end + 1)),
    events: own.map((event) => domainEvent(event) as E),
    revision: last.revision,
    position: last.position,
  };
};

const reused = () =>
  reject("IDEMPOTENCY_KEY_REUSED", "This idempotency key was used for another request.", { field: "idempotencyKey" });

/** Lets commands with the same id run one after the other: the second one looks when the first has left its trace. */
export class Turns {
  private readonly underWay = new Map<string, Promise<unknown>>();

  async take<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.underWay.get(id);
    const turn = (before?.catch(() => undefined) ?? Promise.resolve()).then(work);
    this.underWay.set(id, turn);
    try {
      return await turn;
    } finally {
      if (this.underWay.get(id) === turn) this.underWay.delete(id);
    }
  }
}
