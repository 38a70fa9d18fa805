import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { END_OF_STREAM } from "../log/keys.js";
import { rowPosition, rowRevision } from "../log/row.js";
import type { LogStore } from "../log/store.js";
import type { Filter, ReadRequest } from "../protocol/read-request.js";
import { CAUGHT_UP, checkpoint, confirmation, eventMessage, FELL_BEHIND } from "../protocol/read-response.js";
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
        if (request.filter?.matches(row) !== false) await responses.send(eventMessage(row, request.structuredUuid));
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

/** The stream need not exist yet. */
const streamSource = (store: LogStore, { from }: ReadRequest, stream: Buffer): Source => {
  let number = store.streamNumber(stream);
  let next = from === "start" ? 0 : from === "end" ? endOf(store, number) : from + 1;
  return () => {
    number ??= store.streamNumber(stream);
    if (number === undefined) return [];
    const rows = store.pageOfStream(number, next, "forwards");
    const last = rows.at(-1);
    if (last) next = rowRevision(last) + 1;
    return rows;
  };
};

const endOf = (store: LogStore, number: number | undefined): number => {
  const last = number === undefined ? undefined : store.pageOfStream(number, END_OF_STREAM, "backwards", 1)[0];
  return last ? rowRevision(last) + 1 : 0;
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
