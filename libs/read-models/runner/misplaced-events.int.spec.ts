import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type StoredEvent } from "#event-store/codec.js";
import { streamName } from "#event-store/streams.js";
import { projections } from "../read-models.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { customerCreated } from "../spec-support/story.js";
import { sortingOut } from "./apply-one.js";
import { NOTHING_FOUND } from "./findings.js";
import { type ProjectionRunner, startProjections } from "./runner.js";
import { type BadEvent, listStalls } from "./stalls.js";

let databases: TestDatabases;
let dataSource: DataSource;
let journal: Journal;
let runner: ProjectionRunner;

beforeAll(async () => {
  databases = await openDatabases();
});
afterAll(() => databases.stop());

beforeEach(async () => {
  journal = new Journal();
  dataSource = await databases.migrated();
  runner = startProjections({ store: journal.store, dataSource, projections, log: () => undefined });
  journal.record("customer", id("Ann"), [customerCreated("Ann")]);
});
afterEach(async () => {
  await runner.stop();
  await journal.store.close();
  await databases.closePools();
});

/** An event in a stream of ours whose metadata name another provider. */
const misplaced = (category: string, streamId: string, type: string, data: object): StoredEvent =>
  journal.store.write(streamName(PROVIDER, category, streamId), {
    ...{ id: id("misplaced"), type, data },
    metadata: { ...journal.events.at(-1)?.metadata, provider: OTHER_PROVIDER },
  });

const stalledBefore = async () => [
  ...new Set((await listStalls(dataSource)).map(({ event }) => `${event.stream}@${event.revision}`)),
];

describe("an event whose metadata name another provider than its stream", () => {
  it("is applied to nobody's rows", async () => {
    const { stream } = misplaced("customer", id("Ann"), "CustomerClosed", { effectiveOn: "2020-07-31" });
    await runner.reached(await journal.store.tail());
    expect(await dataSource.query("SELECT name, status FROM customers")).toEqual([{ name: "Ann", status: "ACTIVE" }]);
    expect(await stalledBefore()).toEqual([`${stream}@1`]);
  });

  it("does not stop other providers where a projection could not take it", async () => {
    const { stream } = misplaced("lifecycle", id("none"), "PauseEndTookEffect", {
      ...{ commitmentId: id("none"), pauseId: id("pause"), effectiveOn: "2020-07-02" },
    });
    journal.record("customer", id("Bob"), [customerCreated("Bob")], { provider: OTHER_PROVIDER });
    await runner.reached(await journal.store.tail());
    expect(await dataSource.query("SELECT name FROM customers ORDER BY name")).toEqual([
      { name: "Ann" },
      { name: "Bob" },
    ]);
    expect(await stalledBefore()).toEqual([`${stream}@0`]);
  });
});

describe("an event that was left out", () => {
  it("is not tried without once more when an error names it again", async () => {
    const [event] = journal.events;
    if (!event) throw new Error("nothing was recorded");
    const bad: BadEvent = { ...event, provider: PROVIDER, reason: "no" };
    const tries: number[] = [];
    const sorting = sortingOut(journal.store, NOTHING_FOUND, {
      apply: ({ bad: left }) => {
        tries.push(left.length);
        return Promise.reject(new Error("still there"));
      },
      offender: () => Promise.resolve(bad),
    });
    await expect(sorting).rejects.toThrow("still there");
    expect(tries).toEqual([0, 1]);
  });
});
