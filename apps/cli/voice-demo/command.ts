import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "#embedded/ports.js";
import { Client, type Endpoint, NoAnswer } from "../client.js";
import { missingPackages, PACKAGES } from "../edge/kamailio.js";
import { readArguments, tell, UsageError } from "../server-options.js";
import { ServerFailure, withServer } from "../temporary-server.js";
import { CALLED_AT, invoiceOfTheMonth, makeCustomer, moveClock, NUMBER, registerEdge, xdrs } from "./customer.js";
import { hasSipp, type Place, startCaller, startPbx, startRedirectServer } from "./parties.js";
import { printed, whereToLook } from "./print.js";
import { type Program, ProgramFailure, startProgram } from "./program.js";
import { freeUdpPort, untilTaken } from "./udp-ports.js";

/** What this machine has not got. */
const MISSING = 3;
const MISSING_SENTENCE = `The voice demo needs Kamailio and sipp: apt-get install ${PACKAGES.join(" ")} sip-tester; all else works without.`;

const PROGRAM = fileURLToPath(new URL("../main.js", import.meta.url));
const CALL_SECONDS = 4;
/** Records are there within three seconds; a machine that is busy otherwise may take longer. */
const VISIBLE_WITHIN_MS = 60_000;

/** The message is for the user. */
class PackagesMissing extends Error {
  override name = "PackagesMissing";
}

const HELP = `Usage: npm run voice:demo [-- --stay]      (or: tenure voice-demo [--stay])

Shows calls from the phone to the invoice: a big customer's toll-free number, whose calls its redirect server sends to one
of two PBXs. Tenure, an edge (Kamailio), the redirect server, the PBXs and the caller (sipp) run on addresses of this
machine and in a temporary folder; all are stopped and removed in the end.

  --stay   goes on until Ctrl-C, so that there is something to look at

Exit code: 0 done, 1 something went wrong, 2 wrong options, 3 Kamailio or sipp is missing, 130 interrupted.`;

/** `tenure voice-demo`, which is `npm run voice:demo`. Returns the exit code. */
export const run = async (argv: string[]): Promise<number> => {
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const options = { stay: { type: "boolean", default: false }, help: { type: "boolean", default: false } } as const;
    const { values } = readArguments({ args: argv, options });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    if (missingPackages() !== null || !hasSipp()) throw new PackagesMissing(MISSING_SENTENCE);
    return await show(values.stay, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) return 130;
    if (error instanceof PackagesMissing || error instanceof ServerFailure || error instanceof ProgramFailure)
      console.error(error.message);
    else tell(error);
    if (error instanceof PackagesMissing) return MISSING;
    return error instanceof UsageError ? 2 : 1;
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
};

const show = async (isToStay: boolean, signal: AbortSignal): Promise<number> => {
  const edgePort = await freePort();
  const edgeApi = `http://127.0.0.1:${edgePort}`;
  const use = async (endpoint: Endpoint, folder: string): Promise<void> => {
    const programs: Program[] = [];
    try {
      await play(endpoint, { edgeApi, folder, programs, signal });
      console.log(whereToLook(isToStay ? endpoint : null));
      if (isToStay) await delay(2 ** 31 - 1, undefined, { signal }).catch(() => undefined);
    } finally {
      await Promise.all(programs.map((program) => program.stop()));
    }
  };
  console.log("Starting Tenure, an edge, a redirect server and two PBXs ...");
  await withServer(signal, use, { EDGE_LISTEN: `127.0.0.1:${edgePort}` });
  return 0;
};

interface Stage {
  /** Where the API listens for edges. */
  readonly edgeApi: string;
  readonly folder: string;
  /** Those that are running, to be stopped. */
  readonly programs: Program[];
  readonly signal: AbortSignal;
}

const play = async (endpoint: Endpoint, { edgeApi, folder, programs, signal }: Stage): Promise<void> => {
  const client = new Client(endpoint, signal);
  const caller = await placeAt("127.0.0.1");
  const edge = await placeAt("127.0.0.10");
  const redirectServer = await placeAt("127.0.0.30");
  const pbxs = [await placeAt("127.0.0.31"), await placeAt("127.0.0.32")] as const;
  const registered = await registerEdge(client, caller.address, folder);
  await makeCustomer(
    client,
    redirectServer,
    pbxs.map(({ address }) => address),
  );

  const edgeArgs = [
    ...["edge", "--listen", `udp:${edge.address}:${edge.port}`, "--api", edgeApi, "--edge", registered.id],
    ...["--secret-file", registered.secretFile, "--folder", join(folder, "edge"), "--memory", "64"],
  ];
  const running = [
    { name: "the edge", place: edge, program: startProgram(process.execPath, [PROGRAM, ...edgeArgs], folder) },
    ...pbxs.map((place) => ({ name: "a PBX", place, program: startPbx(place, folder) })),
    {
      ...{ name: "the redirect server", place: redirectServer },
      program: await startRedirectServer(redirectServer, NUMBER, pbxs, folder),
    },
  ];
  programs.push(...running.map(({ program }) => program));
  const failed = Promise.race(
    running.map(async ({ name, program }) => {
      const code = await program.ended;
      // Kamailio is there, and not all of its modules are.
      if (program === running[0]?.program && code === MISSING) throw new PackagesMissing(MISSING_SENTENCE);
      throw new ProgramFailure(`It ended: ${name}.\n${program.output()}`.trimEnd());
    }),
  );
  const waiting = new AbortController();
  const listening = running.map(({ place }) =>
    untilTaken(place.address, place.port, AbortSignal.any([signal, waiting.signal])),
  );
  await Promise.race([failed, Promise.all(listening)]).finally(() => {
    waiting.abort();
  });

  let slowestMs = 0;
  for (const [index, moment] of CALLED_AT.entries()) {
    if (index > 0) await moveClock(client, moment);
    console.log(`Calling ${NUMBER} ...`);
    const calling = startCaller(caller, { edge, number: NUMBER, seconds: CALL_SECONDS }, folder);
    programs.push(calling);
    const code = await Promise.race([failed, calling.ended]);
    signal.throwIfAborted();
    if (code !== 0) throw new ProgramFailure(`The call was not answered.\n${calling.output()}`.trimEnd());
    const ended = performance.now();
    await untilVisible(client, index + 1, signal);
    slowestMs = Math.max(slowestMs, performance.now() - ended);
  }
  const records = await xdrs(client);
  const invoice = await invoiceOfTheMonth(client);
  console.log(printed({ edge, redirectServer, pbxs, records, slowestMs, invoice }));
};

const placeAt = async (address: string): Promise<Place> => ({ address, port: await freeUdpPort(address) });

/** Until so many records of calls can be seen. @throws NoAnswer */
const untilVisible = async (client: Client, calls: number, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + VISIBLE_WITHIN_MS;
  while ((await xdrs(client)).length < calls) {
    if (performance.now() > deadline) throw new NoAnswer("The record of a call cannot be seen.");
    await delay(50, undefined, { signal });
  }
};
