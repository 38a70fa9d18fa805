import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tellStory } from "#application/spec-support/story.js";
import { recordingOfDeliveries } from "#processors/deliveries/recording.js";
import { type Target, type TargetName, targetNames } from "#processors/deliveries/target.js";
import { processors } from "#processors/processors.js";
import { recordedBy } from "#processors/runner/processor.js";
import { projections } from "#read-models/read-models.js";
import { replay } from "#read-models/replay/replay.js";
import { type Bench, startBench } from "../api/spec-support/bench.js";
import { type Client } from "../api/spec-support/client.js";
import { WorkerMetrics } from "./monitoring/metrics.js";
import { type RunningRole } from "./role.js";
import { startBiller } from "./roles/biller.js";
import { startDeliverer } from "./roles/deliverer.js";
import { startProjector } from "./roles/projector.js";

/** All that a worker builds from the log. */
const BUILT = [...projections.map(({ name }) => name), ...processors.map(recordedBy), recordingOfDeliveries([]).name];

let bench: Bench;
let client: Client;
/** A provider whose deliveries the built-in recorder answers. */
let stubbed: Client;
const roles: RunningRole[] = [];

/** Kinds that were sent to each target, in order. */
const sent = Object.fromEntries(targetNames.map((name): [string, string[]] => [name, []]));
const targetOf = (name: TargetName): Target => ({
  name,
  isOn: (provider) => provider !== stubbed.providerId,
  configuration: () => [],
  reads: [],
  prepare: ({ kind, subjectId }) => Promise.resolve({ content: { kind, subjectId } }),
  send(_content, { kind }) {
    sent[name]?.push(kind);
    return Promise.resolve({ outcome: "DELIVERED" });
  },
  verify: () => Promise.resolve({ ok: true, message: "" }),
});
const targets = targetNames.map(targetOf);

const start = async (): Promise<void> => {
  const { store, dataSource } = bench;
  const log = (): void => undefined;
  const projector = await startProjector({ store, dataSource, targets, log, journalHashOnly: [] });
  roles.push(projector);
  const around = {
    store,
    dataSource,
    projections: projector.runner,
    metrics: new WorkerMetrics(),
    targets,
    log,
  };
  roles.push(startDeliverer(around), startBiller(around));
  await projector.runner.reached(await store.tail());
};
const stop = async (): Promise<void> => {
  for (const role of roles.splice(0).reverse()) await role.stop();
};

/** What makes every kind of message but those about ends and warnings. */
const tell = async (own: Client): Promise<{ readonly customerId: string }> => {
  await own.run("setTestClock", { at: "2020-07-15T12:00:00Z" });
  const identifier = `account of ${own.providerId ?? ""}`.slice(0, 30);
  const { mainProductId, offerId } = await tellStory(own, `${identifier} 1`);
  const contact = { name: "Ann", email: "ann@example.org" };
  const { id: customerId } = await own.run("createCustomer", { contact, currency: "USD" });
  const { id: accountId } = await own.run("openAccount", { customerId, mainProductId, identifier: `${identifier} 2` });
  const { id: commitmentId } = await own.run("assignOffer", { accountId, offerId });
  await own.run("suspendCustomer", { customerId, reason: "Lost phone" });
  await own.run("unsuspendCustomer", { customerId, reason: "Found phone" });
  await own.run("advanceTestClock", { to: "2020-08-20T12:00:00Z" });
  await own.run("recordPayment", { customerId, amount: "5.00", reference: "A-1" });
  await own.run("terminateCommitment", { commitmentId });
  await own.run("advanceTestClock", { to: "2020-09-02T12:00:00Z" });
  return { customerId };
};

beforeAll(async () => {
  bench = await startBench();
  stubbed = bench.client.as((await bench.client.run("createProvider", { name: "Stubs", stubTargets: true })).id);
  client = await bench.provider();
  await bench.pauseProjections();
  await start();
});
afterAll(async () => {
  await stop();
  await bench.stop();
});

const deliveries = (): Promise<{ status: string; stub: boolean; kind: string; target: string }[]> =>
  bench.dataSource.query("SELECT * FROM deliveries ORDER BY commit, prepare, place");
const tasks = (): Promise<unknown[]> =>
  bench.dataSource.query("SELECT processor, key, status, calls FROM processor_tasks ORDER BY processor, key");

describe("a rebuild", () => {
  it("sends nothing and records nothing, of whatever is built from the log, each alone and all together", async () => {
    const { customerId } = await tell(client);
    await tell(stubbed);
    const kinds: Readonly<Record<TargetName, readonly string[]>> = {
      EMAIL: [
        ...["SUSPENDED", "INVOICE_GENERATED", "INVOICE_OVERDUE", "PAYMENT_RECEIVED", "COMMITMENT_TERMINATED"],
        "INVOICE_GENERATED",
      ],
      ODOO: [
        ...["CUSTOMER_SUSPENDED", "CUSTOMER_UNSUSPENDED", "INVOICE_GENERATED", "INVOICE_OVERDUE"],
        ...["COMMITMENT_TERMINATED", "INVOICE_GENERATED"],
      ],
      ZENDESK: ["ORGANIZATION_UPSERTED", "ORGANIZATION_UPSERTED", "USER_UPSERTED"],
    };
    await vi.waitFor(async () => {
      expect((await deliveries()).filter(({ status }) => status !== "DELIVERED")).toEqual([]);
    }, 120_000);
    expect(sent).toEqual(kinds);
    const before = await deliveries();
    const stubs = targetNames.map((name) => {
      const ofTarget = before.filter(({ stub, target }) => stub && target === name);
      return [name, ofTarget.map(({ kind }) => kind)] as const;
    });
    expect(Object.fromEntries(stubs)).toEqual(kinds);
    const [called, tail] = [await tasks(), await bench.store.tail()];

    for (const names of [...BUILT.map((name) => [name]), BUILT]) {
      await stop();
      const [, lowered] = await bench.dataSource.query<[unknown, number]>(
        "UPDATE projection_checkpoints SET version = 0 WHERE name = ANY($1)",
        [names],
      );
      expect([names, lowered]).toEqual([names, names.length]);
      await start();
      const built = "SELECT FROM projection_checkpoints WHERE name = ANY($1) AND version > 0";
      expect(await bench.dataSource.query<unknown[]>(built, [names])).toHaveLength(names.length);
      expect([names, await deliveries()]).toEqual([names, before]);
      expect([names, await tasks()]).toEqual([names, called]);
      expect([names, sent]).toEqual([names, kinds]);
    }
    const replayed = await replay({
      ...{ store: bench.store, dataSource: bench.dataSource, providerId: null, source: "journal", switchIn: true },
      projections: projections.filter(({ name }) => name !== "journal"),
      ...{ id: "spec", mostRows: 10, signal: new AbortController().signal, progress: () => undefined },
    });
    expect([replayed.rows, await deliveries(), await tasks(), sent]).toEqual([[], before, called, kinds]);
    expect(await bench.store.tail()).toEqual(tail);

    await client.run("suspendCustomer", { customerId, reason: "Lost phone" });
    await vi.waitFor(() => {
      expect(sent).toEqual({
        EMAIL: [...kinds.EMAIL, "SUSPENDED"],
        ODOO: [...kinds.ODOO, "CUSTOMER_SUSPENDED"],
        ZENDESK: kinds.ZENDESK,
      });
    }, 120_000);
  });
});
