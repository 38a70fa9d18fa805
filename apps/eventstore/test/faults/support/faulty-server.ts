import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FaultOrder } from "../../../src/faults/orders.js";

const MAIN = fileURLToPath(new URL("../../../dist/main.js", import.meta.url));

/** The event store as a process that does wrong when it is told to. It keeps its folder and port over restarts. */
export class FaultyServer {
  #process: ChildProcess | undefined;
  #port = 0;
  readonly data = mkdtempSync(join(tmpdir(), "tenure-faults-"));

  static async started(): Promise<FaultyServer> {
    const server = new FaultyServer();
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  async start(): Promise<void> {
    const child = fork(MAIN, ["--data", this.data, "--port", String(this.#port)], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: { ...process.env, TENURE_EVENTSTORE_FAULTS: "1" },
    });
    this.#process = child;
    const failed = once(child, "exit").then(([code]) => {
      throw new Error(`The event store ended with ${String(code)}`);
    });
    // Ends later as well.
    failed.catch(() => undefined);
    const [message] = (await Promise.race([once(child, "message"), failed])) as [{ port: number }];
    this.#port = message.port;
  }

  /** Resolves when the order is in force. */
  async order(order: FaultOrder): Promise<void> {
    await this.#obeyed(order);
  }

  /** The number of a port that is like a node which follows this one, and is late by that much. */
  async follower(lateMs: number): Promise<number> {
    return (await this.#obeyed({ fault: "follower", lateMs })).port ?? 0;
  }

  /** Drops slow consumers from here on, and tells how many have been dropped so far. */
  async dropSlowConsumers(atOnce?: number): Promise<number> {
    const more = atOnce === undefined ? {} : { atOnce };
    return (await this.#obeyed({ fault: "drop-slow-consumers", on: true, ...more })).dropped ?? 0;
  }

  async #obeyed(order: FaultOrder): Promise<{ port?: number; dropped?: number }> {
    const obeyed = once(this.#running, "message") as Promise<[{ port?: number; dropped?: number }]>;
    this.#running.send(order);
    return (await obeyed)[0];
  }

  /** The exit code, once it has ended by itself. */
  async ended(): Promise<number | null> {
    const child = this.#running;
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    return child.exitCode;
  }

  /** As an operator does. It can be started again, and has no faults then. */
  async stop(): Promise<void> {
    this.#running.kill("SIGTERM");
    await this.ended();
  }

  async remove(): Promise<void> {
    this.#running.kill("SIGKILL");
    await this.ended();
    rmSync(this.data, { recursive: true, force: true });
  }

  get #running(): ChildProcess {
    if (this.#process === undefined) throw new Error("The event store was not started");
    return this.#process;
  }
}
