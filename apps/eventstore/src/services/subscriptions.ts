import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { rowPosition, rowRevision } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import { streamDeleted } from "../protocol/errors.js";
import type { Filter } from "../protocol/filter.js";
import type { ReadRequest } from "../protocol/read-request.js";
import { CAUGHT_UP, checkpoint, confirmation, eventMessage, FELL_BEHIND } from "../protocol/read-response.js";
import { resolveLink } from "../streams/links.js";
import { visibleStream } from "../streams/visible-stream.js";
import type { ResponseStream } from "./response-stream.js";

/** A live subscriber that finds this many full pages waiting in a row is told that it has fallen behind. */
const FULL_PAGES_BEHIND = 4;
const FULL_PAGE = 256;

/**
 * Sends what there is, then what comes, until the call is over. A subscriber always reads from the log, so catching up
 * and being live are one loop: there is no hand-over where an event could be lost or sent twice.
 */
export const subscribe = async (store: LogStore, request: ReadRequest, responses: ResponseStream): Promise<void> => {
  const source = request.stream ? streamSource(store, request, request.stream) : allSource(store, request);
  const checkpoints = request.filter && new Checkpoints(request.filter, responses);
  const advances = new Advances(store);
  await responses.send(confirmation(randomUUID()));
  let live = false;
  let fullPages = 0;
  try {
    while (responses.isOpen()) {
      const rows = source();
      for (const row of rows) {
        if (!responses.isOpen()) break;
        if (request.filter?.matches(row) !== false) {
          const resolved = request.resolveLinks ? resolveLink(store, row) : { event: row };
          await responses.send(eventMessage(resolved, request.structuredUuid));
        }
        await checkpoints?.looked(rowPosition(row));
      }
      fullPages = rows.length >= FULL_PAGE ? fullPages + 1 : 0;
      if (live && fullPages >= FULL_PAGES_BEHIND) {
        live = false;
        await responses.send(FELL_BEHIND);
      }
      if (rows.length > 0) {
        // A filter that lets nothing through would otherwise keep the process to itself for the length of the log.
        await setImmediate();
        continue;
      }
      if (!live) {
        live = true;
        await checkpoints?.caughtUp();
        await responses.send(CAUGHT_UP);
      }
      await advances.next(responses);
    }
  } finally {
    advances.stop();
  }
};

type Source = () => Buffer[];

/** A subscription starts after the position or revision that it names. */
const allSource = (store: LogStore, { from }: ReadRequest): Source => {
  let next = from === "start" ? 0 : (from === "end" ? store.head : from) + 1;
  return () => {
    const rows = store.pageOfAll(next, "forwards");
    const last = rows.at(-1);
    if (last) next = rowPosition(last) + 1;
    return rows;
  };
};

/** The stream need not exist yet. Throws RequestError once it is deleted for good. */
const streamSource = (store: LogStore, { from }: ReadRequest, name: Buffer): Source => {
  const atStart = visibleStream(store, name);
  const end = atStart.kind === "visible" ? atStart.last + 1 : 0;
  let next = from === "start" ? 0 : from === "end" ? end : from + 1;
  return () => {
    const stream = visibleStream(store, name);
    if (stream.kind === "tombstoned") throw streamDeleted(name);
    if (stream.kind === "missing") return [];
    const rows = store.pageOfStream(stream.number, Math.max(next, stream.first), "forwards");
    const last = rows.at(-1);
    if (last) next = rowRevision(last) + 1;
    return rows;
  };
};

/** Tells a filtered subscriber how far the server has looked: it may see nothing else for a long time. */
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

/** Remembers an advance of the log that came while the subscriber was busy. */
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
