import { type DataSource } from "typeorm";
import { type EventStore } from "#event-store/event-store.js";
import { type Visibility } from "#read-models/visibility.js";
import { type Log } from "./log.js";

/** What the API stands on; a class, so that Nest can inject it. */
export class Backend {
  constructor(
    readonly store: EventStore,
    readonly dataSource: DataSource,
    readonly visibility: Visibility,
    /** Whether time can be moved through the API. */
    readonly testClock: boolean,
    readonly log: Log,
  ) {}

  /** Where a command's events go. */
  storeFor({ preview }: { readonly preview?: EventStore }): EventStore {
    return preview ?? this.store;
  }

  /** Rows of a statement. Column names are the statement's. */
  async rows<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.dataSource.query<Row[]>(sql, [...parameters]);
  }
}
