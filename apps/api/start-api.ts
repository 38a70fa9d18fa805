import { NestFactory } from "@nestjs/core";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import { type DataSource } from "typeorm";
import { createEventStore } from "#event-store/event-store-db.js";
import { requireUsable } from "#event-store/usable.js";
import { type Target } from "#processors/deliveries/target.js";
import { createDataSource, migrate } from "#read-models/data-source.js";
import { createVisibility } from "#read-models/visibility.js";
import { ApiModule } from "./api.module.js";
import { Backend } from "./core/backend.js";
import { systemNow } from "./core/clocks.js";
import { type Configuration } from "./configuration.js";
import { type Authenticator } from "./http/authentication/authenticator.js";
import { NobodyAsked } from "./http/authentication/nobody-asked.js";
import { InputValidation } from "./graphql/validation.js";
import { frontDoor, refusingOptions } from "./http/front-door.js";
import { BODY_LIMIT } from "./graphql/refusals.js";
import { type Log } from "./core/log.js";
import { ensureDefaultProvider } from "#application/providers/default-provider.js";

/** Loopback only, until identities exist. */
const HOST = "127.0.0.1";
const POOL_SIZE = 20;
/** With a PostgreSQL that hangs, a request waits so long for a connection, then so long for its first answer. */
const CONNECT_WITHIN_MS = 4_000;
const ANSWER_WITHIN_MS = 8_000;

export interface RunningApi {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  /** Answers what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/** Something the person at the terminal can be told in one sentence. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

/** @throws StartFailure, EventStoreUnusable */
export const startApi = async (
  configuration: Configuration,
  log: Log,
  targets: readonly Target[] = [],
  authenticator: Authenticator = new NobodyAsked(),
): Promise<RunningApi> => {
  const { eventStoreUrl, databaseUrl, port, testClock } = configuration;
  const store = createEventStore({ url: eventStoreUrl });
  const dataSource = createDataSource(databaseUrl, {
    poolSize: POOL_SIZE,
    connectWithinMs: CONNECT_WITHIN_MS,
    answerWithinMs: ANSWER_WITHIN_MS,
  });
  const release = async (): Promise<void> => {
    await store.close();
    if (dataSource.isInitialized) await dataSource.destroy();
  };
  try {
    await requireUsable(store, eventStoreUrl);
    await Promise.all([
      connect(dataSource, databaseUrl).catch(failing("The database named by DATABASE_URL cannot be used")),
      ensureDefaultProvider(store, systemNow()).catch(
        failing("The event store named by EVENTSTORE_URL cannot be used"),
      ),
    ]);
    const visibility = createVisibility(dataSource);
    const app = await createApp(new Backend(store, dataSource, visibility, testClock, log, targets), authenticator);
    try {
      await app.listen(port, HOST);
    } catch (error) {
      await app.close();
      await visibility.close();
      throw portFailure(error, port);
    }
    const url = `http://${HOST}:${portOf(app)}/graphql`;
    return {
      url,
      close: async () => {
        await app.close();
        await visibility.close();
        await release();
      },
    };
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
  await dataSource.initialize();
};

const createApp = async (backend: Backend, authenticator: Authenticator): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: "idle",
    ...refusingOptions,
    // The only schemas are Mercurius' own: checking them would cost a tenth of the start.
    ajv: { customOptions: { validateSchema: false } },
  });
  frontDoor(adapter.getInstance());
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- declared as a class, used as options
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.on(backend, authenticator), adapter, OPTIONS);
  app.useGlobalPipes(new InputValidation());
  return app;
};

/** Failures are told by those who know what they mean. */
const OPTIONS = { logger: false, abortOnError: false } as const;

const portOf = (app: NestFastifyApplication): number => {
  const address = app.getHttpServer().address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

const failing =
  (sentence: string) =>
  (error: unknown): never => {
    throw new StartFailure(`${sentence}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  };

const portFailure = (error: unknown, port: number): Error => {
  const { code } = error as { code?: unknown };
  if (code === "EADDRINUSE") {
    return new StartFailure(`Port ${port} is in use; set TENURE_PORT to another one, or to 0 for any free one.`);
  }
  if (code === "EACCES")
    return new StartFailure(`Port ${port} may not be used by this user; set TENURE_PORT to another.`);
  return error instanceof Error ? error : new Error(String(error));
};
