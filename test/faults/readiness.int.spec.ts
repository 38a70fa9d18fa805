import { expect, it, onTestFinished } from "vitest";
import { FaultyServer } from "../../apps/eventstore/test/faults/support/faulty-server.js";
import { Client } from "../../apps/api/spec-support/client.js";
import { startApi } from "../../apps/api/start-api.js";
import { createEventStore } from "../../libs/event-store/event-store-db.js";
import { createDataSource } from "../../libs/read-models/data-source.js";
import { projections } from "../../libs/read-models/read-models.js";
import { startProjections } from "../../libs/read-models/runner/runner.js";
import { openDatabases } from "../../libs/read-models/spec-support/database.js";

/** As a cluster without a majority: reads are answered, and appends are not. */
const NO_MAJORITY = { fault: "withhold-answers", appends: 1_000_000 } as const;
const patience = { timeout: 120_000, interval: 100 };

it("an API is not ready while no command could be accepted, and commands end within 30 seconds", async () => {
  const server = await FaultyServer.started();
  onTestFinished(() => server.remove());
  const databases = await openDatabases();
  onTestFinished(() => databases.stop());
  const databaseUrl = await databases.migratedUrl();
  const dataSource = await createDataSource(databaseUrl).initialize();
  onTestFinished(() => dataSource.destroy());
  const store = createEventStore({ url: server.url });
  onTestFinished(() => store.close());
  const runner = startProjections({ store, dataSource, projections, log: () => undefined });
  onTestFinished(() => runner.stop());
  const api = await startApi(
    { eventStoreUrl: server.url, databaseUrl, port: 0, testClock: true, credentials: { by: "NOBODY" } },
    () => undefined,
  );
  onTestFinished(() => api.close());
  const client = new Client(api.url);
  const status = async (path: string) => (await fetch(new URL(path, api.url))).status;
  const statuses = async () => [await status("/live"), await status("/ready"), await status("/health")];
  expect(await statuses()).toEqual([200, 200, 200]);
  await client.run("changeProviderSettings", { name: "before" });

  await server.order(NO_MAJORITY);
  await expect.poll(statuses, patience).toEqual([200, 503, 503]);
  expect((await client.ask("{ provider { name } }")).data).toEqual({ provider: { name: "before" } });
  const began = performance.now();
  const { errors } = await client.send("changeProviderSettings", { name: "during" });
  expect(errors.map(({ extensions: { code } }) => code)).toEqual(["UNAVAILABLE"]);
  expect(performance.now() - began).toBeLessThan(30_000);

  await server.order({ ...NO_MAJORITY, appends: 0 });
  await expect.poll(statuses, patience).toEqual([200, 200, 200]);
  expect(await client.run("changeProviderSettings", { name: "after" })).toMatchObject({ visible: true });
});
