import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { type ConnectionOptions } from "./connection.js";
import { type EventTexts, storedOf } from "./event-texts.js";
import { Feed, type FeedItem, type FeedSource } from "./feed.js";
import { type Position } from "./position.js";
import { Transient } from "./retry.js";

/** What the thread is to read. */
export interface ThreadRequest {
  readonly connection: ConnectionOptions;
  readonly from: Position;
  /** Items that wait to be taken by the thread. */
  readonly bufferSize: number;
}

/** What the thread hands over, in log order. */
type Items =
  { readonly events: readonly EventTexts[] } | { readonly item: Exclude<FeedItem, { readonly kind: "event" }> };

/** A message of the thread. Behind one of a failure, which is why the call to the server failed, come no others. */
export type FromThread = Items | { readonly failed: string };

/** Messages that the thread sends before the first one is read; of each one that is, it is told. */
export const MESSAGES_AHEAD = 32;

/** The built program, for specs too: they run the sources, which no thread can load. */
const program = (): string => createRequire(import.meta.url).resolve("#event-store/reading-thread.js");

/** A call to the server that another thread makes (reading-thread.ts), with a connection of its own. */
export const followInThread = (request: ThreadRequest): Feed => {
  const source = new ThreadSource(request);
  return new Feed(
    source,
    (item) => item as FeedItem,
    () => {
      source.end();
    },
  );
};

class ThreadSource extends EventEmitter implements FeedSource {
  readonly #thread: Worker;
  /** Messages not read yet, oldest first. */
  readonly #messages: Items[] = [];
  /** Of the message that is being read, and the next one of them. */
  #items: readonly FeedItem[] = [];
  #next = 0;

  constructor(request: ThreadRequest) {
    super();
    // Options of this process such as a debugger's are not for the thread.
    this.#thread = new Worker(program(), { workerData: request, execArgv: [] });
    this.#thread.on("message", (message: FromThread) => {
      if ("failed" in message) {
        this.emit("error", new Transient(message.failed));
        return;
      }
      this.#messages.push(message);
      this.emit("readable");
    });
    this.#thread.on("error", (error) => this.emit("error", error));
    this.#thread.on("exit", () => this.emit("end"));
  }

  get readableLength(): number {
    return this.#items.length - this.#next + this.#messages.length;
  }

  read(): FeedItem | null {
    if (this.#next === this.#items.length) {
      const message = this.#messages.shift();
      if (message === undefined) return null;
      this.#items = itemsOf(message);
      this.#next = 0;
      this.#thread.postMessage(null);
    }
    const item = this.#items[this.#next] ?? null;
    this.#next += 1;
    return item;
  }

  end(): void {
    void this.#thread.terminate();
  }
}

const itemsOf = (message: Items): readonly FeedItem[] =>
  "item" in message ? [message.item] : message.events.map((event) => ({ kind: "event", event: storedOf(event) }));
