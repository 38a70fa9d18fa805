import { get } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { type RunningRole } from "../role.js";
import { WorkerMetrics } from "./metrics.js";
import { startMonitoring } from "./server.js";

describe("health and metrics of a worker", () => {
  let stop: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await stop?.();
    stop = undefined;
  });

  const start = async (database: () => Promise<unknown>, stalled?: string) => {
    const metrics = new WorkerMetrics();
    const roles: RunningRole[] = [{ role: "biller", stall: () => stalled, stop: () => Promise.resolve() }];
    const store: Pick<EventStore, "requireAppends"> = { requireAppends: () => Promise.resolve() };
    const dataSource: Pick<DataSource, "query"> = { query: () => database() as never };
    const monitoring = await startMonitoring({
      port: 0,
      store: store as EventStore,
      dataSource: dataSource as DataSource,
      metrics,
      roles: () => roles,
    });
    stop = () => monitoring.stop();
    return { metrics, port: monitoring.port };
  };

  const ask = (port: number, path: string, host = "worker.internal") =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      get({ host: "127.0.0.1", port, path, headers: { host } }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body });
        });
      }).on("error", reject);
    });

  it("is live and ready, whatever host a probe names", async () => {
    const { port } = await start(() => Promise.resolve([]));
    expect(await ask(port, "/live")).toEqual({ status: 200, body: '{"live":true}' });
    const { status, body } = await ask(port, "/ready");
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        ready: true,
        eventStore: { ok: true },
        database: { ok: true },
        roles: [{ role: "biller", ok: true }],
        stalls: [],
      },
    ]);
    expect((await ask(port, "/")).status).toBe(404);
  });

  it("is live but not ready while the database hangs and a role stands still", async () => {
    const { port } = await start(() => new Promise(() => undefined), "no connection");
    expect((await ask(port, "/live")).status).toBe(200);
    const { status, body } = await ask(port, "/ready");
    expect([status, JSON.parse(body)]).toEqual([
      503,
      {
        ready: false,
        eventStore: { ok: true },
        database: { ok: false, error: "No answer within 2000 ms" },
        roles: [{ role: "biller", ok: false, error: "no connection" }],
        stalls: [],
      },
    ]);
  });

  it("tells what was billed, and its roles' stalls", async () => {
    const { metrics, port } = await start(() => Promise.reject(new Error("no database")), "no connection");
    metrics.billed("periods", 3);
    metrics.taskTried("leftovers", "parked");
    metrics.leases(() => ({ shards: 32, leads: 2 }));
    const { body } = await ask(port, "/metrics");
    expect(body.split("\n").filter((line) => line.startsWith("tenure_"))).toEqual([
      'tenure_billed_total{what="periods"} 3',
      'tenure_task_tries_total{processor="leftovers",outcome="parked"} 1',
      'tenure_worker_stalled{role="biller"} 1',
      'tenure_billing_leases{kind="shard"} 32',
      'tenure_billing_leases{kind="lead"} 2',
      "tenure_tasks_open 0",
    ]);
  });
});
