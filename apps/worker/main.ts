import { createEventStore } from "#event-store/event-store-db.js";
import { requireUsable } from "#event-store/usable.js";
import { createDataSource, migrate } from "#read-models/data-source.js";
import { projections } from "#read-models/projections.js";
import { type ProjectionRunner, startProjections } from "#read-models/runner/runner.js";
import { BillingClock } from "./billing-clock.js";
import { readConfiguration } from "./configuration.js";
import { standForLeadership } from "./leadership.js";

const log = (line: string): void => {
  process.stderr.write(`worker: ${line}\n`);
};

/** Projections and the billing clock. Any number of copies may run: one works, the others stand by. */
const start = async (): Promise<void> => {
  const { eventStoreUrl, databaseUrl } = readConfiguration(process.env);
  const store = createEventStore({ url: eventStoreUrl });
  await requireUsable(store, eventStoreUrl);
  const dataSource = createDataSource(databaseUrl);
  await migrate(dataSource);
  const leadership = await standForLeadership(databaseUrl);

  const ends: (() => Promise<void>)[] = [() => dataSource.destroy(), () => store.close(), () => leadership.resign()];
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // What is under way is safe to cut off; a worker that hangs must not keep the others waiting.
    setTimeout(() => process.exit(code), 5_000).unref();
    for (const end of ends.reverse()) await end();
    process.exit(code);
  };
  process.once("SIGTERM", () => void stop(0));
  process.once("SIGINT", () => void stop(0));
  process.once("disconnect", () => void stop(0));
  void leadership.lost.then((reason) => {
    log(`${reason}; stopping`);
    return stop(1);
  });
  process.send?.({ type: "ready" });

  // Only the worker that leads projects as well: what it has projected calls for its work at once.
  await leadership.gained;
  const runner = startProjections({
    store,
    dataSource,
    projections,
    log,
    onApplied: (events) => {
      clock.onEvents(events);
    },
  });
  ends.push(() => runner.stop());
  const clock = new BillingClock({ store, dataSource, projections: runner, log });
  ends.push(() => clock.stop());
  ends.push(tellOfStalls(runner));
  await clock.start();
};

/** A reader that cannot go on retries for ever, in silence: say why, once for each reason. */
const tellOfStalls = (runner: ProjectionRunner): (() => Promise<void>) => {
  let told: string | undefined;
  const timer = setInterval(() => {
    const reason = runner.status().readers.find(({ lastError }) => lastError !== undefined)?.lastError;
    if (reason !== undefined && reason !== told) log(`the read models stand still: ${reason}`);
    told = reason;
  }, 5_000);
  return () => {
    clearInterval(timer);
    return Promise.resolve();
  };
};

start().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  // The launcher tells the person at the terminal; without one, nobody else does.
  if (process.send) process.send({ type: "failed", reason }, () => process.exit(1));
  else {
    log(reason);
    process.exit(1);
  }
});
