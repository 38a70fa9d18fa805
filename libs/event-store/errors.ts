import { type ExpectedRevision } from "./event-store.js";
import { type Position } from "./position.js";

/** The stream is not at the revision that the writer expected. Nothing was appended. */
export class WrongExpectedRevision extends Error {
  override readonly name = "WrongExpectedRevision";
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`${stream} is at ${actual.toString()}, expected ${expected.toString()}`);
  }
}

/** The events of one append exceed the server's limit (1 MiB by default). Nothing was appended. */
export class AppendTooLarge extends Error {
  override readonly name = "AppendTooLarge";
  constructor(
    readonly stream: string,
    /** Bytes. */
    readonly limit: number,
    options?: ErrorOptions,
  ) {
    super(`The append to ${stream} exceeds the store's limit of ${limit} bytes`, options);
  }
}

/** The store did not answer in time, retries included. An append may or may not have happened. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

/** A stored event that cannot be decoded. It is never skipped; an operator has to deal with it. */
export class UndecodableEvent extends Error {
  override readonly name = "UndecodableEvent";
  constructor(
    readonly stream: string,
    readonly revision: bigint,
    readonly type: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot decode ${type} at ${stream}@${revision}: ${reason}`, options);
  }
}

/** Thrown by `onBatch`: the batch was not processed; resume after this position. */
export class RestartFrom extends Error {
  override readonly name = "RestartFrom";
  constructor(readonly position: Position) {
    super(`Restart from ${position.commit}/${position.prepare}`);
  }
}
