import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, vi } from "vitest";
import { isAlive } from "../../libs/embedded/processes.js";

/** The clean-up of a test run, seen from outside: a process stands for the run, and starts a PostgreSQL as specs do. */

const RUN = fileURLToPath(new URL("run-folder-process.js", import.meta.url));
const WAIT = { timeout: 120_000, interval: 50 };

interface Told {
  readonly folder: string;
  readonly postgres: number;
}

let left: number[] = [];
afterEach(() => {
  for (const pid of left.filter(isAlive)) process.kill(pid, "SIGQUIT");
  left = [];
});

const begin = async () => {
  const child = fork(RUN, { execArgv: [] });
  const [told] = (await once(child, "message")) as [Told];
  left.push(told.postgres);
  return { child, ...told };
};

it("leaves no PostgreSQL and no folder behind when the run is killed", async () => {
  const { child, folder, postgres } = await begin();
  expect([isAlive(postgres), existsSync(folder)]).toEqual([true, true]);
  child.kill("SIGKILL");
  await vi.waitFor(() => {
    expect([isAlive(postgres), existsSync(folder)]).toEqual([false, false]);
  }, WAIT);
});

it("stops what a spec left running when the run ends in order", async () => {
  const { child, folder, postgres } = await begin();
  const ended = once(child, "exit");
  child.send("end");
  expect(await ended).toEqual([0, null]);
  expect([isAlive(postgres), existsSync(folder)]).toEqual([false, false]);
});
