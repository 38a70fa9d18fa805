/**
 * Follows the events of one provider and prints one line of JSON for each, in order:
 *
 *   node follow.js --url 'esdb://127.0.0.1:2113?tls=false' --provider ID --checkpoint FILE
 *
 * Started again, it goes on where it was. It prints every event; the last ones before it was killed may be printed once
 * more, with the same id. What it has to say about itself goes to stderr.
 */
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { AccessDeniedError, EventStoreDBClient, START, streamNameFilter } from "@eventstore/db-client";
import { Checkpoint } from "./checkpoint.js";

/** A checkpoint costs a write to the disk, so it is not saved after each event. */
const SAVE_EVERY_MS = 200;

/** While none of the provider's events come, the server tells how far it has looked after so many of others, times 32. */
const CHECKPOINT_INTERVAL = 16;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

const { values } = parseArgs({
  options: { url: { type: "string" }, provider: { type: "string" }, checkpoint: { type: "string" } },
});
if (!values.url || !values.provider || !values.checkpoint) {
  console.error("usage: node follow.js --url esdb://… --provider ID --checkpoint FILE");
  process.exit(2);
}

// One client per process: two of them disturb each other's appends.
const client = EventStoreDBClient.connectionString(values.url);
const prefix = `tenure.${values.provider.replaceAll("-", "").toLowerCase()}.`;
const checkpoint = new Checkpoint(values.checkpoint);

/** Resolves when the line has been handed over. */
const print = (line) =>
  new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
  });

/** Work that is not done twice: an event that came before is passed over, and its place is noted when it is done. */
const handle = async ({ event }) => {
  if (!event || checkpoint.includes(event.position)) return;
  const { position, streamId: stream, revision, id, type, data, metadata } = event;
  const line = {
    position: position.commit.toString(),
    stream,
    revision: revision.toString(),
    id,
    type,
    data,
    metadata,
  };
  await print(JSON.stringify(line));
  checkpoint.advance(position);
};

/** Follows the log from the checkpoint on until the subscription fails. `onProgress` is called for whatever comes. */
const follow = async (onProgress) => {
  const subscription = client.subscribeToAll({
    // Exclusive: the first event that comes lies after it.
    fromPosition: checkpoint.position ?? START,
    filter: streamNameFilter({
      prefixes: [prefix],
      checkpointInterval: CHECKPOINT_INTERVAL,
      // It must not throw or reject: that would stall the subscription without an error. What it tells is put behind the
      // events that are on their way, for those have not been dealt with yet.
      checkpointReached: async (self, passed) => void self.push({ passed }),
    }),
  });
  // An error after the one that ends the loop would otherwise end the process.
  subscription.on("error", () => undefined);
  try {
    for await (const item of subscription) {
      if (item.passed) checkpoint.advance(item.passed);
      else await handle(item);
      onProgress();
    }
  } finally {
    checkpoint.save();
    subscription.unsubscribe().catch(() => undefined);
  }
};

setInterval(() => checkpoint.save(), SAVE_EVERY_MS);

const stop = () => {
  checkpoint.save();
  process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
// Whoever read what this prints is gone.
process.stdout.on("error", () => process.exit(1));

/*
 * A subscription does not come back by itself after an error, and errors are daily bread: a server drops a consumer that
 * is slow for a moment ("timeout"), restarts ("unavailable"), loses the lead. What to do is always the same.
 */
for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
  try {
    await follow(() => (pause = FIRST_PAUSE_MS));
  } catch (error) {
    console.error(`the subscription ended (${error.type ?? error.name}): ${error.message}`);
    if (error instanceof AccessDeniedError) process.exit(1);
  }
  await delay(pause);
}
