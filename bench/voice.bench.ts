import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { describe, it } from "vitest";
import { hasSipp, type Place } from "../apps/cli/voice-demo/parties.js";
import { type Program, startProgram } from "../apps/cli/voice-demo/program.js";
import { freeUdpPort, untilTaken } from "../apps/cli/voice-demo/udp-ports.js";
import { freePort } from "../libs/embedded/ports.js";
import { client } from "../test/support/graphql.js";
import { type Stack, startStack } from "../test/support/stack.js";
import { cpuSeconds, memoryOf, processTree } from "./voice/process-tree.js";
import { makeCalls, startPbx, startRedirectServer } from "./voice/sipp.js";
import { longestWait, watchRecords } from "./voice/visible.js";

/**
 * `npm run bench:voice`: calls at a rate, over an edge that asks the real API and follows a redirection, until their
 * records can be seen. The floors, in the same run, are Kamailio with a static route: to a PBX, and to a server that
 * redirects. CPU is what Kamailio's processes take; that of callers and PBXs is told apart.
 */
const RATE = Number(process.env["BENCH_RATE"] ?? "200");
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "60");
const LOAD = { rate: RATE, calls: RATE * SECONDS, milliseconds: 2_000 };
const NUMBER = "12065551200";
const VISIBLE_WITHIN_MS = 60_000;
const isThere = spawnSync("kamailio", ["-v"]).status === 0 && hasSipp();

const placeAt = async (address: string): Promise<Place> => ({ address, port: await freeUdpPort(address) });
const listens = ({ address, port }: Place) => untilTaken(address, port, AbortSignal.timeout(30_000));
const milliseconds = (seconds: number): string => `${(seconds * 1_000).toFixed(2)} ms`;

describe.skipIf(!isThere)("calls (with the packages kamailio and sip-tester)", () => {
  it(`at ${RATE} a second for ${SECONDS} s`, { timeout: 1_200_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "voice-bench-"));
    const programs: Program[] = [];
    const run = (program: Program): Program => {
      programs.push(program);
      return program;
    };
    const caller = await placeAt("127.0.0.1");
    const pbxs = [await placeAt("127.0.0.31"), await placeAt("127.0.0.32")] as const;
    const redirectServer = await placeAt("127.0.0.30");
    const edgePort = await freePort();
    const stack = await startStack({ testClock: false, environment: { EDGE_LISTEN: String(edgePort) } });
    try {
      const parties = [
        ...pbxs.map((pbx) => run(startPbx(pbx, folder))),
        run(await startRedirectServer(redirectServer, pbxs, NUMBER, folder)),
      ].map(({ pid }) => pid);
      await Promise.all([...pbxs, redirectServer].map(listens));

      const floor = async (configuration: string, target: Place) => {
        const { place, program } = await startFloor(configuration, target, folder, run);
        const loaded = await load(caller, place, program.pid, parties, folder);
        await program.stop();
        return loaded;
      };
      const least = await floor("static-route.cfg", pbxs[0]);
      console.log(`floor: ${least.sentence}`);
      const redirecting = await floor("static-redirect.cfg", redirectServer);
      console.log(`floor with a redirection: ${redirecting.sentence}`);

      const providerId = await makeProvider(stack.url, redirectServer, pbxs);
      const edge = await startEdge(stack.url, providerId, edgePort, folder, run);
      const before = await sizes(stack, folder);
      const records = await watchedRecords(stack);
      const others = await tenureProcesses(stack);
      const cpuBefore = others.map(({ pids }) => cpuSeconds(pids));
      const whole = await load(caller, edge.place, edge.kamailio, parties, folder);
      const { recorded, stale, waited } = await records.all();
      console.log(
        `whole way: ${whole.sentence}; ${(whole.perCall / least.perCall).toFixed(2)} of the floor, ` +
          `${(whole.perCall / redirecting.perCall).toFixed(2)} of the one with a redirection; ` +
          `${recorded} records (${stale} by an earlier answer), each to be seen within ${waited.toFixed(1)} s`,
      );
      const taken = others.map(({ name, pids }, index) => {
        const seconds = cpuSeconds(pids) - (cpuBefore[index] ?? 0);
        return `${name} ${milliseconds(seconds / LOAD.calls)}`;
      });
      console.log(`CPU a call: ${taken.join(", ")}`);
      const after = await sizes(stack, folder);
      const grown = after.map(({ name, bytes }, index) => {
        const each = (bytes - (before[index]?.bytes ?? 0)) / LOAD.calls;
        return `${name} ${each.toFixed(0)}`;
      });
      console.log(`bytes a call: ${grown.join(", ")}`);
    } finally {
      await Promise.all(programs.map((program) => program.stop()));
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Makes the calls over a Kamailio. @returns what its processes took, in seconds of CPU a call */
const load = async (caller: Place, place: Place, kamailio: number, parties: readonly number[], folder: string) => {
  const [before, ofParties] = [cpuSeconds([kamailio]), cpuSeconds(parties)];
  const { answered, failed, reasons, repeated, cpu } = await makeCalls(caller, place, NUMBER, LOAD, folder);
  const perCall = (cpuSeconds([kamailio]) - before) / LOAD.calls;
  const others = (cpuSeconds(parties) - ofParties + cpu) / LOAD.calls;
  const pids = processTree(kamailio);
  const why = Object.entries(reasons).map(([reason, calls]) => `${reason} ${calls}`);
  return {
    perCall,
    sentence: [
      `${LOAD.calls} calls, ${answered} answered, ${failed} failed${why.length > 0 ? ` (${why.join(", ")})` : ""}`,
      `${repeated} messages sent again`,
      `CPU ${milliseconds(perCall)} a call, of callers and PBXs ${milliseconds(others)}`,
      `${memoryOf(pids).toFixed(0)} MB of ${pids.length} processes`,
    ].join("; "),
  };
};

const startFloor = async (
  configuration: string,
  { address, port }: Place,
  folder: string,
  run: (program: Program) => Program,
) => {
  const place = await placeAt("127.0.0.9");
  const target = `TARGET="sip:${NUMBER}@${address}:${port}"`;
  const own = ["-DD", "-E", "-f", resolve("bench/voice", configuration), "-A", target];
  const listen = ["-l", `udp:${place.address}:${place.port}`, ...["-m", "256", "-M", "8", "-Y", folder]];
  const program = run(startProgram("kamailio", [...own, ...listen], folder));
  await settled(place);
  return { place, program };
};

/** The account of the number, with its tariff, and an edge for callers of this machine. @returns the provider's id */
const makeProvider = async (url: string, { address: host, port }: Place, pbxs: readonly Place[]): Promise<string> => {
  const { id } = await client(url).mutate("createProvider", { name: "Voice" });
  const make = async (name: string, input: object) => (await client(url, id).mutate(name, input)).id;
  const incomingTariffId = await make("defineTariff", { name: "In", currency: "USD" });
  const rate = { prefix: "1", effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06" };
  await make("changeRates", { tariffId: incomingTariffId, rates: [rate] });
  const servicePolicyId = await make("defineServicePolicy", {
    ...{ name: "PBXs", redirectAction: "REJECT", trustedNetworks: pbxs.map(({ address }) => address) },
  });
  const voice = { incomingTariffId, servicePolicyId, sipContact: { host, port } };
  const mainProductId = await make("defineMainProduct", { name: "Toll-free", voice });
  const customerId = await make("createCustomer", { contact: { name: "Big" }, currency: "USD" });
  await make("openAccount", { customerId, identifier: NUMBER, mainProductId });
  return id;
};

/** `tenure edge` as it is built. */
const startEdge = async (
  url: string,
  providerId: string,
  edgePort: number,
  folder: string,
  run: (program: Program) => Program,
) => {
  const place = await placeAt("127.0.0.10");
  const registered = await client(url, providerId).mutate<{ id: string; secret: string }>(
    "registerEdge",
    { name: "Bench", addresses: ["127.0.0.1"] },
    "id secret",
  );
  const secretFile = join(folder, "secret");
  await writeFile(secretFile, registered.secret, { mode: 0o600 });
  const args = ["edge", "--listen", `udp:${place.address}:${place.port}`, "--api", `http://127.0.0.1:${edgePort}`];
  const own = ["--edge", registered.id, "--secret-file", secretFile, "--folder", join(folder, "edge")];
  const program = run(startProgram(process.execPath, [resolve("dist/apps/cli/main.js"), ...args, ...own], folder));
  await settled(place);
  // The shipper's child, with all below it.
  const kamailio = processTree(program.pid)[1] ?? 0;
  return { place, program, kamailio };
};

/** Listens, and has all its processes. */
const settled = async (place: Place): Promise<void> => {
  await listens(place);
  await delay(2_000);
};

interface Group {
  readonly name: string;
  readonly pids: readonly number[];
}

const tenureProcesses = async (stack: Stack): Promise<readonly Group[]> => {
  const { api, workers, eventStore = 0, postgres = 0 } = await stack.pids();
  return [
    { name: "API", pids: [api] },
    { name: "worker", pids: workers },
    { name: "event store", pids: [eventStore] },
    { name: "PostgreSQL", pids: [postgres] },
  ];
};

/** Bytes of everything that a call leaves. */
const sizes = async (stack: Stack, folder: string) => {
  const journal = execFileSync("du", ["-s", "-b", join(folder, "edge", "journal")], { encoding: "utf8" });
  const database = new pg.Client(stack.databaseUrl);
  await database.connect();
  const { rows } = await database.query<{ whole: string; records: string }>(
    `SELECT pg_database_size(current_database()) AS whole,
       (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'xdrs%') AS records`,
  );
  const events = await database.query<{ data: unknown; metadata: unknown }>(
    "SELECT data, metadata FROM journal WHERE type = 'CallsRecorded'",
  );
  await database.end();
  const texts = events.rows.map(({ data, metadata }) => JSON.stringify(data) + JSON.stringify(metadata));
  return [
    { name: "journal of the edge", bytes: Number(journal.split("\t")[0]) },
    { name: "events", bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) },
    { name: "PostgreSQL", bytes: Number(rows[0]?.whole) },
    { name: "of it the table of calls", bytes: Number(rows[0]?.records) },
  ];
};

/** Counts records while calls are made. `all` waits for the last of them. */
const watchedRecords = async (stack: Stack) => {
  const database = new pg.Client(stack.databaseUrl);
  await database.connect();
  const count = async (): Promise<number> => {
    const { rows } = await database.query<{ count: string }>("SELECT count(*) FROM xdrs WHERE state = 'RATED'");
    return Number(rows[0]?.count);
  };
  const watch = watchRecords(count);
  return {
    all: async () => {
      const deadline = Date.now() + VISIBLE_WITHIN_MS;
      while ((await count()) < LOAD.calls && Date.now() < deadline) await delay(100);
      const seen = await watch.stop();
      const { rows } = await database.query<{ ended: Date; authorised: string }>(
        "SELECT ended, authorised FROM xdrs ORDER BY ended",
      );
      await database.end();
      const ended = rows.map((row) => row.ended.getTime());
      const stale = rows.filter(({ authorised }) => authorised === "STALE").length;
      return { recorded: ended.length, stale, waited: longestWait(ended, seen) };
    },
  };
};
