import { once } from "node:events";
import { signingOf } from "#application/audit/signing.js";
import { wholeEnvironment } from "#configuration/whole-environment.js";
import { createEventStore } from "#event-store/event-store-db.js";
import { requireUsable } from "#event-store/usable.js";
import { createLog } from "#observability/log.js";
import { configuredTargets } from "#processors/configured-targets.js";
import { createDataSource, migrate } from "#read-models/data-source.js";
import { projections as readModels } from "#read-models/read-models.js";
import { followProjections } from "#read-models/runner/follow.js";
import { readConfiguration } from "./configuration.js";
import { WorkerMetrics } from "./monitoring/metrics.js";
import { startMonitoring } from "./monitoring/server.js";
import { type RunningRole, type Surroundings } from "./role.js";
import { startAuditor } from "./roles/auditor.js";
import { startBiller } from "./roles/biller.js";
import { startDeliverer } from "./roles/deliverer.js";
import { startProjector } from "./roles/projector.js";
import { logStalls } from "./stalls.js";

const { warn, error: logError } = createLog("worker");

/** The longest statements of a worker, such as a batch while a read model is built, take seconds. */
const ANSWER_WITHIN_MS = 120_000;

const log = (line: string): void => {
  warn(line, {});
};

/** The API's port where the launcher let it choose one: the launcher, which says so, tells once it is known. */
const chosenPort = async (environment: NodeJS.ProcessEnv): Promise<{ TENURE_PORT?: string }> => {
  if (environment["TENURE_PORT_FOLLOWS"] !== "1") return {};
  const [{ port }] = (await once(process, "message")) as [{ port: string }];
  return { TENURE_PORT: port };
};

/** One worker process with the configured roles. Any number of processes may have each role. */
const start = async (): Promise<void> => {
  const environment = await wholeEnvironment();
  const { eventStoreUrl, databaseUrl, roles, port, journalHashOnly, signingKeyFile } = readConfiguration(environment);
  const signing = signingKeyFile === null ? null : signingOf(signingKeyFile);
  const store = createEventStore({ url: eventStoreUrl });
  await requireUsable(store, eventStoreUrl);
  const migrating = createDataSource(databaseUrl, { poolSize: 2 });
  await migrate(migrating);
  await migrating.destroy();
  const dataSource = createDataSource(databaseUrl, { answerWithinMs: ANSWER_WITHIN_MS });
  await dataSource.initialize();
  const metrics = new WorkerMetrics();
  const targets = configuredTargets({ ...environment, ...(await chosenPort(environment)) });

  const running: RunningRole[] = [];
  const ends: (() => Promise<void>)[] = [() => dataSource.destroy(), () => store.close()];
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Work in progress can be interrupted safely; a hanging worker must not delay the others.
    setTimeout(() => process.exit(code), 5_000).unref();
    for (const end of ends.reverse()) await end();
    process.exit(code);
  };
  process.once("SIGTERM", () => void stop(0));
  process.once("SIGINT", () => void stop(0));
  process.once("disconnect", () => void stop(0));

  if (port !== null) {
    const monitoring = await startMonitoring({ port, store, dataSource, metrics, roles: () => running });
    ends.push(() => monitoring.stop());
    process.send?.({ type: "ready", port: monitoring.port });
  } else {
    process.send?.({ type: "ready" });
  }

  const begin = (role: RunningRole): void => {
    running.push(role);
    ends.push(() => role.stop());
  };
  /** Without the role `projector`, follows the checkpoints of the process that has it. */
  const startProjecting = async (): Promise<Surroundings["projections"]> => {
    if (roles.includes("projector")) {
      const projector = await startProjector({ store, dataSource, targets, log, journalHashOnly });
      begin(projector);
      return projector.runner;
    }
    const follower = followProjections(dataSource, readModels);
    ends.push(() => follower.stop());
    return follower;
  };
  const projections = await startProjecting();
  const surroundings: Surroundings = { store, dataSource, projections, metrics, targets, log };
  if (roles.includes("deliverer")) begin(startDeliverer(surroundings));
  if (roles.includes("biller")) begin(startBiller(surroundings));
  if (roles.includes("auditor")) begin(startAuditor(surroundings, signing));
  ends.push(logStalls(running, log));
};

start().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  // The launcher prints the reason; without a launcher it is printed here.
  if (process.send) process.send({ type: "failed", reason }, () => process.exit(1));
  else {
    logError("could not start", { message: reason });
    process.exit(1);
  }
});
