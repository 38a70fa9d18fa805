import {
  EventStoreDBClient,
  NotLeaderError,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from "@eventstore/db-client";
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from "vitest";
import { appended, collect, event, events, newStream, readStream, rejection } from "../conformance/support/events.js";
import { Watched } from "../conformance/support/subscription.js";
import { FaultyServer } from "./support/faulty-server.js";

/** A pair of nodes: the leader, and a follower that is late. */

/** Longer than any test takes. */
const NEVER_MS = 600_000;

let leader: FaultyServer;
let port: number;
let atLeader: EventStoreDBClient;

beforeAll(async () => {
  leader = await FaultyServer.started();
  port = await leader.follower(NEVER_MS);
  atLeader = connect(leader.url);
});

beforeEach(() => leader.follower(NEVER_MS));

/** The follower gets all that the leader has. */
const catchUp = async (): Promise<void> => {
  await leader.follower(0);
  await atLeader.appendToStream(newStream(), events(1));
};

afterAll(async () => {
  await atLeader.dispose();
  await leader.remove();
});

const connect = (url: string): EventStoreDBClient => EventStoreDBClient.connectionString(url);

const toFollower = (): EventStoreDBClient => {
  const client = connect(`esdb://127.0.0.1:${port}?tls=false`);
  onTestFinished(() => client.dispose());
  return client;
};

it("forwards appends, and shows them to readers of streams and of $all when it has them", async () => {
  const client = toFollower();
  const stream = newStream();
  const [first] = events(1);
  const { position } = await client.appendToStream(stream, first ?? [], { expectedRevision: "no_stream" });
  const seen = first && appended(stream, 0, first);
  expect(await readStream(atLeader, stream)).toEqual([seen]);
  expect(await rejection(readStream(client, stream))).toEqual({ type: "stream-not-found", streamName: stream });
  expect(await collect(client.readAll({ fromPosition: position ?? "start" }))).toEqual([]);
  await catchUp();
  await expect.poll(() => readStream(client, stream).catch(() => []), { timeout: 120_000 }).toEqual([seen]);
  expect(await collect(client.readAll({ fromPosition: position ?? "start", maxCount: 1 }))).toEqual([seen]);
});

it("sends its subscribers what it has, when it has it", async () => {
  const client = toFollower();
  const stream = newStream();
  const toStream = new Watched(client.subscribeToStream(stream, { fromRevision: "end" }));
  const toAll = new Watched(client.subscribeToAll({ fromPosition: "end" }));
  await Promise.all([toStream.untilCaughtUp(), toAll.untilCaughtUp()]);
  const item = event(1);
  await client.appendToStream(stream, item);
  expect(await readStream(atLeader, stream)).toHaveLength(1);
  const seenEarly = [...toStream.events, ...toAll.events.filter((seen) => seen.stream === stream)];
  await catchUp();
  await Promise.all([
    toStream.untilCount(1),
    toAll.until((self) => self.events.some((seen) => seen.stream === stream)),
  ]);
  expect([seenEarly, toStream.events]).toEqual([[], [appended(stream, 0, item)]]);
  await Promise.all([toStream.subscription.unsubscribe(), toAll.subscription.unsubscribe()]);
});

it("sends a call that requires the leader there, and the client stays with the leader", async () => {
  const client = toFollower();
  const stream = newStream();
  await client.appendToStream(stream, events(1));
  await expect(readStream(client, stream)).rejects.toThrow();
  const read = client.readStream(stream, { requiresLeader: true });
  const error: unknown = await collect(read).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NotLeaderError);
  expect((error as NotLeaderError).leader).toEqual({ address: "127.0.0.1", port: leader.port });
  expect(await collect(client.readStream(stream, { requiresLeader: true }))).toHaveLength(1);
  expect(await readStream(client, stream)).toHaveLength(1);
});

it.each<[string, (client: EventStoreDBClient, stream: string) => Promise<unknown>]>([
  ["appends", (client, stream) => client.appendToStream(stream, events(1), { requiresLeader: true })],
  ["deletions", (client, stream) => client.deleteStream(stream, { requiresLeader: true })],
  ["reads of $all", (client) => collect(client.readAll({ maxCount: 1, requiresLeader: true }))],
  [
    "persistent subscriptions, which are the leader's alone",
    (client, stream) =>
      client.createPersistentSubscriptionToStream(stream, "g", persistentSubscriptionToStreamSettingsFromDefaults()),
  ],
])("refuses %s as NotLeader", async (_, call) => {
  const client = toFollower();
  expect(await rejection(call(client, newStream()))).toEqual({ type: "not-leader" });
});

it("is known by gossip: clients that discover go to the leader, or to the follower if they prefer one", async () => {
  const pair = `127.0.0.1:${leader.port},127.0.0.1:${port}`;
  const found = async (url: string): Promise<boolean> => {
    const client = connect(url);
    onTestFinished(() => client.dispose());
    const stream = newStream();
    await client.appendToStream(stream, events(1));
    return (await readStream(client, stream).catch(() => [])).length === 1;
  };
  expect([
    await found(`esdb://${pair}?tls=false`),
    await found(`esdb+discover://127.0.0.1:${port}?tls=false`),
    await found(`esdb://${pair}?tls=false&nodePreference=follower`),
  ]).toEqual([true, true, false]);
});

it("has all that the leader has once nothing comes any more", async () => {
  const client = toFollower();
  const stream = newStream();
  await leader.follower(50);
  for (let n = 0; n < 20; n++) await client.appendToStream(stream, events(5, 5 * n));
  await expect.poll(() => collect(client.readAll()), { timeout: 120_000 }).toEqual(await collect(atLeader.readAll()));
});
