import { faultsIfAllowed } from "./faults/faults-allowed.js";
import { messageOf, StartupFailure } from "./startup-failure.js";
import { parseOptions } from "./options.js";

/**
 * Runs the server in this process until it is requested to stop. Prints to stdout when it is ready, and notifies a
 * parent that forked it by { type: "ready", host, port } or { type: "failed", reason }. SIGTERM, SIGINT or the parent's
 * end stop it.
 */
export const serve = (args: string[]): void => {
  run(args).catch((error: unknown) => {
    if (!(error instanceof StartupFailure)) throw error;
    if (!process.send) {
      fail(error.message);
      return;
    }
    process.send({ type: "failed", reason: error.message }, () => {
      fail(error.message);
    });
  });
};

const run = async (args: string[]): Promise<void> => {
  const forked = process.connected;
  // The reader of the output may have ended; the server goes on.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  const options = parseOptions(args);
  // Imported here: these libraries take most of the start-up time, and are not needed to refuse wrong options.
  const { startServer } = await import("./server.js");
  const failedCommit = (error: unknown) => {
    fail(`the log could not be written, so the server stops rather than answer for it: ${messageOf(error)}`);
  };
  const server = await startServer(options, failedCommit, await faultsIfAllowed());
  process.stdout.write(
    `eventstore listening on ${server.host}:${server.port} (data in ${server.data}); speaks the EventStoreDB gRPC ` +
      "protocol (subset), not affiliated; for development and small single-node use\n",
  );
  const stop = stopWhenAsked(() => server.stop());
  if (forked && !process.connected) stop();
  else process.send?.({ type: "ready", host: server.host, port: server.port }, () => undefined);
};

const stopWhenAsked = (stop: () => Promise<void>): (() => void) => {
  let asked = false;
  const stopOnce = () => {
    if (asked) return;
    asked = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(`the server did not stop cleanly: ${messageOf(error)}`);
      },
    );
  };
  process.on("SIGTERM", stopOnce);
  process.on("SIGINT", stopOnce);
  process.on("disconnect", stopOnce);
  return stopOnce;
};

/** Ends the process with one sentence on stderr. */
const fail = (reason: string): void => {
  process.exitCode = 1;
  process.stderr.write(`eventstore: ${reason}\n`, () => process.exit(1));
};
