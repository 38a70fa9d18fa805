import { type ChildProcess, fork } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Endpoint } from "./client.js";
import { readRunning } from "./running.js";

const READY_MS = 120_000;
const STOP_MS = 20_000;
/** Characters of the server's output that are kept, to report why it did not start. */
const OUTPUT_KEPT = 4_000;

/** The server could not be started; the message is for the user. */
export class ServerFailure extends Error {
  override name = "ServerFailure";
}

/**
 * Runs the whole product in a temporary folder while it is used: API, worker and embedded engines on free ports, test
 * clock on. It is always stopped and its folder removed.
 * @param use told where the API is, and the folder, in which it may write too
 * @param environment more of it, for the product
 * @throws ServerFailure
 */
export const withServer = async <T>(
  signal: AbortSignal,
  use: (endpoint: Endpoint, folder: string) => Promise<T>,
  environment: Readonly<Record<string, string>> = {},
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), "tenure-server-"));
  // Under root PostgreSQL runs as another user, who must be able to pass through to its folder.
  await chmod(folder, 0o711);
  const dataDir = join(folder, "data");
  let launcher: ChildProcess | undefined;
  try {
    launcher = start(dataDir, environment);
    return await use(await endpointOf(launcher, dataDir, signal), folder);
  } finally {
    if (launcher) await stop(launcher);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const start = (dataDir: string, environment: Readonly<Record<string, string>>): ChildProcess =>
  fork(fileURLToPath(new URL("./main.js", import.meta.url)), ["start"], {
    execArgv: [],
    // Ctrl-C in the terminal reaches only this process; the server ends with it, because the IPC channel closes.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      // Variables of the shell may name servers with real data.
      EVENTSTORE_URL: "",
      DATABASE_URL: "",
      NODE_ENV: "",
      ...{ TENURE_AUTH: "on", TENURE_TOKEN: "", TENURE_TOKEN_FILE: "", TENURE_JWT_ISSUER: "" },
      ...{ TENURE_JWT_AUDIENCE: "", TENURE_JWT_JWKS_URL: "" },
      TENURE_WORKERS: "",
      TENURE_DATA: dataDir,
      TENURE_PORT: "0",
      TENURE_EVENTSTORE_PORT: "0",
      TENURE_POSTGRES_PORT: "0",
      TENURE_TEST_CLOCK: "1",
      ...environment,
    },
  });

/** Where the API is, with the token that the server made for itself, once everything runs. */
const endpointOf = async (launcher: ChildProcess, dataDir: string, signal: AbortSignal): Promise<Endpoint> => {
  let output = "";
  const keep = (data: Buffer): void => {
    output = (output + data.toString()).slice(-OUTPUT_KEPT);
  };
  launcher.stdout?.on("data", keep);
  launcher.stderr?.on("data", keep);
  let failure: string | undefined;
  launcher.once("error", (error) => (failure = error.message));
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const running = await readRunning(dataDir);
    if (running) return { url: running.url, token: running.token };
    signal.throwIfAborted();
    if (launcher.exitCode !== null || launcher.signalCode !== null) failure ??= "it ended";
    if (performance.now() > deadline) failure ??= `it was not ready after ${READY_MS / 1000} s`;
    if (failure !== undefined) throw new ServerFailure(`The server did not start: ${failure}.\n${output}`.trimEnd());
    await delay(25);
  }
};

const stop = async (launcher: ChildProcess): Promise<void> => {
  if (launcher.pid === undefined || launcher.exitCode !== null || launcher.signalCode !== null) return;
  const gone = new Promise((resolve) => launcher.once("exit", resolve));
  launcher.kill("SIGTERM");
  const timer = setTimeout(() => launcher.kill("SIGKILL"), STOP_MS);
  await gone;
  clearTimeout(timer);
};
