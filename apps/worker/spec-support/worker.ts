import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataSource } from "typeorm";
import { type Context } from "#application/processes/context.js";
import { type AccountEvent } from "#domain/accounts/events.js";
import { type CommitmentEvent, type Terms } from "#domain/commitments/events.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type DomainEvent } from "#domain/event.js";
import { type ProviderEvent } from "#domain/providers/events.js";
import { type Provider } from "#domain/providers/provider.js";
import { startEmbedded } from "#embedded/start-embedded.js";
import { NO_HASH } from "#event-store/content-hash.js";
import { createEventStore } from "#event-store/event-store-db.js";
import { type EventStore } from "#event-store/event-store.js";
import { chainEvents } from "#event-store/chain-events.js";
import { streamName } from "#event-store/streams.js";
import { startDispatcher } from "#processors/runner/dispatcher.js";
import { processors } from "#processors/processors.js";
import { placeCursors, recordingOf } from "#processors/runner/recording.js";
import { openTasksOf } from "#processors/runner/tasks.js";
import { projections } from "#read-models/read-models.js";
import { startProjections } from "#read-models/runner/runner.js";
import { openDatabases } from "#read-models/spec-support/database.js";

/** A worker's context on real engines with all roles but the biller, and events appended directly to the store. */
export interface Bench extends Context {
  readonly dataSource: DataSource;
  /** Appends events to a stream of the provider, at its end, recorded at the instant. */
  record(
    provider: string,
    category: string,
    id: string,
    recordedAt: string,
    events: readonly Recordable[],
  ): Promise<void>;
  /** Waits until all read models have reached the log's tail. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

type Recordable = CustomerEvent | AccountEvent | CommitmentEvent | ProviderEvent | DomainEvent;

export const startBench = async (): Promise<Bench> => {
  const dataDir = await mkdtemp(join(tmpdir(), "tenure-worker-"));
  const engines = await startEmbedded({ dataDir, need: { eventStore: true, postgres: false }, log: () => undefined });
  const databases = await openDatabases();
  const dataSource = await databases.migrated();
  const store: EventStore = createEventStore({ url: engines.eventStoreUrl ?? "" });
  const log = () => undefined;
  await placeCursors(dataSource, processors, () => store.tail());
  const recordings = processors.map(recordingOf);
  const runner = startProjections({ store, dataSource, projections: [...projections, ...recordings], log });
  const dispatcher = startDispatcher({ store, dataSource, projections: runner, processors, log });
  return {
    store,
    dataSource,
    projections: runner,
    tasks: openTasksOf(dataSource, processors),
    log,
    async record(provider, category, id, recordedAt, events) {
      const stream = streamName(provider, category, id);
      const [last] = await store.readStream(stream, { backwards: true, limit: 1 });
      const sealed = chainEvents({
        stream,
        previousHash: last?.metadata.contentHash ?? NO_HASH,
        provider,
        actor: "spec",
        commandId: id,
        correlationId: id,
        causationId: id,
        recordedAt,
        events,
      });
      await store.append(stream, last?.revision ?? "no_stream", sealed);
    },
    async settle() {
      await runner.reached(await store.tail());
    },
    async stop() {
      await dispatcher.stop();
      await runner.stop();
      await store.close();
      await databases.stop();
      await engines.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export const terms = (changes: Partial<Terms> = {}): Terms => ({
  offerId: "0ffe0000-0000-4000-8000-000000000001",
  offerRevision: 1,
  name: "Turbo 1GB",
  currency: "USD",
  discountPeriods: 24,
  penalty: "SUM_OF_DISCOUNTS",
  transferFee: "0.00",
  recurring: [
    {
      rowId: "recurring-1",
      subscriptionId: "5b000000-0000-4000-8000-000000000001",
      description: "Turbo 1 GB",
      addOnProductId: null,
      fees: { MONTHLY: "20.00" },
      discount: "5.00",
      minimumPeriods: 24,
      prorateFirst: true,
      prorateLast: true,
    },
  ],
  oneTime: [],
  ...changes,
});

/** Events of a customer with one account and one commitment, by stream category. */
export const signedUp = (
  ids: { customerId: string; accountId: string; commitmentId: string },
  start: string,
  options: { timeZone?: string; discountEnd?: string; terms?: Terms } = {},
) => ({
  customer: {
    type: "CustomerCreated",
    data: {
      customerId: ids.customerId,
      currency: "USD",
      billingPeriod: "MONTHLY",
      timeZone: options.timeZone ?? "UTC",
      customerClassId: null,
      creditLimit: "0.00",
      effectiveOn: start,
      personal: { name: "Jo", companyDomain: null, email: null, phone: null },
    },
  } satisfies CustomerEvent,
  account: {
    type: "AccountOpened",
    data: {
      accountId: ids.accountId,
      customerId: ids.customerId,
      mainProductId: "3a000000-0000-4000-8000-000000000001",
      identifierHash: ids.accountId,
      effectiveOn: start,
      personal: { identifier: ids.accountId },
    },
  } satisfies AccountEvent,
  commitment: {
    type: "CommitmentAssigned",
    data: {
      ...ids,
      terms: options.terms ?? terms(),
      discountEnd: options.discountEnd ?? "2022-08-01",
      discountEndKind: "DEFAULT",
      effectiveOn: start,
    },
  } satisfies CommitmentEvent,
});

/** The store with other answers to some calls. */
export const storeWith = (store: EventStore, changes: Partial<EventStore>): EventStore =>
  new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(name in changes ? changes : target, name);
      return typeof value === "function" ? (value as (...call: unknown[]) => unknown).bind(target) : value;
    },
  });

/** A provider whose test clock stands at the instant. */
export const testClockProvider = async (bench: Pick<Bench, "record">, testClock: string): Promise<Provider> => {
  const providerId = randomUUID();
  const named = { providerId, name: "Spec", invoiceNumberPrefix: "INV-", backDatingDays: 90, coolingOffDays: 14 };
  const effectiveOn = testClock.slice(0, 10);
  await bench.record(providerId, "provider", providerId, testClock, [
    { type: "ProviderCreated", data: { ...named, effectiveOn } },
    { type: "TestClockSet", data: { at: testClock, effectiveOn } },
  ]);
  return { ...named, testClock, advance: null };
};

/** A customer of the provider with one account and one commitment, all from the day on. */
export const signUp = async (
  bench: Pick<Bench, "record">,
  provider: string,
  start: string,
  options: Parameters<typeof signedUp>[2] = {},
) => {
  const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
  const events = signedUp(ids, start, options);
  const at = `${start}T12:00:00.000Z`;
  await bench.record(provider, "customer", ids.customerId, at, [events.customer]);
  await bench.record(provider, "account", ids.accountId, at, [events.account]);
  await bench.record(provider, "commitment", ids.commitmentId, at, [events.commitment]);
  return ids;
};
