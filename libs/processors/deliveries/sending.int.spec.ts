import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, it, vi } from "vitest";
import { type EventStore } from "#event-store/event-store.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { type Sending, startSending } from "./dispatcher.js";
import { actOnDelivery, findDelivery, listDeliveries } from "./operators.js";
import { listOutages } from "./outages.js";
import { DELIVERIES_CHANNEL } from "./queue.js";
import { type Answer, type Delivery, type Target } from "./target.js";

const PROVIDER = "9a000000-0000-4000-8000-000000000001";
const [ANN, BOB, CID] = ["a", "b", "c"].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`) as [
  string,
  string,
  string,
];
const START = Date.parse("2026-03-01T12:00:00.000Z");
const [SECOND, MINUTE, DAY] = [1_000, 60_000, 24 * 3_600_000];

let databases: TestDatabases;
let dataSource: DataSource;
beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  dataSource = await databases.migrated();
  now = START;
  sent.length = 0;
  prepared.length = 0;
  answer = () => ({ outcome: "DELIVERED" });
});
const running: Sending[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((sending) => sending.stop()));
  await databases.closePools();
});

/** The time that back-off runs on. */
let now = START;
const timer = { now: () => new Date(now), random: () => 0 };
const pass = async (ms: number): Promise<void> => {
  now += ms;
  await dataSource.query("SELECT pg_notify($1, '')", [DELIVERIES_CHANNEL]);
};

/** What the target got: the name of the delivery and its content, in order. */
const sent: string[] = [];
const prepared: string[] = [];
let answer: (name: string) => Answer | Promise<Answer> = () => ({ outcome: "DELIVERED" });

const names = new Map<string, string>();
const target: Target = {
  name: "EMAIL",
  isOn: () => true,
  configuration: () => [],
  reads: [],
  prepare({ id }: Delivery) {
    const name = names.get(id) ?? "";
    prepared.push(name);
    return Promise.resolve({ content: { text: `${name} ${prepared.length}` } });
  },
  send(content, { id }) {
    const name = names.get(id) ?? "";
    sent.push((content as { text: string }).text);
    return Promise.resolve(answer(name));
  },
  verify: () => Promise.resolve({ ok: true, message: "well" }),
};

const start = (changes: Partial<Target> = {}, on: DataSource = dataSource): Sending => {
  const sending = startSending({
    store: {} as EventStore,
    dataSource: on,
    projections: { reached: () => Promise.resolve() },
    targets: [{ ...target, ...changes }],
    timer,
    log: () => undefined,
  });
  running.push(sending);
  return sending;
};

let commit = 0;
/** Records a delivery; returns its id. */
const deliver = async (name: string, customer = ANN, provider = PROVIDER, stub = false): Promise<string> => {
  const id = randomUUID();
  names.set(id, name);
  await dataSource.query(
    `INSERT INTO deliveries (id, provider_id, customer_id, target, kind, on_date, stub, event_id, stream, revision,
                             recorded_at, commit, prepare, place, status, not_before)
     VALUES ($1, $2, $3, 'EMAIL', 'SUSPENDED', '2026-03-01', $4, $1, 's', 0, '', $5, $5, 0, 'PENDING', '-infinity')`,
    [id, provider, customer, stub, (commit += 1)],
  );
  return id;
};

const stateOf = async (id: string) => {
  const found = await findDelivery(dataSource, wholeProvider(PROVIDER), id);
  if (!found) throw new Error("no such delivery");
  const { status, tries, lastError, notBefore } = found;
  return { status, tries, lastError, afterMs: notBefore === null ? null : notBefore.getTime() - START };
};
const until = (id: string, state: object) =>
  vi.waitFor(async () => {
    expect(await stateOf(id)).toMatchObject(state);
  }, 120_000);

describe("sending deliveries", () => {
  it("delivers each once, those of one customer in order", async () => {
    const ids = [await deliver("a1"), await deliver("b1", BOB), await deliver("a2"), await deliver("a3")];
    start();
    for (const id of ids) await until(id, { status: "DELIVERED", tries: 1, lastError: null });
    expect(sent).toHaveLength(4);
    expect(sent.filter((text) => text.startsWith("a")).map((text) => text.slice(0, 2))).toEqual(["a1", "a2", "a3"]);
  });

  it("tries what failed again with doubling pauses and the same content, while the customer's later ones wait", async () => {
    let failures = 0;
    answer = (name) =>
      name === "a1" && (failures += 1) <= 3 ? { outcome: "FAILED", error: "500" } : { outcome: "DELIVERED" };
    const [first, second, other] = [await deliver("a1"), await deliver("a2"), await deliver("b1", BOB)];
    start();
    await until(first, { status: "PENDING", tries: 1, lastError: "500", afterMs: 2_500 });
    await until(other, { status: "DELIVERED" });
    await pass(2_500);
    await until(first, { tries: 2, afterMs: 2_500 + 5_000 });
    await pass(5_000);
    await until(first, { tries: 3, afterMs: 7_500 + 10_000 });
    expect(await stateOf(second)).toMatchObject({ status: "PENDING", tries: 0 });
    await pass(10_000);
    await until(first, { status: "DELIVERED", tries: 4 });
    await until(second, { status: "DELIVERED" });
    expect(prepared.filter((name) => name === "a1")).toEqual(["a1"]);
    expect(new Set(sent.filter((text) => text.startsWith("a1"))).size).toBe(1);
    expect(sent.at(-1)).toMatch(/^a2/);
  });

  it("waits as long as the target asks", async () => {
    let failures = 0;
    answer = () =>
      (failures += 1) === 1 ? { outcome: "FAILED", error: "429", retryAfterMs: 90 * SECOND } : { outcome: "DELIVERED" };
    const id = await deliver("a1");
    start();
    await until(id, { tries: 1, afterMs: 90 * SECOND });
    await pass(89 * SECOND);
    const another = await deliver("b1", BOB);
    await pass(0);
    await until(another, { status: "DELIVERED" });
    expect(await stateOf(id)).toMatchObject({ status: "PENDING", tries: 1 });
    await pass(SECOND);
    await until(id, { status: "DELIVERED", tries: 2 });
  });

  it("parks what has failed for three days, and at once what is refused; a parked one holds its customer alone", async () => {
    answer = (name) =>
      name === "a1"
        ? { outcome: "FAILED", error: "503" }
        : name === "b1"
          ? { outcome: "REFUSED", error: "400" }
          : { outcome: "DELIVERED" };
    const [failing, refused] = [await deliver("a1"), await deliver("b1", BOB)];
    const [heldByFailing, heldByRefused, free] = [
      await deliver("a2"),
      await deliver("b2", BOB),
      await deliver("c1", CID),
    ];
    start();
    await until(refused, { status: "PARKED", tries: 1, lastError: "400" });
    await until(free, { status: "DELIVERED" });
    await until(failing, { status: "PENDING", tries: 1 });
    await pass(3 * DAY - SECOND);
    await until(failing, { status: "PENDING", tries: 2 });
    await pass(MINUTE);
    await until(failing, { status: "PARKED", tries: 3, lastError: "503" });
    for (const id of [heldByFailing, heldByRefused])
      expect(await stateOf(id)).toMatchObject({ status: "PENDING", tries: 0 });
  });

  it("asks a target that is down with one delivery at a time, with pauses up to five minutes, and counts no tries", async () => {
    answer = () => ({ outcome: "DOWN", error: "refused" });
    const first = await deliver("a1");
    start();
    await vi.waitFor(async () => {
      expect(await listOutages(dataSource)).toMatchObject([{ provider: PROVIDER, target: "EMAIL", error: "refused" }]);
    }, 120_000);
    const others = [await deliver("b1", BOB), await deliver("c1", CID), await deliver("a2")];
    await pass(0);
    const probeAt = async (): Promise<number> => {
      const [row] = await dataSource.query<{ probe_at: Date; prober: string | null }[]>(
        "SELECT probe_at, prober FROM delivery_outages",
      );
      return row && row.prober === null ? row.probe_at.getTime() - now : -1;
    };
    expect(await probeAt()).toBe(500);
    const waits: number[] = [];
    for (let probe = 1; probe <= 11; probe += 1) {
      const before = sent.length;
      await pass(await probeAt());
      await vi.waitFor(async () => {
        expect(sent.length).toBe(before + 1);
        expect(await probeAt()).toBeGreaterThan(0);
      }, 120_000);
      waits.push(await probeAt());
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 150, 150, 150].map((seconds) => seconds * SECOND));
    expect(new Set(sent.map((text) => text.slice(0, 2)))).toEqual(new Set(["a1"]));
    expect(await stateOf(first)).toMatchObject({ status: "PENDING", tries: 0, lastError: null });
    answer = () => ({ outcome: "DELIVERED" });
    await pass(150 * SECOND);
    for (const id of [first, ...others]) await until(id, { status: "DELIVERED", tries: 1 });
    expect(await listOutages(dataSource)).toEqual([]);
  });

  it("does not count the time for which a target was down towards parking", async () => {
    answer = () => ({ outcome: "FAILED", error: "500" });
    const id = await deliver("a1");
    start();
    await until(id, { tries: 1 });
    answer = () => ({ outcome: "DOWN", error: "gone" });
    await pass(MINUTE);
    await vi.waitFor(async () => {
      expect(await listOutages(dataSource)).toHaveLength(1);
    }, 120_000);
    answer = () => ({ outcome: "FAILED", error: "500" });
    await pass(5 * DAY);
    await until(id, { status: "PENDING", tries: 2 });
    await pass(DAY);
    await until(id, { status: "PENDING", tries: 3 });
    await pass(2 * DAY);
    await until(id, { status: "PARKED", tries: 4 });
  });

  it("keeps the deliveries of one provider going while the target does not answer another", async () => {
    const other = "9a000000-0000-4000-8000-000000000002";
    answer = (name) => (name.startsWith("x") ? { outcome: "DOWN", error: "401" } : { outcome: "DELIVERED" });
    await deliver("x1", BOB, other);
    await deliver("x2", CID, other);
    const id = await deliver("a1");
    start();
    await until(id, { status: "DELIVERED" });
    await vi.waitFor(async () => {
      expect((await listOutages(dataSource)).map(({ provider }) => provider)).toEqual([other]);
    }, 120_000);
  });

  it("of two dispatchers never sends one twice at a time, and keeps the order of a customer", async () => {
    const open = new Map<string, number>();
    let most = 0;
    const order: string[] = [];
    answer = async (name) => {
      const customer = name.slice(0, 1);
      open.set(customer, (open.get(customer) ?? 0) + 1);
      most = Math.max(most, open.get(customer) ?? 0);
      order.push(name);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open.set(customer, (open.get(customer) ?? 0) - 1);
      return { outcome: "DELIVERED" };
    };
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      ids.push(await deliver(`a${index}`), await deliver(`b${index}`, BOB), await deliver(`c${index}`, CID));
    }
    start();
    start({}, await databases.again(dataSource));
    for (const id of ids) await until(id, { status: "DELIVERED", tries: 1 });
    expect(most).toBe(1);
    expect(order).toHaveLength(60);
    for (const customer of ["a", "b", "c"]) {
      const own = order.filter((name) => name.startsWith(customer));
      expect(own).toEqual(own.map((_, index) => `${customer}${index}`));
    }
  });

  it("takes over what a process that ended was sending, and drains when it is stopped", async () => {
    const id = await deliver("a1");
    // As a process leaves it that was killed: its session has ended.
    await dataSource.query("UPDATE deliveries SET sending_until = now() + interval '1 hour', sender = '1 2'");
    let finish: (() => void) | undefined;
    answer = () =>
      new Promise(
        (resolve) =>
          (finish = () => {
            resolve({ outcome: "DELIVERED" });
          }),
      );
    const sending = start();
    await vi.waitFor(() => {
      expect(finish).toBeDefined();
    }, 120_000);
    const later = await deliver("b1", BOB);
    const stopped = sending.stop();
    finish?.();
    await stopped;
    expect(await stateOf(id)).toMatchObject({ status: "DELIVERED", tries: 1 });
    expect(await stateOf(later)).toMatchObject({ status: "PENDING", tries: 0 });
  });

  it("lets the recorder answer the deliveries of a stubbed provider, though nothing is configured", async () => {
    const [stubbed, real] = [await deliver("a1", ANN, PROVIDER, true), await deliver("b1", BOB)];
    const sending = startSending({
      ...{ store: {} as EventStore, dataSource, projections: { reached: () => Promise.resolve() }, targets: [], timer },
      log: () => undefined,
    });
    running.push(sending);
    await until(stubbed, { status: "DELIVERED", tries: 1 });
    expect(await stateOf(real)).toMatchObject({ status: "PENDING", tries: 0 });
    expect(sent).toEqual([]);
  });

  it("discards what turns out to have nothing to send, and counts what cannot be prepared as failed", async () => {
    const [nothing, broken, next] = [await deliver("a1"), await deliver("b1", BOB), await deliver("a2")];
    start({
      prepare: (delivery, sources) => {
        if (delivery.id === nothing) return Promise.resolve({ discard: "It has no address." });
        return delivery.id === broken ? Promise.reject(new Error("no template")) : target.prepare(delivery, sources);
      },
    });
    await until(nothing, { status: "DISCARDED" });
    await until(next, { status: "DELIVERED" });
    await until(broken, { status: "PENDING", tries: 1, lastError: "It could not be prepared: no template" });
    expect(sent.map((text) => text.slice(0, 2))).toEqual(["a2"]);
  });
});

describe("operators", () => {
  const act = (id: string, act: Parameters<typeof actOnDelivery>[3]) => actOnDelivery(dataSource, PROVIDER, id, act);

  it("retry a parked delivery, with all its tries", async () => {
    let isFixed = false;
    answer = () => (isFixed ? { outcome: "DELIVERED" } : { outcome: "REFUSED", error: "550" });
    const id = await deliver("a1");
    start();
    await until(id, { status: "PARKED" });
    isFixed = true;
    expect(await act(id, { act: "RETRY" })).toBe(true);
    await until(id, { status: "DELIVERED", tries: 1 });
    expect(await act(id, { act: "RETRY" })).toBe(false);
  });

  it("retry a parked delivery with content that is prepared anew, and no other", async () => {
    let isFixed = false;
    answer = () => (isFixed ? { outcome: "DELIVERED" } : { outcome: "REFUSED", error: "550" });
    const id = await deliver("a1");
    start();
    await until(id, { status: "PARKED" });
    isFixed = true;
    expect(await act(id, { act: "RETRY_ANEW" })).toBe(true);
    await until(id, { status: "DELIVERED", tries: 1 });
    expect(sent).toEqual(["a1 1", "a1 2"]);
    expect(await act(id, { act: "RETRY_ANEW" })).toBe(false);
  });

  it("discard a delivery with a reason, and its customer's later ones go on", async () => {
    answer = (name) => (name === "a1" ? { outcome: "REFUSED", error: "550" } : { outcome: "DELIVERED" });
    const [id, next] = [await deliver("a1"), await deliver("a2")];
    start();
    await until(id, { status: "PARKED" });
    expect(await act(id, { act: "DISCARD", reason: "They moved.", by: "local" })).toBe(true);
    await until(next, { status: "DELIVERED" });
    expect(await findDelivery(dataSource, wholeProvider(PROVIDER), id)).toMatchObject({
      ...{ status: "DISCARDED", reason: "They moved.", settledBy: "local", lastError: "550" },
    });
  });

  it("pass over a parked delivery, which stays parked, and can retry it afterwards", async () => {
    let isFixed = false;
    answer = (name) => (name === "a1" && !isFixed ? { outcome: "REFUSED", error: "550" } : { outcome: "DELIVERED" });
    const [id, next] = [await deliver("a1"), await deliver("a2")];
    start();
    await until(id, { status: "PARKED" });
    expect(await act(next, { act: "PASS_OVER" })).toBe(false);
    expect(await act(id, { act: "PASS_OVER" })).toBe(true);
    await until(next, { status: "DELIVERED" });
    expect(await stateOf(id)).toMatchObject({ status: "PARKED" });
    isFixed = true;
    await act(id, { act: "RETRY" });
    await until(id, { status: "DELIVERED" });
  });

  it("change nothing of another provider's, and nothing while it is being sent", async () => {
    const id = await deliver("a1");
    const session = await dataSource.query<{ me: string }[]>("SELECT this_session() AS me");
    expect(await actOnDelivery(dataSource, randomUUID(), id, { act: "RETRY" })).toBe(false);
    const holder = dataSource.createQueryRunner();
    await holder.query("UPDATE deliveries SET sending_until = now() + interval '1 hour', sender = this_session()");
    expect(await act(id, { act: "DISCARD", reason: "x", by: "local" })).toBe(false);
    await holder.release();
    expect(session).toHaveLength(1);
  });

  it("list deliveries by what they ask for, the latest first, page by page", async () => {
    const ids = [await deliver("a1"), await deliver("b1", BOB), await deliver("a2")];
    const list = async (filter: Parameters<typeof listDeliveries>[2], slice = {}) => {
      const { rows, endCursor } = await listDeliveries(dataSource, wholeProvider(PROVIDER), filter, slice);
      return { ids: rows.map(({ id }) => id), endCursor };
    };
    expect((await list(null)).ids).toEqual([...ids].reverse());
    expect((await list({ customerId: ANN })).ids).toEqual([ids[2], ids[0]]);
    expect((await list({ status: "PARKED" })).ids).toEqual([]);
    const first = await list({}, { first: 2 });
    expect(first.ids).toEqual([ids[2], ids[1]]);
    expect((await list({}, { first: 2, after: first.endCursor })).ids).toEqual([ids[0]]);
    expect((await list({}, { last: 1 })).ids).toEqual([ids[0]]);
  });
});
