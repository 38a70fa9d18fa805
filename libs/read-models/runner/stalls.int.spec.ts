import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type DomainEvent } from "#domain/event.js";
import { quarantineEvent } from "#domain/providers/quarantine.js";
import { eventTypes } from "#event-store/catalogue.js";
import { type StoredEvent } from "#event-store/codec.js";
import { type RecordedEvent } from "#event-store/event.js";
import { streamName } from "#event-store/streams.js";
import { loadBillings } from "../billing/load.js";
import { loadWaiting } from "../billing/numbers.js";
import { projections } from "../read-models.js";
import { wholeProvider } from "../rows/scope.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { allRows, project } from "../spec-support/rows.js";
import { customerCreated } from "../spec-support/story.js";
import { createVisibility } from "../visibility.js";
import { listPassed } from "./passed-events.js";
import { type Projection } from "./projection.js";
import { type ProjectionRunner, type ProjectionsOptions, startProjections } from "./runner.js";
import { listStalls, ProviderStalled } from "./stalls.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
let log: string[];
const running: ProjectionRunner[] = [];
const patience = { timeout: 120_000 };

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

beforeEach(async () => {
  journal = new Journal();
  log = [];
  dataSource = await databases.migrated();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((runner) => runner.stop()));
  await journal.store.close();
  await databases.closePools();
});

const start = (options: Partial<ProjectionsOptions> = {}): ProjectionRunner => {
  const runner = startProjections({
    store: journal.store,
    dataSource,
    projections,
    log: (line: string) => void log.push(line),
    ...options,
  });
  running.push(runner);
  return runner;
};

const limit = (creditLimit: string): DomainEvent => ({
  type: "CustomerCreditLimitChanged",
  data: { creditLimit, effectiveOn: "2020-07-02" },
});

/** An event of Ann's in the log that is not what it should be. */
const bad = (
  changes: { type?: string; data?: object; metadata?: object | null } = {},
  provider = PROVIDER,
): StoredEvent => {
  const metadata = { ...journal.events.at(-1)?.metadata, provider, ...changes.metadata };
  return journal.store.write(streamName(provider, "customer", id("Ann")), {
    id: id(`bad ${journal.events.length}`),
    type: changes.type ?? "CustomerClosed",
    data: changes.data ?? { effectiveOn: "2020-07-31" },
    metadata: changes.metadata === null ? { from: "elsewhere" } : metadata,
  });
};

const NEWER = { metadata: { schemaVersion: 2 } };

const quarantine = ({ stream, revision, id: eventId, type }: StoredEvent, provider = PROVIDER): void => {
  const named = { stream, revision: revision.toString(), eventId, eventType: type };
  journal.record("quarantine", provider, quarantineEvent({ ...named, reason: "not ours", today: "2020-07-02" }, []), {
    provider,
  });
};

const names = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await dataSource.query<{ provider_id: string; name: string; credit_limit: string }[]>(
        "SELECT provider_id, name, credit_limit FROM customers ORDER BY name",
      )
    ).map(({ provider_id, name, credit_limit }) => [
      `${provider_id === PROVIDER ? "ours" : "theirs"} ${name}`,
      credit_limit,
    ]),
  );

const both = (event: (provider: string) => void) => {
  for (const provider of [PROVIDER, OTHER_PROVIDER]) event(provider);
};
const create = () => {
  both((provider) => journal.record("customer", id("Ann"), [customerCreated("Ann")], { provider }));
};
const change = (creditLimit: string) => {
  both((provider) => journal.record("customer", id("Ann"), [limit(creditLimit)], { provider }));
};
const tail = () => journal.store.tail();
const stalledIn = async () => (await listStalls(dataSource)).map(({ projection }) => projection);

describe("an event that cannot be decoded", () => {
  it("stalls its provider in every projection, says where and why, and leaves the others alone", async () => {
    const runner = start();
    create();
    change("1.00");
    const before = journal.events.at(-1)?.position;
    const event = bad(NEWER);
    change("2.00");
    await runner.reached(await tail(), undefined, OTHER_PROVIDER);
    expect(await names()).toEqual({ "ours Ann": "1.00", "theirs Ann": "2.00" });
    const stalls = await listStalls(dataSource);
    expect(stalls.map(({ projection }) => projection)).toEqual(projections.map(({ name }) => name).sort());
    expect(stalls[0]).toEqual({
      projection: "accounts",
      providerId: PROVIDER,
      position: before,
      since: expect.any(String) as string,
      event: {
        provider: PROVIDER,
        stream: event.stream,
        revision: 2n,
        position: event.position,
        id: event.id,
        type: "CustomerClosed",
        reason: `Cannot decode CustomerClosed at ${event.stream}@2: schema version 2 is newer than this program's 1`,
      },
    });
    expect(runner.status().checkpoints.map(({ status }) => status)).toEqual(projections.map(() => "LIVE"));
    await vi.waitFor(() => {
      expect(log).toContainEqual(
        expect.stringMatching(`Provider ${PROVIDER} is stalled in billing before .*@2: Cannot`),
      );
    }, patience);
  });

  it("keeps a provider's commands invisible and its close from happening, and nobody else's", async () => {
    const visibility = createVisibility(dataSource);
    const runner = start();
    create();
    bad(NEWER);
    change("2.00");
    const end = await tail();
    await runner.reached(end, ["billing"], OTHER_PROVIDER);
    await expect(runner.reached(end, ["billing"], PROVIDER)).rejects.toThrow(ProviderStalled);
    const visible = (provider: string) => visibility.waitUntilVisible(end, 10_000, provider);
    expect(await Promise.all([visible(PROVIDER), visible(OTHER_PROVIDER)])).toEqual([false, true]);
    await visibility.close();
    await expect(loadBillings(dataSource, wholeProvider(PROVIDER), [id("Ann")])).rejects.toThrow(
      /stalled in .* before .*@1/,
    );
    await expect(loadWaiting(dataSource, PROVIDER, "invoices", 10, null)).rejects.toThrow(ProviderStalled);
    expect((await loadBillings(dataSource, wholeProvider(OTHER_PROVIDER), [id("Ann")])).size).toBe(1);
    expect(await loadWaiting(dataSource, OTHER_PROVIDER, "invoices", 10, null)).toMatchObject({ invoices: [] });
  });

  it("is passed over once it is quarantined: the provider catches up in order, while others go on", async () => {
    const runner = start();
    create();
    const first = bad(NEWER);
    change("2.00");
    const second = bad({ type: "NeverHeardOf" });
    change("3.00");
    await runner.reached(await tail());
    quarantine(first);
    // Beyond the first one its provider goes on, as far as the next.
    await vi.waitFor(async () => {
      expect((await listStalls(dataSource)).map(({ event }) => event.id)).toEqual(projections.map(() => second.id));
      expect(await names()).toEqual({ "ours Ann": "2.00", "theirs Ann": "3.00" });
    }, patience);
    quarantine(second);
    for (let step = 4; step < 40; step += 1) {
      change(`${step}.00`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await vi.waitFor(async () => {
      expect(await stalledIn()).toEqual([]);
    }, patience);
    change("40.00");
    await runner.reached(await tail(), undefined, PROVIDER);
    expect(await allRows(dataSource)).toEqual(await withPassed(journal.events, [first, second]));
    expect(await listPassed(dataSource, PROVIDER)).toEqual(
      [first, second].map(({ stream, revision, id: eventId, type }) => ({
        provider: PROVIDER,
        stream,
        revision,
        id: eventId,
        type,
        why: "QUARANTINED",
      })),
    );
  });

  it("loses nothing when a stall ends while the others' next batch is under way", async () => {
    const sent = { bad: undefined as StoredEvent | undefined, held: false };
    /** Comes after all others: once in their next batch, it waits until the provider follows them again. */
    const last: Projection = {
      name: "last",
      version: 1,
      tables: [],
      categories: ["customer"],
      apply: async (_, events) => {
        const change = events.find(({ type }) => type === "CustomerCreditLimitChanged");
        if (!change || sent.held || !sent.bad) return;
        sent.held = true;
        quarantine(sent.bad);
        await vi.waitFor(() => {
          const { checkpoints } = runner.status();
          expect(checkpoints.filter(({ name, stalled }) => name !== "last" && stalled.length > 0)).toEqual([]);
        }, patience);
      },
    };
    const runner = start({ projections: [...projections, last] });
    create();
    sent.bad = bad(NEWER);
    await runner.reached(await tail());
    change("2.00");
    await vi.waitFor(async () => {
      expect(sent.held).toBe(true);
      expect(await stalledIn()).toEqual([]);
    }, patience);
    change("3.00");
    await runner.reached(await tail(), undefined, PROVIDER);
    expect(await allRows(dataSource)).toEqual(await withPassed(journal.events, [sent.bad]));
  });

  it("is taken by a program that can", async () => {
    const types: Record<string, { version: number; upcast?: Record<number, (data: object) => object> }> = {
      ...eventTypes,
    };
    journal = new Journal(types);
    const runner = start();
    create();
    bad(NEWER);
    await runner.reached(await tail());
    expect(await stalledIn()).toContain("customers");
    Object.assign(types, { CustomerClosed: { version: 2, upcast: { 1: (data: object) => data } } });
    await vi.waitFor(async () => {
      expect(await stalledIn()).toEqual([]);
    }, patience);
    const rows = await dataSource.query<unknown>("SELECT provider_id, status FROM customers ORDER BY status");
    expect(rows).toEqual([
      { provider_id: OTHER_PROVIDER, status: "ACTIVE" },
      { provider_id: PROVIDER, status: "CLOSED" },
    ]);
  });

  it("stays quarantined when everything is built anew, and stalled after a restart", async () => {
    const first = start();
    create();
    const [quarantined] = [bad(NEWER)];
    quarantine(quarantined);
    change("2.00");
    await first.reached(await tail(), undefined, PROVIDER);
    const again = bad(NEWER);
    change("3.00");
    await first.reached(await tail());
    await first.stop();
    const second = start({ projections: projections.map((projection) => ({ ...projection, version: 99 })) });
    await second.reached(await tail());
    expect(await names()).toEqual({ "ours Ann": "2.00", "theirs Ann": "3.00" });
    await second.stop();
    const third = start({ projections: projections.map((projection) => ({ ...projection, version: 99 })) });
    quarantine(again);
    await vi.waitFor(async () => {
      expect(await names()).toEqual({ "ours Ann": "3.00", "theirs Ann": "3.00" });
      expect(await stalledIn()).toEqual([]);
    }, patience);
    await third.reached(await tail(), undefined, PROVIDER);
  });
});

/** Rows of the events where some others were passed over. */
const withPassed = async (events: readonly RecordedEvent[], passed: readonly StoredEvent[]) => {
  const other = await databases.migrated();
  for (const { stream, revision, id: eventId, type } of passed) {
    await other.query("INSERT INTO passed_events VALUES ($1, $2, $3, $4, $5, 'QUARANTINED')", [
      stream,
      revision.toString(),
      PROVIDER,
      eventId,
      type,
    ]);
  }
  await project(other, events);
  return allRows(other);
};

describe("an event that contradicts what is known", () => {
  it("stalls its provider in the projections that cannot take it", async () => {
    const runner = start();
    create();
    const ended = {
      type: "PauseEndTookEffect",
      data: { commitmentId: id("none"), pauseId: id("p"), effectiveOn: "2020-07-02" },
    };
    const [signal] = journal.record("lifecycle", id("none"), [ended]);
    change("2.00");
    await runner.reached(await tail());
    expect(await names()).toEqual({ "ours Ann": "2.00", "theirs Ann": "2.00" });
    expect(await listStalls(dataSource)).toMatchObject([
      { projection: "billing", event: { id: signal?.id, reason: expect.stringMatching(/never assigned/) as string } },
    ]);
    await expect(loadBillings(dataSource, wholeProvider(PROVIDER), [])).rejects.toThrow(ProviderStalled);
    const limits = await dataSource.query<unknown>(
      "SELECT state ->> 'creditLimit' AS credit FROM billing_customers ORDER BY credit",
    );
    expect(limits).toEqual([{ credit: "100.00" }, { credit: "2.00" }]);
  });

  it("is found among many when only PostgreSQL refuses it", async () => {
    create();
    for (let step = 1; step < 30; step += 1) change(`${step}.00`);
    const [event] = journal.record("customer", id("Bob"), [customerCreated("Bob", { creditLimit: "much" })]);
    for (let step = 30; step < 40; step += 1) change(`${step}.00`);
    const runner = start();
    await runner.reached(await tail());
    expect(await names()).toEqual({ "ours Ann": "29.00", "theirs Ann": "39.00" });
    const [customers] = (await listStalls(dataSource)).filter(({ projection }) => projection === "customers");
    expect(customers?.event).toMatchObject({
      id: event?.id,
      reason: 'invalid input syntax for type numeric: "[value]"',
    });
  });

  it.each([
    [
      "lies in a stream of another category",
      { type: "OfferWithdrawn" },
      /does not belong into a stream of the category customer/,
    ],
    ["names another provider", { metadata: { provider: OTHER_PROVIDER } }, /name the provider 1111/],
  ])("stalls the provider of its stream when it %s", async (_, changes, reason) => {
    const runner = start();
    create();
    bad(changes);
    change("2.00");
    await runner.reached(await tail());
    expect(await names()).toEqual({ "ours Ann": "100.00", "theirs Ann": "2.00" });
    for (const { event } of await listStalls(dataSource)) expect(event.reason).toMatch(reason);
  });
});

describe("what others wrote", () => {
  it("is passed over in streams that are not ours, and in ours", async () => {
    const runner = start();
    create();
    journal.store.write("tenure.partner", { id: id("1"), type: "Noted", data: {}, metadata: {} });
    journal.store.write("tenure.settings-x", { id: id("2"), type: "CustomerClosed", data: {}, metadata: {} });
    const stray = bad({ type: "Noted", metadata: null });
    change("2.00");
    await runner.reached(await tail(), undefined, PROVIDER);
    expect(await names()).toEqual({ "ours Ann": "2.00", "theirs Ann": "2.00" });
    expect(await stalledIn()).toEqual([]);
    const { stream, revision, id: eventId, type } = stray;
    expect(await listPassed(dataSource, PROVIDER)).toEqual([
      { provider: PROVIDER, stream, revision, id: eventId, type, why: "FOREIGN" },
    ]);
  });

  it("does not count as a gap, wherever batches end", async () => {
    create();
    bad({ type: "Noted", metadata: null });
    change("2.00");
    const runner = start();
    await runner.reached(await tail(), undefined, PROVIDER);
    change("3.00");
    await runner.reached(await tail(), undefined, PROVIDER);
    expect(await names()).toEqual({ "ours Ann": "3.00", "theirs Ann": "3.00" });
  });
});
