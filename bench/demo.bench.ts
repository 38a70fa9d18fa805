import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, it } from "vitest";
import { readRunning } from "../apps/cli/running.js";

/**
 * `npm run bench`: how long `npm start -- --demo` takes until it says where to look, after the build. The floor is the
 * first start of an installation with nothing in it; the demo's second start is told as well.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? "2");

const ANY_PORT = { TENURE_PORT: "0", TENURE_EVENTSTORE_PORT: "0", FAKE_ZENDESK_PORT: "0", FAKE_ODOO_PORT: "0" };

/** Milliseconds until everything runs on a folder. */
const startOn = async (dataDir: string, options: readonly string[]): Promise<number> => {
  const began = performance.now();
  const child = fork(resolve("dist/apps/cli/main.js"), ["start", "--data", dataDir, ...options], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, ...ANY_PORT, NODE_ENV: "test" },
  });
  const gone = new Promise((ended) => child.once("exit", ended));
  while ((await readRunning(dataDir)) === undefined) {
    if (child.exitCode !== null) throw new Error(`It ended with exit code ${child.exitCode}.`);
    await delay(10);
  }
  const milliseconds = performance.now() - began;
  child.kill("SIGTERM");
  await gone;
  return milliseconds;
};

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

describe("the demo", () => {
  it("is ready", { timeout: 900_000 }, async () => {
    const home = await mkdtemp(join(tmpdir(), "tenure-demo-bench-"));
    try {
      for (let round = 1; round <= ROUNDS; round += 1) {
        const floor = await startOn(join(home, `empty-${round}`), []);
        const demo = await startOn(join(home, `demo-${round}`), ["--demo"]);
        const again = await startOn(join(home, `demo-${round}`), ["--demo"]);
        console.log(
          `demo ${seconds(demo)}, floor (a first start) ${seconds(floor)}, ratio ${(demo / floor).toFixed(1)}; ` +
            `started again ${seconds(again)}, ratio ${(again / floor).toFixed(1)}`,
        );
      }
    } finally {
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
