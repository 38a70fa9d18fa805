import { isIP } from "node:net";
import { type NestFastifyApplication } from "@nestjs/platform-fastify";
import { type DataSource } from "typeorm";
import { LOOPBACK_DOOR } from "#configuration/front-door.js";
import { createEventStore } from "#event-store/event-store-db.js";
import { requireUsable } from "#event-store/usable.js";
import { type Target } from "#processors/deliveries/target.js";
import { createDataSource, migrate } from "#read-models/data-source.js";
import { createVisibility } from "#read-models/visibility.js";
import { Backend } from "./core/backend.js";
import { systemNow } from "./core/clocks.js";
import { type Configuration } from "./configuration.js";
import { createApp } from "./create-app.js";
import { Monitor } from "./http/monitor.js";
import { startMonitoring } from "./http/monitoring-server.js";
import { type Authenticator } from "./http/authentication/authenticator.js";
import { bearerOf } from "./http/authentication/credentials.js";
import { DEFAULT_CLAIMS } from "./http/authentication/jwt-settings.js";
import { type SessionOptions, type StillValid } from "./http/authentication/sessions.js";
import { signInLinksOf } from "./http/authentication/people.js";
import { type Log } from "./core/log.js";
import { Metrics } from "./core/metrics.js";
import { type EdgeListen } from "./edges/configuration.js";
import { startEdges } from "./edges/start.js";
import { ensureDefaultProvider } from "#application/providers/default-provider.js";

const POOL_SIZE = 20;
/** With a PostgreSQL that hangs, a request waits so long for a connection, then so long for its first answer. */
const CONNECT_WITHIN_MS = 4_000;
const ANSWER_WITHIN_MS = 8_000;

export interface RunningApi {
  /** Of the GraphQL endpoint, by the name that clients come by. */
  readonly url: string;
  readonly port: number;
  /** Of health and metrics without a key; null: there is none. */
  readonly monitoringPort: number | null;
  /** Where edges ask and report; null: nowhere. */
  readonly edgePort: number | null;
  /** Answers what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/** Something the person at the terminal can be told in one sentence. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

/**
 * @param authenticator lets in by token; default: as configured
 * @throws StartFailure, EventStoreUnusable
 */
export const startApi = async (
  configuration: Configuration,
  log: Log,
  targets: readonly Target[] = [],
  authenticator?: Authenticator,
  sessions: Partial<SessionOptions> = {},
): Promise<RunningApi> => {
  const { eventStoreUrl, databaseUrl, port, testClock, door = LOOPBACK_DOOR } = configuration;
  const store = createEventStore({ url: eventStoreUrl });
  const dataSource = createDataSource(databaseUrl, {
    poolSize: POOL_SIZE,
    connectWithinMs: CONNECT_WITHIN_MS,
    answerWithinMs: ANSWER_WITHIN_MS,
  });
  let connected: Promise<unknown> = Promise.resolve();
  const release = async (): Promise<void> => {
    await connected.catch(() => undefined);
    await store.close();
    if (dataSource.isInitialized) await dataSource.destroy();
  };
  try {
    await requireUsable(store, eventStoreUrl);
    // Both are waited for, so that none is reached twice at once.
    const reach = async (): Promise<void> => {
      const reached = await Promise.allSettled([
        connect(dataSource, databaseUrl).catch(failing("The database named by DATABASE_URL cannot be used")),
        ensureDefaultProvider(store, systemNow()).catch(
          failing("The event store named by EVENTSTORE_URL cannot be used"),
        ),
      ]);
      for (const one of reached) if (one.status === "rejected") throw one.reason;
    };
    // Meanwhile the schema is made, which takes nothing but CPU.
    connected = reach();
    connected.catch(() => undefined);
    const visibility = createVisibility(dataSource);
    const backend = new Backend(
      store,
      dataSource,
      visibility,
      testClock,
      log,
      targets,
      door.publicUrl,
      configuration.asOfEvents,
    );
    const byToken = bearerOf(configuration.credentials ?? { by: "TOKEN" }, backend);
    const bearer = authenticator ?? byToken.authenticator;
    const links = signInLinksOf(backend);
    const stillValid: StillValid = async (caller) =>
      (await byToken.stillCounts(caller)) && (await links.stillCounts(caller));
    const options = { stillValid, tokenOf: byToken.tokenOf, now: () => new Date(), ...sessions };
    const app = await createApp(backend, door, bearer, options, configuration.claims ?? DEFAULT_CLAIMS, links);
    const close = async (): Promise<void> => {
      await app.close();
      await visibility.close();
    };
    try {
      await app.init();
      // On a busy machine the schema takes seconds in which this process hears nobody: servers are reached once more then.
      connected = connected.catch(reach);
      await connected;
      await app.listen(port, door.host).catch((error: unknown) => {
        throw portFailure(error, port, "TENURE_PORT");
      });
      const monitoring = await monitoringOf(app, door.monitoringPort);
      const edges = await edgesOf(app, backend, configuration.edgeListen ?? null);
      const own = portOf(app);
      return {
        url: `${door.publicUrl ?? `http://${isIP(door.host) === 6 ? `[${door.host}]` : door.host}:${own}`}/graphql`,
        port: own,
        monitoringPort: monitoring?.port ?? null,
        edgePort: edges?.port ?? null,
        close: async () => {
          await monitoring?.close();
          await edges?.close();
          await close();
          await release();
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await release();
    throw error;
  }
};

/** Migrations take the time that they take. */
const connect = async (dataSource: DataSource, databaseUrl: string): Promise<void> => {
  const migrating = createDataSource(databaseUrl, { poolSize: 2 });
  try {
    await migrate(migrating);
  } finally {
    if (migrating.isInitialized) await migrating.destroy();
  }
  if (!dataSource.isInitialized) await dataSource.initialize();
};

/** @param port null: none */
const monitoringOf = async (app: NestFastifyApplication, port: number | null) => {
  if (port === null) return null;
  return startMonitoring(port, app.get(Monitor)).catch((error: unknown) => {
    throw portFailure(error, port, "TENURE_MONITORING_PORT");
  });
};

/** @param listen null: nowhere */
const edgesOf = async (app: NestFastifyApplication, backend: Backend, listen: EdgeListen | null) => {
  if (listen === null) return null;
  return startEdges(listen, backend, app.get(Metrics)).catch((error: unknown) => {
    throw portFailure(error, listen.port, "EDGE_LISTEN");
  });
};

const portOf = (app: NestFastifyApplication): number => {
  const address = app.getHttpServer().address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

const failing =
  (sentence: string) =>
  (error: unknown): never => {
    throw new StartFailure(`${sentence}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  };

const portFailure = (error: unknown, port: number, variable: string): Error => {
  const { code } = error as { code?: unknown };
  if (code === "EADDRINUSE") {
    return new StartFailure(`Port ${port} is in use; set ${variable} to another one, or to 0 for any free one.`);
  }
  if (code === "EACCES")
    return new StartFailure(`Port ${port} may not be used by this user; set ${variable} to another.`);
  return error instanceof Error ? error : new Error(String(error));
};
