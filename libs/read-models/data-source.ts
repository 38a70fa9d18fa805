import pg from "pg";
import { DataSource, DefaultNamingStrategy } from "typeorm";
import { migrations } from "#migrations/index.js";
import { entities } from "./read-models.js";
import { columnName } from "./rows/column-name.js";
import { boundedClient } from "./runner/bounded-client.js";
import { KeepingClient } from "./runner/kept-plans.js";

/** The database, for callers that only pass it to a query. */
export type Database = DataSource;

/** Columns are the properties in snake case. */
class SnakeCase extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? columnName(propertyName);
  }
}

/** The driver would turn a date into an instant in the server's time zone, where that midnight may not exist. */
const DATE_OID = pg.types.builtins.DATE;
const types = {
  getTypeParser: (oid: Parameters<typeof pg.types.getTypeParser>[0], format?: "text" | "binary"): unknown =>
    oid === DATE_OID ? (value: string) => value : (pg.types.getTypeParser(oid, format) as unknown),
};

export interface DataSourceOptions {
  /** Connections at most. Default 10. */
  readonly poolSize?: number;
  /** Milliseconds to wait for a connection, a new one or one of the pool. Default 10,000. */
  readonly connectWithinMs?: number;
  /** Milliseconds to wait for the answer to a statement (bounded-client.ts). Default: for ever. */
  readonly answerWithinMs?: number;
}

/**
 * A data source on the PostgreSQL at the URL, not connected yet: call `initialize()`, or {@link migrate}, which does.
 * Nothing is synchronised: tables come from the migrations alone.
 */
export const createDataSource = (
  url: string,
  { poolSize = 10, connectWithinMs = 10_000, answerWithinMs }: DataSourceOptions = {},
): DataSource =>
  new DataSource({
    type: "postgres",
    url,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: "migrations",
    namingStrategy: new SnakeCase(),
    synchronize: false,
    logging: false,
    installExtensions: false,
    applicationName: "tenure",
    poolSize,
    connectTimeoutMS: connectWithinMs,
    extra: {
      types,
      options: `-c timezone=UTC${answerWithinMs === undefined ? "" : ` -c statement_timeout=${answerWithinMs}`}`,
      Client: answerWithinMs === undefined ? KeepingClient : boundedClient(answerWithinMs),
    },
  });

/** Key of the advisory lock; unique within the database. */
const MIGRATION_LOCK = 7_301_001;

/** Connects if necessary and runs pending migrations; of several processes that start at once, one runs them. */
export const migrate = async (dataSource: DataSource): Promise<void> => {
  if (!dataSource.isInitialized) await dataSource.initialize();
  const session = dataSource.createQueryRunner();
  try {
    await session.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    try {
      await dataSource.runMigrations({ transaction: "each" });
    } finally {
      await session.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    }
  } finally {
    await session.release();
  }
};
