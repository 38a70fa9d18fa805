import { fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../../dist/main.js", import.meta.url));

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** kill -9 */
  kill(): Promise<void>;
}

export interface Started {
  readonly ready: { host: string; port: number } | undefined;
  readonly failed: string | undefined;
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** Starts the built server as its own process and waits until it says that it is ready, or has failed and gone. */
export const launch = async (args: string[], execPath?: string): Promise<Started> => {
  if (!existsSync(MAIN)) throw new Error("the event store is not built: run `npm run build` first");
  const child = fork(MAIN, args, { stdio: ["ignore", "pipe", "pipe", "ipc"], ...(execPath && { execPath }) });
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  let failed: string | undefined;
  const ready = await new Promise<Started["ready"]>((resolve) => {
    child.on("message", (message: { type: string; host: string; port: number; reason: string }) => {
      if (message.type === "ready") resolve({ host: message.host, port: message.port });
      else failed = message.reason;
    });
    child.once("close", () => {
      resolve(undefined);
    });
  });
  return { ready, failed, process: child, stdout: () => stdout, stderr: () => stderr };
};

/** A server that is ready. `execPath` is the program to run instead of node. */
export const startServer = async (data: string, execPath?: string, more: string[] = []): Promise<TestServer> => {
  const { ready, process: child, stderr } = await launch(["--data", data, "--port", "0", ...more], execPath);
  if (!ready) throw new Error(`the event store did not start: ${stderr()}`);
  const gone = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await gone)[0];
  };
  return {
    url: `esdb://127.0.0.1:${ready.port}?tls=false`,
    port: ready.port,
    process: child,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
};

export const exitOf = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
};

/** Folders that are removed at the end of the file. */
export const temporaryFolders = () => {
  const folders: string[] = [];
  return {
    create: (): string => {
      const folder = mkdtempSync(join(tmpdir(), "tenure-eventstore-"));
      folders.push(folder);
      return folder;
    },
    removeAll: (): void => {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
};
