import { parentPort, workerData } from "node:worker_threads";
import { Connection } from "./connection.js";
import { type EventTexts } from "./event-texts.js";
import { type FeedItem } from "./feed.js";
import { type FromThread, MESSAGES_AHEAD, type ThreadRequest } from "./thread-source.js";
import { silenceServerNameWarning } from "./tls-warning.js";

/** The program of a thread that reads the log for another one, until that ends it (thread-source.ts). */

/** Events of a message at most, and characters after which it goes: what is read in one turn. */
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

function* messagesOf(items: readonly FeedItem<EventTexts>[]): Generator<FromThread> {
  let events: EventTexts[] = [];
  let characters = 0;
  for (const item of items) {
    if (item.kind === "event") {
      events.push(item.event);
      characters += item.event.reduce((sum, { length }) => sum + length, 0);
      if (characters < MANY_CHARACTERS) continue;
    }
    if (events.length > 0) yield { events };
    events = [];
    characters = 0;
    if (item.kind !== "event") yield { item };
  }
  if (events.length > 0) yield { events };
}

silenceServerNameWarning();
const { connection, from, bufferSize } = workerData as ThreadRequest;
try {
  const feed = new Connection(connection).followTexts(from, bufferSize);
  for (;;) {
    await feed.arrival();
    for (const message of messagesOf(feed.take(MOST_EVENTS))) await send(message);
  }
} catch (error) {
  await send({ failed: error instanceof Error ? error.message : String(error) });
}
