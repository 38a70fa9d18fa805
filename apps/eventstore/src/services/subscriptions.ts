import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { rowPosition, rowRevision } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import { consumerTooSlow, streamDeleted } from "../protocol/errors.js";
import type { Filter } from "../protocol/filter.js";
import type { ReadRequest } from "../protocol/read-request.js";
import { CAUGHT_UP, checkpoint, confirmation, eventMessage } from "../protocol/read-response.js";
import { resolveLink, withoutForbidden } from "../streams/links.js";
import { lastRevisionOf, storedRows, visibleStream } from "../streams/visible-stream.js";
import type { ResponseStream } from "./response-stream.js";
import type { ReadConditions } from "./read-conditions.js";

/**
 * Sends existing events, then new ones, until the call ends. A subscriber always reads from the log, so catching up and
 * live are one loop, without a hand-over at which an event could be lost or sent twice. Events that a stream's metadata
 * hides are left out until the subscriber is live; from then on it is sent everything, as by EventStoreDB.
 */
export const subscribe = async (
  store: LogStore,
  request: ReadRequest,
  responses: ResponseStream,
  mayRead: (stream: Buffer) => boolean,
  conditions: ReadConditions,
): Promise<void> => {
  const source = request.stream ? streamSource(store, request, request.stream) : allSource(store, request);
  const checkpoints = request.filter && new Checkpoints(request.filter, responses);
  const advances = new Advances(store);
  await responses.send(confirmation(randomUUID()));
  let live = false;
  let blockedMs = 0;
  const isWanted = (row: Buffer) => request.filter?.matches(row) !== false;
  try {
    while (responses.isOpen()) {
      const rows = source.next(live);
      if (live && conditions.isTooSlow({ waiting: rows.filter(isWanted).length, blockedMs })) throw consumerTooSlow();
      blockedMs = 0;
      for (const row of rows) {
        if (!responses.isOpen()) break;
        if (isWanted(row)) {
          const resolved = request.resolveLinks ? withoutForbidden(resolveLink(store, row), mayRead) : { event: row };
          const noRoom = responses.send(eventMessage(resolved, request.structuredUuid));
          if (noRoom) {
            const since = performance.now();
            await noRoom;
            blockedMs = Math.max(blockedMs, performance.now() - since);
          }
        }
        await checkpoints?.looked(rowPosition(row));
      }
      if (rows.length > 0) {
        // Otherwise a filter without matches would block the process while it reads the whole log.
        await setImmediate();
        continue;
      }
      if (!live && source.exists()) {
        live = true;
        blockedMs = 0;
        await checkpoints?.caughtUp();
        await responses.send(CAUGHT_UP);
      }
      await advances.next(responses);
    }
  } finally {
    advances.stop();
  }
};

interface Source {
  /** The next rows. Throws CorruptRow. */
  next(live: boolean): Buffer[];
  /** A subscriber to a stream that does not exist is not sent the caught-up message. */
  exists(): boolean;
}

/** A subscription starts after the position or revision that it names. */
const allSource = (store: LogStore, { from }: ReadRequest): Source => {
  let next = from === "start" ? 0 : (from === "end" ? store.head : from) + 1;
  return {
    next: () => {
      const rows = store.pageOfAll(next, "forwards");
      const last = rows.at(-1);
      if (last) next = rowPosition(last) + 1;
      return rows;
    },
    exists: () => true,
  };
};

/**
 * The stream need not exist yet. Throws RequestError once it is tombstoned; a live subscriber is sent the tombstone
 * first.
 */
const streamSource = (store: LogStore, { from }: ReadRequest, name: Buffer): Source => {
  let next = from === "start" ? 0 : (from === "end" ? lastRevisionOf(store, name) : from) + 1;
  const caughtUpRows = (): Buffer[] => {
    const rows = storedRows(store, name, next);
    if (rows.length === 0 && visibleStream(store, name).kind === "tombstoned") throw streamDeleted(name);
    return rows;
  };
  const visibleRows = (): Buffer[] => {
    const stream = visibleStream(store, name);
    if (stream.kind === "tombstoned") throw streamDeleted(name);
    return stream.kind === "missing" ? [] : storedRows(store, name, Math.max(next, stream.first));
  };
  return {
    next: (live) => {
      const rows = live ? caughtUpRows() : visibleRows();
      const last = rows.at(-1);
      if (last) next = rowRevision(last) + 1;
      return rows;
    },
    exists: () => from === "end" || visibleStream(store, name).kind === "visible",
  };
};

/**
 * Sends a filtered subscriber the position that the server has read to: it may receive nothing else for a long time.
 */
class Checkpoints {
  private looks = 0;
  private position = 0;

  constructor(
    private readonly filter: Filter,
    private readonly responses: ResponseStream,
  ) {}

  looked(position: number): Promise<void> | undefined {
    this.position = position;
    return ++this.looks >= this.filter.checkpointInterval ? this.send() : undefined;
  }

  caughtUp(): Promise<void> | undefined {
    return this.looks > 0 ? this.send() : undefined;
  }

  private send(): Promise<void> | undefined {
    this.looks = 0;
    return this.responses.send(checkpoint(this.position));
  }
}

/** Records an advance of the log that came while the subscriber was busy. */
class Advances {
  private pending = false;
  private wake: (() => void) | undefined;
  readonly stop: () => void;

  constructor(store: LogStore) {
    this.stop = store.onAdvance(() => {
      this.pending = true;
      this.wake?.();
    });
  }

  async next(responses: ResponseStream): Promise<void> {
    while (!this.pending && responses.isOpen()) await responses.waitFor((wake) => (this.wake = wake));
    this.pending = false;
  }
}
