import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type DomainEvent } from "#domain/event.js";
import { chainEvents } from "#event-store/chain-events.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { createEventStore } from "#event-store/event-store-db.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { EmbeddedServer } from "#event-store/spec-support/embedded-server.js";
import { startSending } from "#processors/deliveries/dispatcher.js";
import { actOnDelivery } from "#processors/deliveries/operators.js";
import { deliveriesCursor, recordingOfDeliveries } from "#processors/deliveries/recording.js";
import { type Answer, type Target } from "#processors/deliveries/target.js";
import { placeCursors } from "#processors/runner/recording.js";
import { urlOf } from "#read-models/runner/database-url.js";
import { startProjections } from "#read-models/runner/runner.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id } from "#read-models/spec-support/journal.js";
import { customerCreated } from "#read-models/spec-support/story.js";

const PROVIDER = randomUUID();

let server: EmbeddedServer;
let store: EventStore;
let databases: TestDatabases;
let folder: string;
beforeAll(async () => {
  server = await EmbeddedServer.started();
  store = createEventStore({ url: server.url });
  databases = await openDatabases();
  folder = await mkdtemp(join(tmpdir(), "tenure-restored-"));
});
afterAll(async () => {
  await store.close();
  await server.remove();
  await databases.stop();
  await rm(folder, { recursive: true, force: true });
});

const tenure = (dataSource: DataSource, args: readonly string[], eventStoreUrl = server.url) =>
  new Promise<{ readonly code: number; readonly said: string }>((answered) => {
    const env = { ...process.env, DATABASE_URL: urlOf(dataSource), EVENTSTORE_URL: eventStoreUrl };
    execFile(process.execPath, [resolve("dist/apps/cli/main.js"), ...args], { env }, (error, stdout, stderr) => {
      answered({ code: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}`.trim() });
    });
  });

const record = async (name: string, event: DomainEvent): Promise<void> => {
  const stream = streamName(PROVIDER, "customer", id(name));
  const last = (await store.readStream(stream, { backwards: true, limit: 1 }))[0];
  const common = { provider: PROVIDER, actor: "spec", recordedAt: "2020-07-01T12:00:00.000Z", stream };
  const command = randomUUID();
  const ids = { commandId: command, correlationId: command, causationId: command };
  const events = chainEvents({
    ...common,
    ...ids,
    previousHash: last?.metadata.contentHash ?? NO_HASH,
    events: [event],
  });
  await store.append(stream, last?.revision ?? "no_stream", events);
};
const create = (name: string) => record(name, customerCreated(name));
/** Makes one mail: that the customer is suspended from then on, if it was not before. */
const suspend = (name: string, effectiveOn: string) =>
  record(name, { type: "CustomerSuspended", data: { effectiveOn, personal: { reason: null } } });

/** What was sent: to whom, of which day, with which id and content. */
interface Sent {
  readonly who: string;
  readonly id: string;
  readonly content: object;
}
const sent: Sent[] = [];
let answer: (mail: string) => Answer = () => ({ outcome: "DELIVERED" });
const NAMES = new Map(["Ann", "Bob", "Cid", "Dot"].map((name) => [id(name), name]));
const target: Target = {
  name: "EMAIL",
  isOn: () => true,
  configuration: () => [],
  reads: [],
  prepare: () => Promise.resolve({ content: { drawn: randomUUID() } }),
  send(content, { id: delivery, customerId, on }) {
    const who = `${NAMES.get(customerId) ?? ""} ${on}`;
    sent.push({ who, id: delivery, content });
    return Promise.resolve(answer(who));
  },
  verify: () => Promise.resolve({ ok: true, message: "" }),
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});
/** What of a worker has to do with deliveries; resolves when it has read the log to its end. */
const work = async (dataSource: DataSource, timer = { now: () => new Date(), random: () => 0 }): Promise<void> => {
  const log = (): void => undefined;
  await placeCursors(dataSource, [deliveriesCursor], () => store.tail());
  const projections = startProjections({ store, dataSource, projections: [recordingOfDeliveries([target])], log });
  stops.push(() => projections.stop());
  await projections.reached(await store.tail());
  const sending = startSending({ store, dataSource, projections, targets: [target], timer, log });
  stops.push(() => sending.stop());
};

interface Row {
  readonly customer_id: string;
  readonly on: string;
  readonly status: string;
  readonly tries: number;
}
const states = async (dataSource: DataSource): Promise<string[]> => {
  const rows = await dataSource.query<Row[]>(
    `SELECT customer_id, on_date::text AS "on", status, tries FROM deliveries ORDER BY commit, prepare, place`,
  );
  return rows.map((row) => `${NAMES.get(row.customer_id) ?? ""} ${row.on} ${row.status} ${row.tries}`);
};
const until = (dataSource: DataSource, wanted: readonly string[]) =>
  vi.waitFor(async () => {
    expect(await states(dataSource)).toEqual(wanted);
  }, 120_000);

const HOUR = 3_600_000;

describe("deliveries that were restored", () => {
  it("are not sent again when they were delivered, and go on when they wait", async () => {
    const [lost, found] = [await databases.migrated(), await databases.migrated()];
    await create("Ann");
    await suspend("Ann", "2020-07-01");
    await work(lost);
    for (const name of ["Bob", "Cid", "Dot"]) await create(name);
    answer = (who) => {
      if (who.startsWith("Cid")) return { outcome: "FAILED", error: "450 busy" };
      return who === "Dot 2020-07-05" ? { outcome: "REFUSED", error: "550 unknown" } : { outcome: "DELIVERED" };
    };
    await suspend("Bob", "2020-07-03");
    await suspend("Cid", "2020-07-04");
    await suspend("Dot", "2020-07-05");
    await suspend("Dot", "2020-07-02");
    await until(lost, [
      "Bob 2020-07-03 DELIVERED 1",
      "Cid 2020-07-04 PENDING 1",
      "Dot 2020-07-05 PARKED 1",
      "Dot 2020-07-02 PENDING 0",
    ]);
    for (const stop of stops.splice(0).reverse()) await stop();
    const file = join(folder, "primary.json");
    const counts =
      "provider_secrets: 0, deliveries: 4, delivery_outages: 0, delivery_providers: 1, processor_cursors: 1, open_calls: 0, failed_calls: 0";
    expect(await tenure(lost, ["backup", file])).toEqual({ code: 0, said: `Saved ${counts} in ${file}.` });
    const firstOf = (who: string) => sent.find((one) => one.who === who);
    const cid = firstOf("Cid 2020-07-04");
    // Recorded after the backup: nobody knows whether it was delivered, so it is.
    await suspend("Bob", "2020-07-01");

    expect(await tenure(found, ["restore", file])).toEqual({ code: 0, said: `Loaded ${counts} from ${file}.` });
    expect(await tenure(found, ["restore", file])).toEqual({
      ...{ code: 0, said: `Loaded ${counts.replaceAll(/[14]/g, "0")} from ${file}.` },
    });
    sent.length = 0;
    answer = () => ({ outcome: "DELIVERED" });
    await work(found, { now: () => new Date(Date.now() + HOUR), random: () => 0 });
    const restored = ["Bob 2020-07-03 DELIVERED 1", "Cid 2020-07-04 DELIVERED 2"];
    const held = ["Dot 2020-07-05 PARKED 1", "Dot 2020-07-02 PENDING 0", "Bob 2020-07-01 DELIVERED 1"];
    await until(found, [...restored, ...held]);
    const [parked] = await found.query<{ id: string }[]>("SELECT id FROM deliveries WHERE status = 'PARKED'");
    await actOnDelivery(found, PROVIDER, parked?.id ?? "", { act: "RETRY" });
    await until(found, [
      ...restored,
      ...["Dot 2020-07-05 DELIVERED 1", "Dot 2020-07-02 DELIVERED 1", "Bob 2020-07-01 DELIVERED 1"],
    ]);
    expect(sent.map(({ who }) => who).sort()).toEqual([
      ...["Bob 2020-07-01", "Cid 2020-07-04", "Dot 2020-07-02", "Dot 2020-07-05"],
    ]);
    expect(firstOf("Cid 2020-07-04")).toEqual(cid);
  });

  it("are refused where a worker has run, or the events are others; the rest can be loaded", async () => {
    const [lost, begun, empty] = [await databases.migrated(), await databases.migrated(), await databases.migrated()];
    await work(lost);
    await create("Eve");
    await suspend("Eve", "2020-07-01");
    await vi.waitFor(async () => {
      expect(await states(lost)).toHaveLength(1);
    }, 120_000);
    await lost.query("INSERT INTO provider_secrets VALUES ($1, '\\x01')", [PROVIDER]);
    const file = join(folder, "refused.json");
    await tenure(lost, ["backup", file]);
    await work(begun);
    const loaded = (table: string, key: string) =>
      `Nothing was loaded: ${table} holds another row for ${key}, made since the backup. Restore into an empty database, before a worker runs.`;
    expect(await tenure(begun, ["restore", file])).toEqual({
      code: 1,
      said: loaded("processor_cursors", "deliveries"),
    });

    const other = await EmbeddedServer.started();
    const sentence =
      "Nothing was loaded: the events are not those that the deliveries were saved beside; an import gives events new positions, and an older backup lacks the latest. --without-deliveries loads the rest.";
    expect(await tenure(empty, ["restore", file], other.url)).toEqual({ code: 1, said: sentence });
    await other.remove();
    expect(await tenure(empty, ["restore", file], "")).toEqual({
      code: 1,
      said: "Nothing was loaded: deliveries are loaded beside their events only. Set EVENTSTORE_URL, or leave them out with --without-deliveries.",
    });
    expect(await empty.query<object[]>("SELECT 1 FROM provider_secrets")).toEqual([]);
    expect(await tenure(empty, ["restore", "--without-deliveries", file], "")).toEqual({
      ...{ code: 0, said: `Loaded provider_secrets: 1, open_calls: 0, failed_calls: 0 from ${file}.` },
    });
    expect(await states(empty)).toEqual([]);
  });
});
