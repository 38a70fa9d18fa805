import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import { type Client } from "pg";
import { type DataSource } from "typeorm";
import { boundedClient } from "./bounded-client.js";
import { urlOf } from "./database-url.js";

/** Time limit in milliseconds for connecting and for each statement: statements of a session are short. */
const WITHIN_MS = 10_000;
/** Milliseconds between statements that check whether the server still answers. */
const ASK_EVERY_MS = 5_000;
const CLOSE_WITHIN_MS = 1_000;
/** TCP keepalive: the server ends the session of a machine that disappeared, with its locks, after 25 s. */
const KEEPALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

const SessionClient = boundedClient(WITHIN_MS);

/**
 * A connection to PostgreSQL outside the pool, for advisory locks and notifications. These end when the connection is
 * lost or the server does not answer; then `ended` resolves, and the owner opens another session.
 */
export class DatabaseSession {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #notified = new EventEmitter();
  #isEnded = false;
  #asking: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly client: Client) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.#isEnded = true;
        clearInterval(this.#asking);
        resolve();
        this.#notified.emit("notification", "", "");
      };
      client.once("end", end);
      client.on("error", end);
    });
    client.on("notification", ({ payload, channel }) => this.#notified.emit("notification", payload, channel));
  }

  /**
   * @param silentMs after so long without a word from this process, which stands still, the server ends the session, and
   * with it its locks; default: never. Longer than {@link ASK_EVERY_MS}.
   */
  static async open(dataSource: DataSource, applicationName: string, silentMs = 0): Promise<DatabaseSession> {
    const client = new SessionClient({
      connectionString: urlOf(dataSource),
      application_name: applicationName,
      connectionTimeoutMillis: WITHIN_MS,
      keepAlive: true,
      options: `${KEEPALIVE} -c idle_session_timeout=${silentMs}`,
    });
    const session = new DatabaseSession(client);
    await client.connect();
    session.#asking = setInterval(() => {
      // Errors end the session.
      session.query("SELECT").catch(() => undefined);
    }, ASK_EVERY_MS);
    return session;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** One after the other: the driver does not take several at once. */
  query<Rows>(sql: string, parameters: unknown[] = []): Promise<Rows> {
    const answered = this.#last.then(async () => (await this.client.query(sql, parameters)).rows as Rows);
    this.#last = answered.catch(() => undefined);
    return answered;
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
      const timer = globalThis.setTimeout(done, withinMs);
      this.#notified.on("notification", done);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    });
  }

  /** Takes a moment at most: a server that hangs is not waited for. */
  async close(): Promise<void> {
    clearInterval(this.#asking);
    const closed = this.client.end().catch(() => undefined);
    await Promise.race([closed, setTimeout(CLOSE_WITHIN_MS, undefined, { ref: false })]);
  }
}
