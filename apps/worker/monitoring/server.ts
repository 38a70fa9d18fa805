import { createServer, type Server, type ServerResponse } from "node:http";
import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { messageOf } from "#read-models/runner/failures.js";
import { listStalls, shownStall } from "#read-models/runner/stalls.js";
import { type RunningRole } from "../role.js";
import { type WorkerMetrics } from "./metrics.js";

export interface MonitoringOptions {
  /** Port on 127.0.0.1; 0: any free one. */
  readonly port: number;
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly metrics: WorkerMetrics;
  readonly roles: () => readonly RunningRole[];
}

const WITHIN_MS = 2_000;

/**
 * Health and metrics of a worker: `/live` (the process answers), `/ready` (503 unless event store, database and all
 * roles do; `/health` is the same) and `/metrics` for Prometheus. It returns no customer data, so the requests' host is not checked.
 * @throws Error with one sentence when the port cannot be bound
 */
export const startMonitoring = async (
  options: MonitoringOptions,
): Promise<{ readonly port: number; stop(): Promise<void> }> => {
  const server = createServer((request, response) => {
    answer(options, request.url ?? "/", response).catch((error: unknown) => {
      send(response, 500, { error: messageOf(error) });
    });
  });
  await listening(server, options.port);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (error) => {
      reject(new Error(`Port ${port} for the worker's health and metrics cannot be had: ${error.message}`));
    });
    server.listen(port, "127.0.0.1", resolve);
  });

const answer = async (options: MonitoringOptions, url: string, response: ServerResponse): Promise<void> => {
  switch (url.split("?")[0]) {
    case "/live":
      send(response, 200, { live: true });
      return;
    case "/health":
    case "/ready": {
      const health = await readiness(options);
      send(response, health.ready ? 200 : 503, health);
      return;
    }
    case "/metrics": {
      const stalls = options.roles().map((role) => [role.role, role.stall()] as const);
      response.writeHead(200, { "content-type": options.metrics.registry.contentType });
      response.end(await options.metrics.text(options.dataSource, stalls));
      return;
    }
    default:
      send(response, 404, { error: "There are /live, /ready, /health and /metrics." });
  }
};

const readiness = async ({ store, dataSource, roles }: MonitoringOptions) => {
  const [eventStore, database, stalls] = await Promise.all([
    within(store.requireAppends()),
    within(dataSource.query<unknown>("SELECT 1")),
    stallsOf(dataSource),
  ]);
  const checks = roles().map((role) => {
    const reason = role.stall();
    return { role: role.role, ...checkOf(reason) };
  });
  return {
    ready: [eventStore, database].every((error) => error === undefined) && checks.every(({ ok }) => ok),
    eventStore: checkOf(eventStore),
    database: checkOf(database),
    roles: checks,
    stalls,
  };
};

/** Read models of providers that stand still; none where the database does not say, which is told beside it. */
const stallsOf = async (dataSource: DataSource) => {
  let found: Awaited<ReturnType<typeof listStalls>> = [];
  await within(listStalls(dataSource).then((stalls) => (found = stalls)));
  return found.map(shownStall);
};

const checkOf = (error: string | undefined) => (error === undefined ? { ok: true } : { ok: false, error });

/** Why a check failed; undefined: it passed. Limited in time, so that the health check always answers. */
const within = async (asked: Promise<unknown>): Promise<string | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve(`No answer within ${WITHIN_MS} ms`);
    }, WITHIN_MS);
  });
  const answered = asked.then(() => undefined, messageOf);
  return Promise.race([answered, late]).finally(() => {
    clearTimeout(timer);
  });
};

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
};
