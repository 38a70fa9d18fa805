import { join } from "node:path";
import { newSigningKey } from "#application/audit/signing.js";
import { EmbeddedError, messageOf } from "#embedded/errors.js";
import { requireFreePort } from "#embedded/ports.js";
import { type Engines, startEmbedded } from "#embedded/start-embedded.js";
import { type FakeEntries, type Fakes, requireFreeFakePorts, startFakes } from "../demo/fakes.js";
import { guide } from "../demo/guide.js";
import { DemoFailure, makeDemo } from "../demo/make.js";
import { removeRunning, type Running, writeRunning } from "../running.js";
import { OWN_SIGNING_KEY } from "../signing-key.js";
import { type Configuration } from "./configuration.js";
import { BACK_OFF, type BackOff, type Kept, keepRunning } from "./keep-running.js";
import { ownFile } from "./own-file.js";
import { ownToken } from "./own-token.js";
import {
  loadService,
  type LoadingService,
  requireBuilt,
  type Service,
  ServiceFailure,
  startService,
} from "./service.js";
import { type StopRequest } from "./stop-request.js";
import { welcome } from "./welcome.js";

/** The built programs. */
export interface Entries {
  api: string;
  worker: string;
  /** Those of the demo; a start without it needs none. */
  fakes?: FakeEntries;
}

export interface Surroundings {
  entries: Entries;
  log: (line: string) => void;
  stop: StopRequest;
  environment: NodeJS.ProcessEnv;
  backOff?: BackOff;
}

const API_GRACE_MS = 5_000;
const WORKER_GRACE_MS = 5_000;

/** A failure whose message is one sentence for the user. */
export class LaunchFailure extends Error {
  override name = "LaunchFailure";
}

/**
 * Runs everything until it is requested to stop.
 * @throws LaunchFailure when something cannot start, or the API or an engine ends on its own; all is stopped then
 */
export const launch = async (configuration: Configuration, surroundings: Surroundings): Promise<void> => {
  try {
    await run(configuration, surroundings);
  } catch (error) {
    if (surroundings.stop.signal.aborted && error instanceof EmbeddedError && error.code === "CANCELLED") return;
    if (error instanceof EmbeddedError) throw new LaunchFailure(withAdvice(error));
    if (error instanceof ServiceFailure || error instanceof DemoFailure) throw new LaunchFailure(error.message);
    throw error;
  }
};

const run = async (configuration: Configuration, surroundings: Surroundings): Promise<void> => {
  const { entries } = surroundings;
  requireBuilt([entries.api, ...(configuration.workers > 0 ? [entries.worker] : [])]);
  if (configuration.apiPort !== 0) await requireFreePort(configuration.apiPort, API);
  if (configuration.demo) await requireFreeFakePorts(configuration.demo);
  const programs = loadPrograms(configuration, surroundings);
  try {
    await runPrograms(configuration, surroundings, programs);
  } finally {
    // Those that were never begun.
    for (const program of [programs.api, ...programs.workers]) program.kill();
  }
};

const runPrograms = async (
  configuration: Configuration,
  surroundings: Surroundings,
  programs: Programs,
): Promise<void> => {
  const { entries, log, stop } = surroundings;
  const { apiPort, dataDir, eventStorePort, postgresPort } = configuration;
  const need = {
    eventStore: configuration.eventStoreUrl === undefined,
    postgres: configuration.databaseUrl === undefined,
  };
  const engines = await startEmbedded({
    dataDir,
    use: configuration.demo ? "DEMO" : "DATA",
    eventStorePort,
    postgresPort,
    need,
    log,
    signal: stop.signal,
  });
  const eventStoreUrl = configuration.eventStoreUrl ?? engines.eventStoreUrl ?? "";
  const databaseUrl = configuration.databaseUrl ?? engines.databaseUrl ?? "";
  const owned = need.eventStore || need.postgres;
  const token = await tokenOf(configuration);
  const signingKeyFile = await signingKeyFileOf(configuration, owned);
  let services: Services | undefined;
  let fakes: Fakes | undefined;
  stop.onForce(() => {
    fakes?.services.forEach((fake) => {
      fake.kill();
    });
    services?.api.kill();
    services?.workers.forEach((worker) => {
      worker.kill();
    });
    engines.kill();
    process.exit(130);
  });
  try {
    if (configuration.demo && entries.fakes) {
      fakes = await startFakes(entries.fakes, configuration.demo, dataDir, surroundings.environment);
    }
    const told = { ...surroundings, environment: { ...surroundings.environment, ...fakes?.environment } };
    const needed = { eventStoreUrl, databaseUrl, token, signingKeyFile };
    const started = startServices(configuration, told, programs, needed, () => {
      publish().catch((error: unknown) => {
        log(`What runs could not be noted in ${dataDir}: ${messageOf(error)}.`);
      });
    });
    services = started;
    if (apiPort === 0) tellPort(started);
    let url: string | undefined;
    const publish = async (): Promise<void> => {
      if (!owned || url === undefined || stop.signal.aborted) return;
      await writeRunning(
        dataDir,
        describe({ url, eventStoreUrl, databaseUrl, token }, configuration, engines, started),
      );
    };
    const ends = [engines.died, started.api.ended, ...(fakes?.services ?? []).map((fake) => fake.ended)];
    const failed = Promise.race(ends).then((sentence) => {
      throw new LaunchFailure(sentence);
    });
    // The reason reported by a service is better than its exit code.
    const ready = Promise.all([started.api.ready, ...started.workers.map((worker) => worker.ready)]);
    const answering = ready.then(async ([{ url: own = `http://127.0.0.1:${apiPort}/graphql` }]) => {
      if (fakes) {
        await makeDemo({ dataDir, endpoint: { url: own, token }, signal: stop.signal, log, desk: fakes.desk });
      }
      return own;
    });
    // A stop breaks off what is being made.
    answering.catch(() => undefined);
    const first = await Promise.race([failed, stop.requested, answering]);
    if (first !== undefined) {
      url = first;
      await publish();
      log(welcome(configuration, url, eventStoreUrl, token));
      if (configuration.demo) log(guide(fakes?.pages ?? []));
      await Promise.race([failed, stop.requested]);
    }
    log("Stopping.");
  } finally {
    await stopAll(services, engines, fakes);
    if (owned) await removeRunning(dataDir);
  }
};

/** The token of operators that the API is started with; undefined: none. */
const tokenOf = async ({ operators, dataDir }: Configuration): Promise<string | undefined> => {
  if (operators.by === "TOKEN") return operators.token;
  return operators.by === "OWN_TOKEN" ? ownToken(dataDir) : undefined;
};

/** The private key that checkpoints and reports are signed with; undefined: there is none. */
const signingKeyFileOf = async (
  { signingKeyFile, dataDir }: Configuration,
  owned: boolean,
): Promise<string | undefined> => {
  if (signingKeyFile !== undefined || !owned) return signingKeyFile;
  await ownFile(dataDir, OWN_SIGNING_KEY, newSigningKey);
  return join(dataDir, OWN_SIGNING_KEY);
};

/** Services that load while the servers that they need are started. */
interface Programs {
  readonly api: LoadingService;
  readonly workers: readonly LoadingService[];
}

/** Of the API alone: it is told once it begins. */
const NO_TOKEN = { TENURE_TOKEN: "", TENURE_TOKEN_FILE: "" };

const loadPrograms = (configuration: Configuration, { entries, environment }: Surroundings): Programs => {
  const known = { ...environment, ...NO_TOKEN };
  return {
    api: loadService(API, entries.api, known),
    workers: Array.from({ length: configuration.workers }, (_, index) =>
      loadService(workerName(configuration, index), entries.worker, known),
    ),
  };
};

const workerName = ({ workers }: Configuration, index: number): string =>
  workers === 1 ? "worker" : `worker ${index + 1}`;

interface Services {
  api: Service;
  workers: Kept[];
}

const startServices = (
  configuration: Configuration,
  { entries, log, environment, backOff = BACK_OFF }: Surroundings,
  programs: Programs,
  {
    eventStoreUrl,
    databaseUrl,
    token = "",
    signingKeyFile = "",
  }: {
    eventStoreUrl: string;
    databaseUrl: string;
    token?: string | undefined;
    signingKeyFile?: string | undefined;
  },
  onChange: () => void,
): Services => {
  const passed: NodeJS.ProcessEnv = {
    ...environment,
    EVENTSTORE_URL: eventStoreUrl,
    DATABASE_URL: databaseUrl,
    ...NO_TOKEN,
    TENURE_SIGNING_KEY_FILE: signingKeyFile,
    TENURE_PORT: String(configuration.apiPort),
    TENURE_TEST_CLOCK: configuration.testClock ? "1" : "0",
    ...(configuration.mail.by === "FOLDER" && { TENURE_MAIL_FOLDER: configuration.mail.folder }),
  };
  // Each worker needs a port of its own: those after the first take the ports that follow.
  const workerEnvironment = (index: number): NodeJS.ProcessEnv => ({
    ...passed,
    // The message `api-listens`.
    ...(configuration.apiPort === 0 && { TENURE_PORT_FOLLOWS: "1" }),
    TENURE_WORKER_PORT: String(configuration.workerPort === 0 ? 0 : configuration.workerPort + index),
  });
  const workers = programs.workers.map((loading, index) => {
    let first: LoadingService | undefined = loading;
    const start = (): Service => {
      const own = first;
      first = undefined;
      const whole = workerEnvironment(index);
      return own?.begin(whole) ?? startService(workerName(configuration, index), entries.worker, whole);
    };
    return keepRunning(start, log, onChange, backOff);
  });
  return { workers, api: programs.api.begin({ ...passed, TENURE_TOKEN: token }) };
};

/** Nobody but the API knows the port that it chose: the workers' links lead there. */
const tellPort = ({ api, workers }: Services): void => {
  api.ready.then(
    ({ url = "" }) => {
      const { port } = new URL(url);
      for (const worker of workers) worker.tell({ type: "api-listens", port });
    },
    // An API that cannot start ends everything.
    () => undefined,
  );
};

/** Stops in order of dependencies, so that no process calls a server that has ended. */
const stopAll = async (services: Services | undefined, engines: Engines, fakes: Fakes | undefined): Promise<void> => {
  await services?.api.stop(API_GRACE_MS);
  await Promise.all(services?.workers.map((worker) => worker.stop(WORKER_GRACE_MS)) ?? []);
  await Promise.all(fakes?.services.map((fake) => fake.stop(WORKER_GRACE_MS)) ?? []);
  await engines.stop();
};

const describe = (
  { token, ...urls }: Pick<Running, "url" | "eventStoreUrl" | "databaseUrl"> & { token: string | undefined },
  { testClock }: Configuration,
  engines: Engines,
  { api, workers }: Services,
): Running => ({
  pid: process.pid,
  ...urls,
  ...(token !== undefined && { token }),
  testClock,
  workerPorts: workers.map((worker) => worker.port()).filter((port) => port !== undefined),
  pids: {
    api: api.pid,
    workers: workers.map((worker) => worker.pid()).filter((pid) => pid !== undefined),
    ...engines.pids,
  },
});

const API = "API";

/** Adds the variable to set to an error of the embedded engines. */
const withAdvice = (error: EmbeddedError): string => {
  if (error.code === "PORT_BUSY" || (error.code === "NO_PERMISSION" && error.message.startsWith("Port "))) {
    const variable = { "event store": "TENURE_EVENTSTORE_PORT", PostgreSQL: "TENURE_POSTGRES_PORT" };
    const names = error.engine === undefined ? "TENURE_PORT (or --port)" : variable[error.engine];
    return `${error.message} Stop what listens there, or choose another port with ${names}.`;
  }
  if (error.code === "FOLDER_OF_DEMO")
    return `${error.message} Start it with --demo, or name another folder with --data.`;
  if (error.code === "FOLDER_NOT_OF_DEMO") return `${error.message} Name another folder with --data.`;
  if (error.code === "FOLDER_FOREIGN" || error.code === "FOLDER_LOCKED" || error.code === "NO_PERMISSION") {
    return `${error.message} The folder is set with TENURE_DATA or --data.`;
  }
  return error.message;
};
