import { StoreUnavailable } from "./errors.js";
import { type Batch, type EventStore, type UnreadableEvent } from "./event-store.js";
import { type RecordedEvent } from "./event.js";
import { comparePositions, type Position, START } from "./position.js";

export interface ReadLogOptions {
  /** For errors. */
  readonly name: string;
  /** Exclusive. Default: the beginning of the log. */
  readonly from?: Position;
  /** Inclusive. Default: the end of the log, as it is when it is reached. */
  readonly through?: Position;
  /** Awaited; the next batch is not handed over before. What it throws ends the reading, and is thrown. */
  readonly onBatch: (batch: Batch) => Promise<void> | void;
  /** Its reason is thrown when it is aborted. */
  readonly signal?: AbortSignal;
  /** Milliseconds without an answer after which the store counts as unavailable. Default 30,000. */
  readonly patienceMs?: number;
}

/**
 * Reads the log once, from one place to another, in batches that hold what cannot be read as well. A connection that
 * breaks is taken up where it broke.
 * @throws StoreUnavailable
 */
export const readLog = async (
  store: EventStore,
  { name, from = START, through, onBatch, signal, patienceMs = 30_000 }: ReadLogOptions,
): Promise<void> => {
  signal?.throwIfAborted();
  if (through !== undefined && comparePositions(through, from) <= 0) return;
  let heardAt = performance.now();
  let isHandling = false;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let subscription: ReturnType<EventStore["subscribe"]> | undefined;
  try {
    await new Promise<void>((done, reject) => {
      const fail = (reason: unknown): void => {
        reject(reason instanceof Error ? reason : new Error(String(reason)));
      };
      const end = (settle: () => void): void => {
        isOver = true;
        settle();
      };
      const handle = async (batch: Batch): Promise<void> => {
        if (isOver) return;
        isHandling = true;
        try {
          await onBatch(upTo(through, batch));
        } catch (error) {
          end(() => {
            fail(error);
          });
        }
        isHandling = false;
        heardAt = performance.now();
        const isThere = through === undefined ? batch.caughtUp : comparePositions(batch.position, through) >= 0;
        if (isThere || batch.caughtUp) end(done);
      };
      subscription = store.subscribe({ name, from, unreadable: "HAND_OVER", onBatch: handle });
      signal?.addEventListener("abort", () => {
        end(() => {
          fail(signal.reason);
        });
      });
      timer = setInterval(() => {
        if (isHandling || performance.now() - heardAt < patienceMs) return;
        const why = subscription?.status().lastError ?? "nothing arrives";
        end(() => {
          fail(new StoreUnavailable(`The log could not be read to its end: ${why}`));
        });
      }, 200);
    });
  } finally {
    clearInterval(timer);
    await subscription?.stop();
  }
};

/** The part of a batch up to a position. */
const upTo = (through: Position | undefined, batch: Batch): Batch => {
  if (through === undefined || comparePositions(batch.position, through) <= 0) return batch;
  const isIn = ({ position }: { readonly position: Position }): boolean => comparePositions(position, through) <= 0;
  const { events, unreadable = [], ...rest } = batch;
  return { ...rest, events: events.filter(isIn), unreadable: unreadable.filter(isIn), position: through };
};

/** All that a batch holds, in log order. */
export const inLogOrder = ({ events, unreadable = [] }: Batch): readonly (RecordedEvent | UnreadableEvent)[] =>
  unreadable.length === 0
    ? events
    : [...events, ...unreadable].sort((a, b) => comparePositions(a.position, b.position));
