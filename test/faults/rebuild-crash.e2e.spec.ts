import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DataSource } from "typeorm";
import { createDataSource } from "../../libs/read-models/data-source.js";
import { projections } from "../../libs/read-models/read-models.js";
import { loadCheckpoints } from "../../libs/read-models/runner/checkpoints.js";
import { allRows } from "../../libs/read-models/spec-support/rows.js";
import { type Client, client } from "../support/graphql.js";
import { type Stack, startStack } from "../support/stack.js";

/** A worker that dies while it builds new versions of read models, in the switch, and after it. */
const FAULTS = ["rebuild.before-checkpoint", "switch.before-commit", "switch.after"];

describe("a worker that is killed while it puts new versions of all read models in the place of the old ones", () => {
  let stack: Stack;
  let dataSource: DataSource;
  let graphql: Client;

  beforeAll(async () => {
    stack = await startStack({ apart: true });
    dataSource = await createDataSource(stack.databaseUrl).initialize();
    graphql = client(stack.url, (await client(stack.url).mutate("createProvider", { name: "Rebuilt" })).id);
    await create("First");
  });
  afterAll(async () => {
    await dataSource.destroy();
    await stack.stop();
  });

  const create = (name: string) => graphql.mutate("createCustomer", { contact: { name }, currency: "USD" });
  const versions = async (): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries((await loadCheckpoints(dataSource)).map(({ name, version }) => [name, version]));
  const built = projections.map(({ name }) => name);

  it.each(FAULTS)("at %s leaves the old tables or the new ones, whole, and the next one goes on", async (fault) => {
    await stack.killWorker();
    const [rows, current] = [await allRows(dataSource), await versions()];
    await dataSource.query("UPDATE projection_checkpoints SET version = version - 1 WHERE name = ANY($1)", [built]);
    const old = await versions();
    // Of the old version, so that what is live shows: the tables are switched together, whatever comes after.
    await dataSource.query("UPDATE customers SET name = 'of the old version'");
    const marked = await allRows(dataSource);

    await stack.startWorker({ TENURE_FAULT: fault }).catch(() => undefined);
    for (let waited = 0; (await stack.pids()).workers.length > 0; waited += 50) {
      if (waited > 120_000) throw new Error(`The worker was not killed at ${fault}`);
      await delay(50);
    }
    const isSwitched = fault === "switch.after";
    expect([await versions(), await allRows(dataSource)]).toEqual(isSwitched ? [current, rows] : [old, marked]);

    await stack.startWorker();
    await create(`After ${fault}`);
    for (let waited = 0; (await versions())["customers"] !== current["customers"]; waited += 50) {
      if (waited > 120_000) throw new Error(`The new version was not switched in after ${fault}`);
      await delay(50);
    }
    const page = await graphql.request<{ customers: { totalCount: number } }>("{ customers { totalCount } }");
    expect([await versions(), page]).toEqual([current, { customers: { totalCount: FAULTS.indexOf(fault) + 2 } }]);
  });
});
