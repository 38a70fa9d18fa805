import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type DataSource } from "typeorm";
import { type ProviderEvent } from "#domain/providers/events.js";
import { completeAdvance, moveClock, type Provider, providerEvolver } from "#domain/providers/provider.js";
import { startEmbedded } from "#embedded/start-embedded.js";
import { createEventStore } from "#event-store/event-store-db.js";
import { type EventStore } from "#event-store/event-store.js";
import { decideAndAppend } from "#application/command/decide-and-append.js";
import { identify } from "#application/command/idempotency.js";
import { streamName } from "#event-store/streams.js";
import { type Target } from "#processors/deliveries/target.js";
import { createDataSource } from "#read-models/data-source.js";
import { projections } from "#read-models/read-models.js";
import { type ProjectionRunner, startProjections } from "#read-models/runner/runner.js";
import { openDatabases } from "#read-models/spec-support/database.js";
import { type Configuration } from "../configuration.js";
import { type Log } from "../core/log.js";
import { type RunningApi, startApi } from "../start-api.js";
import { Client } from "./client.js";
import { OPERATOR_TOKEN, SaidCallers } from "./said-callers.js";

/** The API in this process, on real engines, with projections running. */
export interface Bench {
  readonly url: string;
  readonly databaseUrl: string;
  readonly eventStoreUrl: string;
  readonly store: EventStore;
  readonly dataSource: DataSource;
  /** What the API logged. */
  readonly logged: { readonly event: string; readonly fields: Readonly<Record<string, unknown>> }[];
  /** A client of the default provider. */
  readonly client: Client;
  /** A client of a new provider whose test clock is set to the instant. */
  provider(at?: string): Promise<Client>;
  /** Another API on the same engines, closed with the bench. */
  api(changes: Partial<Configuration>, targets?: readonly Target[]): Promise<RunningApi>;
  /** Advances a provider's test clock without doing the work that becomes due. */
  advance(own: Client, to: string): Promise<void>;
  /** Replaces the worker: completes an ordered advance without doing the work that becomes due. */
  finishWalk(providerId: string): Promise<void>;
  pauseProjections(): Promise<void>;
  resumeProjections(): void;
  stop(): Promise<void>;
}

export const startBench = async (): Promise<Bench> => {
  const dataDir = await mkdtemp(join(tmpdir(), "tenure-api-"));
  const engines = await startEmbedded({ dataDir, need: { eventStore: true, postgres: false }, log: () => undefined });
  const { eventStoreUrl = "" } = engines;
  const databases = await openDatabases();
  const databaseUrl = await databases.migratedUrl();
  const dataSource = await createDataSource(databaseUrl).initialize();
  const store = createEventStore({ url: eventStoreUrl });
  const project = (): ProjectionRunner => startProjections({ store, dataSource, projections, log: () => undefined });
  let runner: ProjectionRunner | undefined = project();
  const logged: Bench["logged"] = [];
  const log: Log = (event, fields) => logged.push({ event, fields });
  const apis: RunningApi[] = [];
  const api: Bench["api"] = async (changes, targets) => {
    const credentials = { by: "TOKEN", startToken: OPERATOR_TOKEN } as const;
    const configuration = { eventStoreUrl, databaseUrl, port: 0, testClock: true, credentials, ...changes };
    // With credentials of its own, a server believes nothing else.
    const authenticator = changes.credentials ? undefined : new SaidCallers();
    const started = await startApi(configuration, log, targets, authenticator);
    apis.push(started);
    return started;
  };
  const { url } = await api({});
  const client = new Client(url);
  // The API answers as soon as the default provider is recorded; queries show it a moment later.
  while ((await client.ask("{ provider { id } }")).errors.length > 0) await delay(20);
  const walked = async (providerId: string): Promise<number> => {
    const events = await store.readStream(streamName(providerId, "provider", providerId));
    return events.filter(({ type }) => type === "ClockAdvanceCompleted").length;
  };
  const finishWalk = async (providerId: string, before = 0): Promise<void> => {
    const stream = streamName(providerId, "provider", providerId);
    for (;;) {
      const { state } = await decideAndAppend<Provider | null, ProviderEvent>(store, {
        stream,
        evolver: providerEvolver,
        envelope: {
          ...identify(providerId, "spec", randomUUID(), "finishWalk", null),
          provider: providerId,
          actor: "spec",
          recordedAt: new Date().toISOString(),
        },
        decide: (provider) =>
          provider?.advance
            ? [...moveClock({ at: provider.advance.to }, provider), ...completeAdvance(provider.advance, provider)]
            : [],
      });
      if ((await walked(providerId)) > before && !state?.advance) return;
      await delay(20);
    }
  };
  return {
    url,
    databaseUrl,
    eventStoreUrl,
    store,
    dataSource,
    logged,
    client,
    api,
    finishWalk,
    async advance(own, to) {
      const before = await walked(own.providerId ?? "");
      const advanced = own.run("advanceTestClock", { to });
      await finishWalk(own.providerId ?? "", before);
      await advanced;
    },
    async provider(at) {
      const { id } = await client.run("createProvider", { name: `Provider ${randomUUID()}` });
      const own = client.as(id);
      if (at !== undefined) await own.run("setTestClock", { at });
      return own;
    },
    async pauseProjections() {
      await runner?.stop();
      runner = undefined;
    },
    resumeProjections() {
      runner ??= project();
    },
    async stop() {
      for (const started of apis) await started.close();
      await runner?.stop();
      await store.close();
      await dataSource.destroy();
      await databases.stop();
      await engines.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
