import { type DomainEvent, type Evolver } from "#domain/event.js";
import { reject } from "#domain/rejection.js";
import { commandHash } from "#event-store/content-hash.js";
import { type RecordedEvent } from "#event-store/event.js";
import { domainEvent, fold } from "#event-store/fold.js";
import { commandId } from "#event-store/ids.js";
import { type Position } from "#event-store/position.js";
import { isPage } from "./pages.js";

/*
 * Recognises repeated commands. A command is identified by its id (provider, actor, idempotency key); its hash (name,
 * body) distinguishes it from another command with the same key. Its own events show that it was accepted: first in the
 * read model of processed commands, which covers every stream, then in the stream itself, which is never behind.
 */

/** What identifies a command. */
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
 * Refuses, by the read model, a key that was used for another stream or another request.
 * @throws Rejection IDEMPOTENCY_KEY_REUSED
 */
export const refuseReused = (processed: Processed | null, stream: string, { commandHash: hash }: Identity): void => {
  if (processed && (processed.stream !== stream || processed.hash !== hash)) throw reused();
};

/** The first result of a repeated command. */
export interface FirstResult<S, E extends DomainEvent> {
  /** State right after the command's first execution. */
  readonly state: S;
  readonly events: readonly E[];
  readonly revision: bigint;
  readonly position: Position;
}

/**
 * By the stream: the result of a command whose events it contains; undefined when there are none.
 * @throws Rejection IDEMPOTENCY_KEY_REUSED
 */
export const firstResult = <S, E extends DomainEvent>(
  history: readonly RecordedEvent[],
  evolver: Evolver<S, E>,
  identity: Identity,
): FirstResult<S, E> | undefined => {
  const own = history.filter(({ metadata }) => metadata.commandId === identity.commandId);
  if (own.some(({ metadata }) => metadata.commandHash !== identity.commandHash)) throw reused();
  // Pages alone are of an attempt that was cut off before what names them.
  const last = own.findLast((event) => !isPage(domainEvent(event)));
  if (last === undefined) return undefined;
  return {
    state: fold(evolver, history.slice(0, history.indexOf(last) + 1)),
    events: own.map((event) => domainEvent(event) as E),
    revision: last.revision,
    position: last.position,
  };
};

export const reused = () =>
  reject("IDEMPOTENCY_KEY_REUSED", "This idempotency key was used for another request.", { field: "idempotencyKey" });

/** Runs commands with the same id one after the other, so that the second finds the events of the first. */
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
