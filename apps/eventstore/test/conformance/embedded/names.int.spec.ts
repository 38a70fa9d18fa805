import {
  EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  streamNameFilter,
} from "@eventstore/db-client";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenureEventstore } from "../../command/support/command.js";
import { Consumer } from "../support/consumer.js";
import { appended, collect, events, readStream, rejection } from "../support/events.js";
import { startServer, temporaryFolders, type TestServer } from "../support/server.js";
import { Watched } from "../support/subscription.js";

/** Of these names a real server answers errors from calls other than BatchAppend with HTTP 500, so they are tried here only. */

const folders = temporaryFolders();
let data: string;
let server: TestServer;
let client: EventStoreDBClient;

beforeAll(async () => {
  data = folders.create();
  server = await startServer(data);
  client = EventStoreDBClient.connectionString(server.url);
});

afterAll(async () => {
  await client.dispose();
  await server.stop();
  expect(await tenureEventstore("verify", "--data", data)).toMatchObject({ code: 0, stderr: "" });
  folders.removeAll();
});

const LONGEST_TRAILER = 4096;

/** What an error says of a name in its trailers. */
const told = (name: string): string => {
  const chars = Array.from(name).map((char) => (/[\x20-\x7e]/.test(char) ? char : encodeURIComponent(char)));
  const whole = chars.join("");
  let cut = "";
  for (const char of chars) {
    if ((cut + char).length > LONGEST_TRAILER) break;
    cut += char;
  }
  const text = whole.length > LONGEST_TRAILER ? cut : whole;
  const encoded = text.replace(/^ +| +$/g, (blanks) => "%20".repeat(blanks.length));
  return whole.length > LONGEST_TRAILER ? `${encoded}...` : encoded;
};

describe.each([
  ["begins and ends with blanks", `  ${randomUUID()}  `],
  ["is nothing but blanks", "   "],
  ["ends in a tab and a line feed", `\t${randomUUID()}\t\n`],
  ["begins with a no-break space", `\u00a0${randomUUID()}\u3000`],
  ["has 20,000 ASCII characters", `${randomUUID()}${"x".repeat(20_000)}`],
  ["has 20,000 characters of three bytes", `${randomUUID()}${"漢".repeat(20_000)}`],
  ["has 20,000 characters of four bytes", `${randomUUID()}${"😀".repeat(20_000)}`],
])("a stream whose name %s", (_, name) => {
  it("works through every call", async () => {
    const list = events(4);
    const all = list.map((event, n) => appended(name, n, event));
    await client.appendToStream(name, list.slice(0, 2), { expectedRevision: "no_stream" });
    // The other way of appending.
    await client.appendToStream(name, list.slice(2), {
      expectedRevision: 1n,
      credentials: { username: "nobody", password: "" },
    });
    expect(await readStream(client, name)).toEqual(all);
    expect((await collect(client.readAll())).filter(({ stream }) => stream === name)).toEqual(all);
    await client.setStreamMetadata(name, { owner: "me" });
    expect(await client.getStreamMetadata(name)).toMatchObject({ streamName: name, metadata: { owner: "me" } });
    for (const subscribe of [
      () => client.subscribeToStream(name),
      () => client.subscribeToAll({ filter: streamNameFilter({ prefixes: [name] }) }),
    ]) {
      const watched = new Watched(subscribe());
      await watched.untilCaughtUp();
      expect(watched.events).toEqual(all);
      await watched.subscription.unsubscribe();
    }
    await client.createPersistentSubscriptionToStream(name, name, settingsWith({ startFrom: "start" }));
    const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(name, name));
    await consumer.untilCount(4);
    expect(consumer.numbers).toEqual([0, 1, 2, 3]);
    await consumer.stop();
    expect(await client.getPersistentSubscriptionToStreamInfo(name, name)).toMatchObject({
      eventSource: name,
      groupName: name,
    });
    await client.updatePersistentSubscriptionToStream(name, name, settingsWith());
    await client.replayParkedMessagesToStream(name, name);
    expect(await client.listPersistentSubscriptionsToStream(name)).toHaveLength(1);
    await client.deletePersistentSubscriptionToStream(name, name);
    await client.deleteStream(name, { expectedRevision: 3n });
    await client.tombstoneStream(name);
  });

  it("is told in every error", async () => {
    const missing = `${name.slice(0, 1)}${randomUUID()}${name.slice(1)}`;
    const group = { streamName: told(missing), groupName: told(missing) };
    const gone = `${name.slice(0, 1)}${randomUUID()}${name.slice(1)}`;
    await client.appendToStream(gone, events(1));
    const wrong = { type: "wrong-expected-version", streamName: told(gone), expectedVersion: 7n, actualVersion: 0n };
    expect(await rejection(client.deleteStream(gone, { expectedRevision: 7n }))).toEqual(wrong);
    expect(await rejection(client.tombstoneStream(gone, { expectedRevision: 7n }))).toEqual(wrong);
    expect(await rejection(client.appendToStream(gone, events(1), { expectedRevision: 7n }))).toMatchObject({
      type: "wrong-expected-version",
    });
    await client.tombstoneStream(gone);
    const deleted = { type: "stream-deleted", streamName: told(gone) };
    const subscription = new Watched(client.subscribeToStream(gone));
    expect([
      await rejection(readStream(client, missing)),
      await rejection(client.deleteStream(gone)),
      await rejection(readStream(client, gone)),
      await rejection(subscription.until(() => false)),
    ]).toEqual([{ type: "stream-not-found", streamName: missing }, deleted, deleted, deleted]);
    const consumer = new Consumer(client.subscribeToPersistentSubscriptionToStream(missing, missing));
    expect([
      await rejection(client.updatePersistentSubscriptionToStream(missing, missing, settingsWith())),
      await rejection(client.deletePersistentSubscriptionToStream(missing, missing)),
      await rejection(client.getPersistentSubscriptionToStreamInfo(missing, missing)),
      await consumer.failure(),
    ]).toEqual(Array(4).fill({ type: "persistent-subscription-does-not-exist", ...group }));
  });
});
