import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";

/** Path of the built server; throws when it is not built. */
const program = createRequire(import.meta.url).resolve("@tenure/eventstore/server");

/** The embedded server as a separate process, with the same folder and port after restarts. */
export class EmbeddedServer {
  #process: ChildProcess | undefined;
  #port = 0;

  constructor(readonly folder = mkdtempSync(join(tmpdir(), "tenure-event-store-spec-"))) {}

  /** @param folder with a log; default: a new one */
  static async started(folder?: string): Promise<EmbeddedServer> {
    const server = new EmbeddedServer(folder);
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** Of the process; 0: there is none. */
  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get url(): string {
    return urlOf(this.#port);
  }

  async start(): Promise<void> {
    const args = ["--data", this.folder, "--port", String(this.#port)];
    const child = fork(program, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#process = child;
    const failed = once(child, "exit").then(([code]) => {
      throw new Error(`The embedded server ended with ${String(code)}`);
    });
    // Rejects later too, when the spec kills the process.
    failed.catch(() => undefined);
    const [message] = (await Promise.race([once(child, "message"), failed])) as [{ port: number }];
    this.#port = message.port;
  }

  /** Kills the process with SIGKILL, as in a power failure. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const urlOf = (port: number): string => `esdb://127.0.0.1:${port}?tls=false`;
