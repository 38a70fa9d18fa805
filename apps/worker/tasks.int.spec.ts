import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AnyEventType } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { type Dispatcher, startDispatcher } from "#processors/runner/dispatcher.js";
import { releaseReservations } from "#processors/leftovers/reservations.js";
import { type Processor, type Task } from "#processors/runner/processor.js";
import { placeCursors, recordingOf } from "#processors/runner/recording.js";
import { listParkedTasks, openTasksOf, retryParkedTasks } from "#processors/runner/tasks.js";
import { type Bench, signedUp, startBench } from "./spec-support/worker.js";

const CLOCK = "2020-08-01T12:00:00.000Z";

describe("tasks of processors", () => {
  let bench: Bench;
  let provider: string;
  let processor: Processor;
  let runs: Task[];
  let fails: (task: Task) => Error | undefined;
  let dispatcher: Dispatcher | undefined;

  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  beforeEach(async () => {
    provider = randomUUID();
    runs = [];
    fails = () => undefined;
    processor = greeter(`greeter ${provider}`);
    await bench.record(provider, "provider", provider, CLOCK, [
      {
        type: "ProviderCreated",
        data: { providerId: provider, name: "Spec", invoiceNumberPrefix: "", effectiveOn: "2020-08-01" },
      },
      { type: "TestClockSet", data: { at: CLOCK, effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
  });
  afterEach(async () => {
    await dispatcher?.stop();
    dispatcher = undefined;
  });

  /** Notes customers that were created, an hour later for those whose name asks for it. */
  const greeter = (name: string, from: Processor["from"] = "START"): Processor => ({
    name,
    from,
    types: ["CustomerCreated", "CustomerSuspended"] satisfies AnyEventType[],
    reads: ["customers"],
    calls: (events) =>
      events.flatMap((event) => {
        const id = event.stream.slice(event.stream.indexOf("-") + 1);
        const call = { provider: event.metadata.provider, key: id, data: { customerId: id } };
        if (event.type === "CustomerSuspended") return [{ ...call, onlyAgain: true }];
        return event.type === "CustomerCreated" && event.data.personal.name === "Later"
          ? [{ ...call, dueAt: "2020-08-01T13:00:00.000Z" }]
          : [call];
      }),
    run(task) {
      runs.push(task);
      const error = fails(task);
      return error ? Promise.reject(error) : Promise.resolve(undefined);
    },
  });

  const createCustomer = async (name = "Jo"): Promise<string> => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const { customer } = signedUp(ids, "2020-08-01");
    const data = { ...customer.data, personal: { ...customer.data.personal, name } };
    await bench.record(provider, "customer", ids.customerId, CLOCK, [{ ...customer, data }]);
    return ids.customerId;
  };

  const suspend = (id: string) =>
    bench.record(provider, "customer", id, CLOCK, [{ type: "CustomerSuspended", data: { effectiveOn: "2020-08-01" } }]);

  const eventsOf = (customerId: string): Promise<RecordedEvent[]> =>
    bench.store.readStream(streamName(provider, "customer", customerId));

  /** As the runner does, in a transaction. */
  const record = (recording: ReturnType<typeof recordingOf>, events: readonly RecordedEvent[]) =>
    bench.dataSource.transaction((manager) => recording.apply(manager, events));

  const place = () => placeCursors(bench.dataSource, [processor], () => bench.store.tail());

  const dispatch = (attempts = 10) => {
    const { store, dataSource, projections } = bench;
    dispatcher = startDispatcher({
      store,
      dataSource,
      projections,
      processors: [processor],
      log: () => undefined,
      attempts,
    });
  };

  const statuses = async () => {
    const rows = await bench.dataSource.query<{ key: string; status: string }[]>(
      "SELECT key, status FROM processor_tasks WHERE processor = $1 ORDER BY key",
      [processor.name],
    );
    return Object.fromEntries(rows.map(({ key, status }) => [key, status]));
  };

  const until = async (reached: () => Promise<boolean>): Promise<void> => {
    for (let waited = 0; !(await reached()); waited += 20) {
      if (waited > 240_000) throw new Error(`still ${JSON.stringify(await statuses())}`);
      await delay(20);
    }
  };

  it("are recorded once, whatever is read again, and run once", async () => {
    await place();
    const id = await createCustomer();
    const events = await eventsOf(id);
    await record(recordingOf(processor), events);
    dispatch();
    await until(async () => (await statuses())[id] === "DONE");
    // A process that starts anew, and a checkpoint that was put back to the start.
    await record(recordingOf(processor), events);
    expect(await statuses()).toEqual({ [id]: "DONE" });
    expect(runs).toEqual([{ provider, key: id, data: { customerId: id }, now: CLOCK }]);
  });

  it("are not recorded when the checkpoint's transaction fails", async () => {
    await place();
    const id = await createCustomer();
    const recording = recordingOf(processor);
    const events = await eventsOf(id);
    await expect(
      bench.dataSource.transaction(async (manager) => {
        await recording.apply(manager, events);
        throw new Error("the checkpoint was moved");
      }),
    ).rejects.toThrow("the checkpoint was moved");
    expect(await statuses()).toEqual({});
    await record(recording, events);
    expect(await statuses()).toEqual({ [id]: "OPEN" });
  });

  it("are not recorded for the past of a processor that begins now", async () => {
    const past = await createCustomer();
    await bench.settle();
    processor = greeter(`newcomer ${provider}`, "NOW");
    await place();
    const next = await createCustomer();
    await record(recordingOf(processor), [...(await eventsOf(past)), ...(await eventsOf(next))]);
    expect(await statuses()).toEqual({ [next]: "OPEN" });
  });

  it("run again when they are called for again, where the subject has one", async () => {
    await place();
    const [known, unknown] = [await createCustomer(), await createCustomer()];
    const recording = recordingOf(processor);
    await record(recording, await eventsOf(known));
    dispatch();
    await until(async () => (await statuses())[known] === "DONE");
    await suspend(known);
    await suspend(unknown);
    const [, suspended] = await eventsOf(known);
    const [, other] = await eventsOf(unknown);
    if (!suspended || !other) throw new Error("nothing was suspended");
    await record(recording, [suspended, other]);
    await until(() => Promise.resolve(runs.length === 2));
    await until(async () => (await statuses())[known] === "DONE");
    expect(await statuses()).toEqual({ [known]: "DONE" });
  });

  it("wait for the provider's clock", async () => {
    await place();
    const id = await createCustomer("Later");
    await record(recordingOf(processor), await eventsOf(id));
    const open = openTasksOf(bench.dataSource, [processor]);
    expect(await open.any(provider, "2020-08-01T12:59:59.999Z")).toBe(false);
    expect(await open.any(provider, "2020-08-01T13:00:00.000Z")).toBe(true);
    dispatch();
    await delay(300);
    expect(runs).toEqual([]);
    await bench.record(provider, "provider", provider, CLOCK, [
      { type: "TestClockMoved", data: { at: "2020-08-01T13:00:00.000Z", effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    await open.wake();
    await until(async () => (await statuses())[id] === "DONE");
    expect(runs.map(({ now }) => now)).toEqual(["2020-08-01T13:00:00.000Z"]);
  });

  it("are tried again, and parked in the end, for somebody to put them back in line", async () => {
    await place();
    const [bad, good] = [await createCustomer(), await createCustomer()];
    fails = ({ key }) =>
      key === bad && runs.filter((run) => run.key === bad).length <= 2 ? new Error("no") : undefined;
    await record(recordingOf(processor), [...(await eventsOf(bad)), ...(await eventsOf(good))]);
    dispatch(2);
    await until(async () => (await statuses())[bad] === "PARKED");
    expect(await statuses()).toEqual({ [bad]: "PARKED", [good]: "DONE" });
    const [parked, ...others] = await listParkedTasks(bench.dataSource, provider);
    expect(others).toEqual([]);
    expect(parked).toMatchObject({ processor: processor.name, key: bad, attempts: 2, error: "no" });
    expect(await openTasksOf(bench.dataSource, [processor]).any(provider, CLOCK)).toBe(false);
    expect(await retryParkedTasks(bench.dataSource, provider)).toBe(1);
    await until(async () => (await statuses())[bad] === "DONE");
    expect(await listParkedTasks(bench.dataSource, provider)).toEqual([]);
  });

  it("come back from a runner whose session with the database is gone", async () => {
    await place();
    const id = await createCustomer();
    await record(recordingOf(processor), await eventsOf(id));
    await bench.dataSource.query(
      "UPDATE processor_tasks SET running_until = now() + interval '1 hour', runner = '0 0' WHERE processor = $1",
      [processor.name],
    );
    dispatch();
    await until(async () => (await statuses())[id] === "DONE");
    expect(runs).toHaveLength(1);
  });

  it("give an identifier back to an account whose event comes while its reservation is released", async () => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const { customer, account } = signedUp(ids, "2020-08-01");
    const { customerId, accountId, identifierHash } = account.data;
    await bench.record(provider, "customer", customerId, CLOCK, [customer]);
    await bench.record(provider, "identifier", identifierHash, CLOCK, [
      { type: "IdentifierReserved", data: { ownerId: accountId, effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    const appended: string[] = [];
    const store: Pick<EventStore, "append" | "tail" | "readStream"> = {
      async append(stream, expected, events) {
        const [first] = events;
        if (first) appended.push(first.type);
        if (first?.type === "IdentifierReleased") await bench.record(provider, "account", accountId, CLOCK, [account]);
        return bench.store.append(stream, expected, events);
      },
      tail: () => bench.store.tail(),
      readStream: (...call) => bench.store.readStream(...call),
    };
    const effects = { store: store as EventStore, dataSource: bench.dataSource };
    expect(await releaseReservations(effects, provider, "2020-08-01T14:00:00.000Z")).toBeUndefined();
    expect(appended).toEqual(["IdentifierReleased", "IdentifierReserved"]);
    await bench.settle();
    const sql = "SELECT owner_id FROM identifiers WHERE identifier_hash = $1";
    expect(await bench.dataSource.query(sql, [identifierHash])).toEqual([{ owner_id: accountId }]);
  });

  it("look at young reservations when they have become old", async () => {
    const hash = randomUUID();
    await bench.record(provider, "identifier", hash, CLOCK, [
      { type: "IdentifierReserved", data: { ownerId: randomUUID(), effectiveOn: "2020-08-01" } },
    ]);
    await bench.settle();
    const { store, dataSource } = bench;
    expect(await releaseReservations({ store, dataSource }, provider, "2020-08-01T12:30:00.000Z")).toEqual({
      again: "2020-08-01T13:00:00.001Z",
    });
  });
});
