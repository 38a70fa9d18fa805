import { type DataSource } from "typeorm";
import { createEventStore } from "#event-store/event-store-db.js";
import { type EventStore } from "#event-store/event-store.js";
import { requireUsable } from "#event-store/usable.js";
import { DatabaseError, withDatabase } from "../database.js";
import { readRunning } from "../running.js";

/** Runs work on database and event store. @throws DatabaseError, EventStoreUnusable where one of them cannot be used */
export const withServers = <Result>(
  dataDir: string,
  environment: NodeJS.ProcessEnv,
  work: (servers: { readonly dataSource: DataSource; readonly store: EventStore }) => Promise<Result>,
): Promise<Result> =>
  withStore(dataDir, environment, (store) =>
    withDatabase(dataDir, environment, (dataSource) => work({ dataSource, store })),
  );

/** Runs work on the event store alone. @throws DatabaseError where none is named, EventStoreUnusable */
export const withStore = async <Result>(
  dataDir: string,
  environment: NodeJS.ProcessEnv,
  work: (store: EventStore) => Promise<Result>,
): Promise<Result> => {
  const url = environment["EVENTSTORE_URL"] || (await readRunning(dataDir))?.eventStoreUrl;
  if (!url) {
    throw new DatabaseError(
      `No Tenure runs on ${dataDir}: start it, name its folder with --data, or set DATABASE_URL and EVENTSTORE_URL.`,
    );
  }
  const store = createEventStore({ url });
  try {
    await requireUsable(store, url);
    return await work(store);
  } finally {
    await store.close();
  }
};
