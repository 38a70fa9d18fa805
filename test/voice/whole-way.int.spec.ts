import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, startBench } from "../../apps/api/spec-support/bench.js";
import { type Client } from "../../apps/api/spec-support/client.js";
import { type RunningApi } from "../../apps/api/start-api.js";
import { freePort, hasKamailio } from "./edge.js";
import { Caller, Pbx } from "./sip-parties.js";

/* `tenure edge` as it is built, with a real Kamailio and the real API: what a caller gets, as accounts are. */

const isThere = hasKamailio();
const NUMBER = "12065551200";
const program = resolve("dist/apps/cli/main.js");
const address = "127.0.0.11";
let folder: string;
let bench: Bench;
let client: Client;
let api: RunningApi;
let edge: ChildProcess;
let caller: Caller;
let pbx: Pbx;
let args: readonly string[];
let customerId: string;

const idOf = async (name: string, input: object): Promise<string> => (await client.run(name, input)).id;

beforeAll(async () => {
  if (!isThere) return;
  folder = await mkdtemp(join(tmpdir(), "tenure-edge-"));
  bench = await startBench();
  client = await bench.provider();
  api = await bench.api({ edgeListen: { host: "127.0.0.1", port: 0 } });
  pbx = await Pbx.at("127.0.0.31", () => 200);
  const registered = await client.run("registerEdge", { name: "Milan", addresses: ["127.0.0.1"] }, "secret");
  const { id, secret } = registered as unknown as { readonly id: string; readonly secret: string };
  await writeFile(join(folder, "secret"), secret);
  const incomingTariffId = await idOf("defineTariff", { name: "In", currency: "USD" });
  const rate = { prefix: "1", effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06" };
  await client.run("changeRates", { tariffId: incomingTariffId, rates: [rate] });
  const [host, port] = pbx.host.split(":");
  const mainProductId = await idOf("defineMainProduct", {
    ...{ name: "Smart", voice: { incomingTariffId, sipContact: { host, port: Number(port) } } },
  });
  customerId = await idOf("createCustomer", { contact: { name: "Big" }, currency: "USD" });
  await client.run("openAccount", { customerId, identifier: NUMBER, mainProductId });
  const own = await freePort(address);
  args = [
    ...["edge", "--listen", `udp:${address}:${own}`, "--api", `http://127.0.0.1:${api.edgePort}`],
    ...["--edge", id, "--secret-file", join(folder, "secret"), "--folder", join(folder, "data"), "--memory", "64"],
  ];
  edge = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  caller = await Caller.at("127.0.0.1", { address, port: own });
  // Until it listens, nothing comes back.
  for (;;) {
    if ((await caller.call({ method: "INFO", patience: 500 })) === 405) break;
    if (edge.exitCode !== null) throw new Error(`tenure edge ended with ${edge.exitCode}`);
  }
});
afterAll(async () => {
  if (!isThere) return;
  edge.kill("SIGKILL");
  caller.close();
  pbx.close();
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

/** How the program ends. */
const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((ended) => {
    child.once("exit", ended);
  });

describe.skipIf(!isThere)("tenure edge", () => {
  it("puts calls through as the API says at that moment (V8)", async () => {
    expect(await caller.call()).toBe(200);
    expect(await caller.call({ cld: "12065550009" })).toBe(404);
    await client.run("suspendCustomer", { customerId, reason: "Asked for" });
    expect(await caller.call()).toBe(403);
    await client.run("unsuspendCustomer", { customerId, reason: "Asked for" });
    expect(await caller.call()).toBe(200);
    expect(pbx.uris).toHaveLength(2);
  });

  it("keeps for itself who may call, and its secret", async () => {
    for (const name of ["addresses", "http", "terms.json"]) {
      expect((await stat(join(folder, "data", name))).mode & 0o777, name).toBe(0o600);
    }
  });

  it("goes on with the last answer when the API is gone (V9), and ends when it is told", async () => {
    await api.close();
    expect(await caller.call()).toBe(200);
    expect(await caller.call({ cld: "12065550009" })).toBe(503);
    const ended = exitOf(edge);
    edge.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it("says which packages are missing", async () => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH: "" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    child.stderr.on("data", (data: Buffer) => (told += data.toString()));
    expect(await exitOf(child)).toBe(3);
    expect(told).toBe(
      "The edge needs Kamailio: apt-get install kamailio kamailio-extra-modules kamailio-utils-modules kamailio-tls-modules; all else works without.\n",
    );
  });
});
