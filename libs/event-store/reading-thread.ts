import { parentPort, workerData } from "node:worker_threads";
import { type StoredEvent } from "./codec.js";
import { Connection } from "./connection.js";
import { type FeedItem } from "./feed.js";
import { type FromThread, MESSAGES_AHEAD, packed, type ThreadRequest } from "./thread-source.js";
import { silenceServerNameWarning } from "./tls-warning.js";

/** The program of a thread that reads the log for another one, until that ends it (thread-source.ts). */

/** Events of a message at most, and characters of their JSON after which it goes: what is read in one turn. */
const MOST_EVENTS = 250;
const MANY_CHARACTERS = 262_144;

const port = parentPort;
if (port === null) throw new Error("This is a thread's program");

let free = MESSAGES_AHEAD;
let wake: () => void = () => undefined;
port.on("message", () => {
  free += 1;
  wake();
});

const send = async (message: FromThread): Promise<void> => {
  while (free === 0) await new Promise<void>((resolve) => (wake = resolve));
  free -= 1;
  port.postMessage(message);
};

/** JSON has no bytes, which metadata of other programs may be. */
const isJson = ({ metadata }: StoredEvent): boolean => !(metadata instanceof Uint8Array);

function* messagesOf(items: readonly FeedItem[]): Generator<FromThread> {
  let events: string[] = [];
  let characters = 0;
  const taken = (): FromThread => {
    const message = { events: `[${events.join(",")}]` };
    events = [];
    characters = 0;
    return message;
  };
  for (const item of items) {
    if (item.kind === "event" && isJson(item.event)) {
      const event = JSON.stringify(packed(item.event));
      events.push(event);
      characters += event.length;
      if (characters >= MANY_CHARACTERS) yield taken();
    } else {
      if (events.length > 0) yield taken();
      yield { item };
    }
  }
  if (events.length > 0) yield taken();
}

silenceServerNameWarning();
const { connection, from, bufferSize } = workerData as ThreadRequest;
try {
  const feed = new Connection(connection).follow(from, bufferSize);
  for (;;) {
    await feed.arrival();
    for (const message of messagesOf(feed.take(MOST_EVENTS))) await send(message);
  }
} catch (error) {
  await send({ failed: error instanceof Error ? error.message : String(error) });
}
