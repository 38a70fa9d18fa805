import { StoreUnavailable } from "#event-store/errors.js";
import { type EventStore } from "#event-store/event-store.js";

/**
 * The store for one command: all of its calls together end in time, with `StoreUnavailable`. Each of them alone is
 * repeated for as long as one may take, and a command makes several. An append that was under way may still happen.
 */
export const storeWithin = (store: EventStore, ms: number): EventStore => {
  const deadline = performance.now() + ms;
  // Timers may be early by a fraction.
  let over = false;
  const bounded = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    const late = () => new StoreUnavailable(`${what}: the command has taken ${ms} ms`);
    const left = deadline - performance.now();
    if (over || left <= 0) throw late();
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        over = true;
        reject(late());
      }, left);
    });
    return Promise.race([call(), passed]).finally(() => {
      clearTimeout(timer);
    });
  };
  return {
    append: (stream, expected, events) => bounded(`append to ${stream}`, () => store.append(stream, expected, events)),
    readStream: (stream, options) => bounded(`read ${stream}`, () => store.readStream(stream, options)),
    retentionOf: (stream) => bounded(`read the metadata of ${stream}`, () => store.retentionOf(stream)),
    tail: () => bounded("read the log's tail", () => store.tail()),
    requireAppends: () => bounded("append", () => store.requireAppends()),
    probe: () => bounded("look at the log's end", () => store.probe()),
    subscribe: (options) => store.subscribe(options),
    close: () => store.close(),
  };
};
