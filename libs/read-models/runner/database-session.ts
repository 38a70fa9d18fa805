import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { type DataSource } from "typeorm";
import { urlOf } from "../data-source.js";

/**
 * One connection of its own to PostgreSQL, for what belongs to a session: advisory locks and notifications. When it is
 * lost, so are they; `ended` says so, and the owner opens another one.
 */
export class DatabaseSession {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #notified = new EventEmitter();

  private constructor(private readonly client: pg.Client) {
    this.ended = new Promise((resolve) => {
      client.once("end", resolve);
      client.on("error", () => {
        resolve();
      });
    });
    client.on("notification", ({ payload }) => this.#notified.emit("notification", payload));
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

  async query<Rows>(sql: string, parameters: unknown[] = []): Promise<Rows> {
    return (await this.client.query(sql, parameters)).rows as Rows;
  }

  onNotification(listener: (payload: string) => void): void {
    this.#notified.on("notification", listener);
  }

  /** Waits for the next notification, at most so long. */
  async notification(withinMs: number, signal: AbortSignal): Promise<void> {
    const waiting = new AbortController();
    const either = { signal: AbortSignal.any([waiting.signal, signal]) };
    // Both only ever reject because of the signals.
    await Promise.race([
      once(this.#notified, "notification", either).catch(() => undefined),
      setTimeout(withinMs, undefined, either).catch(() => undefined),
      this.ended,
    ]);
    waiting.abort();
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
