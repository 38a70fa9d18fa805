import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { closeDue } from "#application/processes/closing/close-due.js";
import { type Context } from "#application/processes/context.js";
import { numberInvoices } from "#application/processes/numbering/number-invoices.js";
import { type Provider } from "#domain/providers/provider.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { streamName } from "#event-store/streams.js";
import { lastKnown } from "#read-models/runner/passed-events.js";
import { type ProjectionRunner, startProjections } from "#read-models/runner/runner.js";
import { projections } from "#read-models/read-models.js";
import { openDatabases, type TestDatabases } from "#read-models/spec-support/database.js";
import { id, Journal, PROVIDER } from "#read-models/spec-support/journal.js";
import { accountOpened, assigned, customerCreated } from "#read-models/spec-support/story.js";
import { storeWith, terms } from "./spec-support/worker.js";

const END = "2020-08-01T00:00:00.000Z";
const provider: Provider = {
  ...{
    providerId: PROVIDER,
    name: "Acme",
    invoiceNumberPrefix: "",
    backDatingDays: 90,
    coolingOffDays: 14,
    testClock: null,
    advance: null,
  },
};

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
let runner: ProjectionRunner;
let context: Context;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

beforeEach(async () => {
  journal = new Journal();
  dataSource = await databases.migrated();
  const log = () => undefined;
  runner = startProjections({ store: journal.store, dataSource, projections, log });
  const tasks = { recordedBy: [], any: () => Promise.resolve(false), wake: () => Promise.resolve() };
  context = { store: journal.store, dataSource, projections: runner, tasks, log };
  journal.record("customer", id("Ann"), [customerCreated("Ann", { timeZone: "UTC" })]);
  journal.record("account", id("+49 1"), [accountOpened("+49 1", "Ann")]);
  journal.record("commitment", id("first"), [assigned("first", "+49 1", "Ann", "2022-07-01", { terms: terms() })]);
});
afterEach(async () => {
  await runner.stop();
  await journal.store.close();
  await databases.closePools();
});

/** Somebody else's event at the end of a stream of ours. */
const foreign = (category: string, streamId: string) =>
  journal.store.write(streamName(PROVIDER, category, streamId), {
    ...{ id: id(`foreign ${category}`), type: "Noted", data: {}, metadata: {} },
  });
const settle = async () => runner.reached(await journal.store.tail());
const typesOf = (category: string, streamId: string) =>
  journal.store.log.filter(({ stream }) => stream === streamName(PROVIDER, category, streamId)).map(({ type }) => type);

describe("an event that is passed over at the end of a stream", () => {
  it("keeps no customer from being billed", async () => {
    foreign("receivables", id("Ann"));
    await settle();
    expect(await closeDue(context, { provider: PROVIDER, moment: END, now: END })).toMatchObject({
      ...{ periods: 1, parked: 0 },
    });
    expect(typesOf("receivables", id("Ann"))).toEqual(["Noted", "InvoicePageRecorded", "InvoiceSealed"]);
  });

  it("keeps no invoice from being numbered", async () => {
    await daysWork(context, provider, END);
    foreign("register", "invoices");
    await daysWork(context, provider, "2020-09-01T00:00:00.000Z");
    expect(typesOf("register", "invoices")).toEqual(["NumbersAssigned", "Noted", "NumbersAssigned"]);
    const numbers = await dataSource.query<{ number: string }[]>("SELECT number FROM invoices ORDER BY number");
    expect(numbers).toEqual([{ number: "000001" }, { number: "000002" }]);
  });

  it("counts only where everything before it is known", () => {
    expect(lastKnown(3n, ["4", "5"])).toBe(5n);
    expect(lastKnown(3n, ["1", "4", "6"])).toBe(4n);
    expect(lastKnown(3n, ["5"])).toBe(3n);
    expect(lastKnown(-1n, ["0"])).toBe(0n);
  });
});

describe("a register that is elsewhere than the feed shows", () => {
  it("ends the numbering after some attempts", async () => {
    await settle();
    await closeDue(context, { provider: PROVIDER, moment: END, now: END });
    await settle();
    let attempts = 0;
    const store = storeWith(journal.store, {
      append(stream, expected) {
        attempts += 1;
        return Promise.reject(new WrongExpectedRevision(stream, expected, 7n));
      },
    });
    const numbering = numberInvoices({ ...context, store }, { provider: PROVIDER, prefix: "", now: END });
    await expect(numbering).rejects.toThrow(WrongExpectedRevision);
    expect(attempts).toBe(5);
  });
});
