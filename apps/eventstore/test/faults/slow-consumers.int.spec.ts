import { EventStoreDBClient, streamNameFilter, TimeoutError, type AllStreamSubscription } from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { events, newStream } from "../conformance/support/events.js";
import { Watched } from "../conformance/support/subscription.js";
import { FaultyServer } from "./support/faulty-server.js";

/** What a real server does with live subscribers that are more than about 32 events behind. */

let server: FaultyServer;
let client: EventStoreDBClient;

beforeAll(async () => {
  server = await FaultyServer.started();
  await server.order({ fault: "drop-slow-consumers", on: true });
  client = EventStoreDBClient.connectionString(server.url);
});

afterAll(async () => {
  await client.dispose();
  await server.remove();
});

const revisionsUpTo = (count: number) => Array.from({ length: count }, (_, n) => BigInt(n));
const revisions = (watched: Watched) => watched.events.map(({ revision }) => revision);

const ended = async (watched: Watched): Promise<unknown> => watched.until(() => false).catch((error: unknown) => error);

/** 2 KB each, so that no buffer on the way holds them all. */
const large = (count: number) => events(count).map((item) => ({ ...item, data: { pad: "x".repeat(2000) } }));

it("drops one that does not take its events for a while, with the real server's words", async () => {
  const stream = newStream();
  const watched = new Watched(client.subscribeToStream(stream, { fromRevision: "end" }));
  await watched.untilCaughtUp();
  watched.subscription.pause();
  for (let n = 0; n < 40; n++) await client.appendToStream(stream, large(50));
  await delay(200);
  watched.subscription.resume();
  const error = await ended(watched);
  expect(error).toBeInstanceOf(TimeoutError);
  expect((error as TimeoutError).message).toContain(
    "Consumer too slow to handle event while live. Client resubscription required.",
  );
  const seen = revisions(watched);
  expect(seen).toEqual(revisionsUpTo(seen.length));
  expect(seen.length).toBeLessThan(2000);
});

it("drops an eager one when an append has several hundred events, before it is sent any of them", async () => {
  const stream = newStream();
  const watched = new Watched(client.subscribeToStream(stream, { fromRevision: "end" }));
  await watched.untilCaughtUp();
  await client.appendToStream(stream, events(30));
  await watched.untilCount(30);
  await client.appendToStream(stream, events(400));
  expect(await ended(watched)).toBeInstanceOf(TimeoutError);
  expect(revisions(watched)).toEqual(revisionsUpTo(30));
});

it("counts only what the subscriber's filter wants", async () => {
  const stream = newStream("wanted");
  const filter = streamNameFilter({ prefixes: [stream] });
  const watched = new Watched(client.subscribeToAll({ filter, fromPosition: "end" }));
  await watched.untilCaughtUp();
  await client.appendToStream(newStream("unwanted"), events(500));
  await client.appendToStream(stream, events(1));
  await watched.untilCount(1);
  await watched.subscription.unsubscribe();
});

it("loses nothing for who subscribes again after the last event", async () => {
  const stream = newStream("resumed");
  const filter = streamNameFilter({ prefixes: [stream] });
  let drops = -1;
  const from = (fromPosition: Parameters<typeof client.subscribeToAll>[0]): AllStreamSubscription => {
    drops++;
    return client.subscribeToAll({ filter, ...fromPosition });
  };
  const watched = new Watched(from({ fromPosition: "end" }), (last) =>
    from({ fromPosition: last?.event?.position ?? start }),
  );
  const start = (await client.appendToStream(newStream(), events(1))).position ?? "start";
  await watched.untilCaughtUp();
  for (let n = 0; n < 6; n++) {
    await client.appendToStream(stream, events(300));
    await watched.untilCount(300 * (n + 1));
  }
  expect(revisions(watched)).toEqual(revisionsUpTo(1800));
  expect(drops).toBeGreaterThan(0);
  await watched.subscription.unsubscribe();
});
