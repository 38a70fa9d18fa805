import "reflect-metadata";
import { wholeEnvironment } from "#configuration/whole-environment.js";
import { EventStoreUnusable } from "#event-store/usable.js";
import { configuredTargets } from "#processors/configured-targets.js";
import { ConfigurationError, readConfiguration } from "./configuration.js";
import { logLine } from "./core/log.js";
import { type RunningApi, startApi, StartFailure } from "./start-api.js";

/** The API as a process: under the launcher, which listens to its messages, or on its own. */

const GRACE_MS = 4_000;

const listenForStop = (api: RunningApi): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Requests that wait for the advance of a test clock can take minutes; clients can send them again.
    setTimeout(() => process.exit(0), GRACE_MS).unref();
    api.close().then(
      () => process.exit(0),
      () => process.exit(0),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.once("disconnect", stop);
};

const reasonOf = (error: unknown): string => {
  const told = [ConfigurationError, StartFailure, EventStoreUnusable].some((kind) => error instanceof kind);
  if (told && error instanceof Error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

try {
  const environment = await wholeEnvironment();
  const api = await startApi(readConfiguration(environment), logLine, configuredTargets(environment));
  listenForStop(api);
  if (process.send) process.send({ type: "ready", url: api.url });
  else process.stdout.write(`The API listens on ${api.url}\n`);
} catch (error) {
  const reason = reasonOf(error);
  // The launcher prints the reason; without a launcher it is printed here.
  if (process.send) process.send({ type: "failed", reason }, () => process.exit(1));
  else {
    logLine("could not start", { message: reason });
    process.exitCode = 1;
  }
}
