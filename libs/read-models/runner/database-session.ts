import { EventEmitter } from "node:events";
import pg from "pg";
import { type DataSource } from "typeorm";
import { urlOf } from "./database-url.js";

/**
 * One connection of its own to PostgreSQL, for what belongs to a session: advisory locks and notifications. When it is
 * lost, so are they; `ended` says so, and the owner opens another one.
 */
export class DatabaseSession {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #notified = new EventEmitter();
  #isEnded = false;

  private constructor(private readonly client: pg.Client) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.#isEnded = true;
        resolve();
        this.#notified.emit("notification", "", "");
      };
      client.once("end", end);
      client.on("error", end);
    });
    client.on("notification", ({ payload, channel }) => this.#notified.emit("notification", payload, channel));
  }

  static async open(dataSource: DataSource, applicationName: string): Promise<DatabaseSession> {
    const client = new pg.Client({
      connectionString: urlOf(dataSource),
      application_name: applicationName,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    const session = new DatabaseSession(client);
    await client.connect();
    return session;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  async query<Rows>(sql: string, parameters: unknown[] = []): Promise<Rows> {
    return (await this.client.query(sql, parameters)).rows as Rows;
  }

  onNotification(listener: (payload: string, channel: string) => void): void {
    this.#notified.on("notification", listener);
  }

  /** Waits for the next notification, at most so long; returns early when the signal aborts or the connection ends. */
  notification(withinMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#notified.off("notification", done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#notified.on("notification", done);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    });
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
