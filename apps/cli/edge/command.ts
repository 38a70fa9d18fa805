import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { tell } from "../server-options.js";
import { Boots } from "./journal/boots.js";
import { NotTaken } from "./journal/post.js";
import { Shipper } from "./journal/shipper.js";
import { Teller } from "./journal/teller.js";
import { environment, missingPackages, prepareKamailio } from "./kamailio.js";
import { EdgeRuns, stopLeftBehind } from "./left-behind.js";
import { HELP, type Options, readOptions } from "./options.js";
import { NoTerms, startTerms } from "./terms.js";

/** What this machine has not got. */
const MISSING = 3;

/** `tenure edge`. Returns the exit code: 0 after a signal, 1 where it cannot start or Kamailio ended by itself, 3 where that is missing. */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = await readOptions(argv);
    if (options === "help") {
      console.log(HELP);
      return 0;
    }
    const missing = missingPackages();
    if (missing === null) return await runEdge(options);
    console.error(missing);
    return MISSING;
  } catch (error) {
    if (error instanceof NoTerms || error instanceof EdgeRuns) {
      console.error(error.message);
      return 1;
    }
    tell(error);
    return 2;
  }
};

/** A line of JSON, as the other processes write them. */
const report = (event: string, fields: Readonly<Record<string, unknown>>): void => {
  console.error(JSON.stringify({ at: new Date().toISOString(), event, ...fields }));
};

const runEdge = async ({ billing, folder, ...options }: Options): Promise<number> => {
  const journal = join(folder, "journal");
  await mkdir(journal, { recursive: true, mode: 0o700 });
  const boots = new Boots(journal);
  const terms = await startTerms(billing, folder, console.error);
  const left = await stopLeftBehind(boots, folder);
  if (left > 0) report("a Kamailio that was left behind was stopped", { processes: left });
  const { name, database } = await boots.begin(new Date());
  const args = await prepareKamailio({ ...options, folder, database, billing, terms });
  const missing = missingPackages(args);
  if (missing !== null) {
    console.error(missing);
    return MISSING;
  }
  const kamailio = spawn("kamailio", args, { stdio: ["ignore", "inherit", "inherit"], env: environment() });
  const ended = new Promise<void>((resolve) => {
    kamailio.once("exit", () => {
      boots.end(name);
      resolve();
    });
  });
  const shipping = { journal, billing, report, isRunning: boots.isRunning };
  const shipper = new Shipper(shipping);
  const teller = new Teller(shipping);
  shipper.start();
  teller.start();
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
    kamailio.kill("SIGTERM");
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
  console.log(`The edge ${billing.edge} takes calls at ${options.listen.join(", ")}`);
  await ended;
  // Where it was killed, others of its processes may be left, or on their way out: their calls would count as going on.
  await stopLeftBehind(boots, folder);
  await Promise.all([shipper.stop(), teller.stop()]);
  await shipRest(new Shipper(shipping), new Teller(shipping));
  if (stopping.signal.aborted) return 0;
  report("Kamailio ended", { code: kamailio.exitCode, signal: kamailio.signalCode });
  return 1;
};

/** How often billing is asked to take the rest, a second apart: it may be busy. */
const ATTEMPTS = 3;

/** What the last second wrote; where billing does not take it, the next start ships it. */
const shipRest = async (shipper: Shipper, teller: Teller): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await shipper.ship();
      await tellRest(teller);
      return;
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      if (attempt === ATTEMPTS) {
        report("billing takes no calls", { message: error.message });
        return;
      }
    }
    await delay(1_000);
  }
};

/** @throws NotTaken; what else is wrong ends nothing, for no money hangs on it */
const tellRest = async (teller: Teller): Promise<void> => {
  try {
    await teller.tell();
  } catch (error) {
    if (error instanceof NotTaken) throw error;
    report("calls cannot be told of", { message: error instanceof Error ? error.message : String(error) });
  }
};
