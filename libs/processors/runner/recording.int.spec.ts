import { type DataSource } from "typeorm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { quarantineEvent } from "#domain/providers/quarantine.js";
import { ofType } from "#event-store/catalogue.js";
import { streamName } from "#event-store/streams.js";
import { startProjections } from "#read-models/runner/runner.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "#read-models/spec-support/journal.js";
import { customerCreated } from "#read-models/spec-support/story.js";
import { type Processor } from "./processor.js";
import { placeCursors, recordingOf } from "./recording.js";

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());

const greeting: Processor = {
  name: "greeting",
  from: "START",
  types: ["CustomerCreated"],
  reads: [],
  calls: (events) =>
    ofType(events, "CustomerCreated").map(({ metadata, data }) => ({
      provider: metadata.provider,
      key: data.personal.name,
      data: {},
    })),
  run: () => Promise.resolve(undefined),
};

const tasks = (): Promise<unknown> =>
  dataSource.query<unknown>("SELECT provider_id, key FROM processor_tasks ORDER BY provider_id, key");

it("records no task of a provider that is stalled, and all of them once it goes on, although others were faster", async () => {
  const journal = new Journal();
  const create = (name: string, provider: string) =>
    journal.record("customer", id(name), [customerCreated(name)], { provider })[0];
  await placeCursors(dataSource, [greeting], () => journal.store.tail());
  const projections = [recordingOf(greeting)];
  const runner = startProjections({ store: journal.store, dataSource, projections, log: () => undefined });
  const first = create("Ann", PROVIDER);
  const stream = streamName(PROVIDER, "customer", id("Ann"));
  const bad = journal.store.write(stream, {
    id: id("bad"),
    type: "CustomerClosed",
    data: {},
    metadata: { ...first?.metadata, schemaVersion: 2 },
  });
  create("Bob", PROVIDER);
  create("Cid", OTHER_PROVIDER);
  await runner.reached(await journal.store.tail());
  const ours = (key: string) => ({ provider_id: PROVIDER, key });
  const theirs = { provider_id: OTHER_PROVIDER, key: "Cid" };
  expect(await tasks()).toEqual([theirs, ours("Ann")]);

  const { revision, id: eventId, type: eventType } = bad;
  const quarantined = { stream, revision: revision.toString(), eventId, eventType, reason: "bad" };
  journal.record("quarantine", PROVIDER, quarantineEvent({ ...quarantined, today: "2020-07-01" }, []));
  await vi.waitFor(async () => {
    expect(await tasks()).toEqual([theirs, ours("Ann"), ours("Bob")]);
  }, 120_000);
  await runner.stop();
  await journal.store.close();
});
