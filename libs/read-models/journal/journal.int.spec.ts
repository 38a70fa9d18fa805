import { type DataSource } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "#event-store/content-hash.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { project, startOver } from "../spec-support/rows.js";
import { customerCreated } from "../spec-support/story.js";
import { journalOf } from "./projection.js";
import { JournalHoldsNoData, readJournal } from "./queries.js";

const journalProjection = journalOf({ hashOnly: [] });

let databases: TestDatabases;
let dataSource: DataSource;
let log: Journal;

beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
});
afterAll(() => databases.stop());
beforeEach(async () => {
  await startOver(dataSource, [journalProjection]);
  log = new Journal();
});

const renamed = (name: string) => ({
  type: "CustomerContactChanged",
  data: { ...customerCreated(name).data, effectiveOn: "2020-07-02" },
});

const told = () => {
  log.record("customer", id("Ann"), [customerCreated("Ann")], { at: "2020-07-31T23:59:59.999Z" });
  log.record("customer", id("Eve"), [customerCreated("Eve")], { provider: OTHER_PROVIDER });
  log.record("customer", id("Bob"), [customerCreated("Bob")], { at: "2020-08-01T00:00:00.000Z" });
  log.record("customer", id("Ann"), [renamed("Anne"), renamed("Anna")], { at: "2020-07-15T00:00:00.000Z" });
  return log.events;
};

const read = async (query: Partial<Parameters<typeof readJournal>[1]> = {}) =>
  (await readJournal(dataSource, { providerId: PROVIDER, limit: 100, ...query })).events;

const ownEvents = () => log.events.filter(({ metadata }) => metadata.provider === PROVIDER);

describe("the journal", () => {
  it("gives back the events of a provider in the order of its log, however they were cut into batches", async () => {
    for (const sizes of [[100], [1], [2, 1]]) {
      await startOver(dataSource, [journalProjection]);
      log = new Journal();
      await project(dataSource, told(), sizes, [journalProjection]);
      expect(await read()).toEqual(ownEvents());
    }
  });

  it("counts each provider's log, and chains its hashes", async () => {
    await project(dataSource, told(), [2], [journalProjection]);
    const rows = await dataSource.query<Record<string, string>[]>(
      `SELECT provider_id, sequence, to_char(month, 'YYYY-MM-DD') AS month, stream, revision, content_hash, log_hash
         FROM journal ORDER BY provider_id = '${OTHER_PROVIDER}', sequence`,
    );
    const months = ["2020-07-01", "2020-08-01", "2020-07-01", "2020-07-01", "2020-07-01"];
    let previous = "";
    const others = log.events.filter(({ metadata }) => metadata.provider === OTHER_PROVIDER);
    const expected = [...ownEvents(), ...others].map(({ stream, revision, metadata }, index) => {
      const isFirst = index === 0 || index === 4;
      const content = JSON.stringify([stream, revision.toString(), metadata.contentHash]);
      previous = sha256((isFirst ? "" : previous) + content);
      return {
        provider_id: metadata.provider,
        sequence: index === 4 ? "1" : String(index + 1),
        month: months[index],
        stream,
        revision: revision.toString(),
        content_hash: metadata.contentHash,
        log_hash: previous,
      };
    });
    expect(rows).toEqual(expected);
    expect(await dataSource.query("SELECT * FROM journal_heads ORDER BY sequence")).toEqual([
      { provider_id: OTHER_PROVIDER, sequence: "1", log_hash: expected[4]?.log_hash },
      { provider_id: PROVIDER, sequence: "4", log_hash: expected[3]?.log_hash },
    ]);
  });

  it("is read in pages, by streams, and as it was known at an instant", async () => {
    await project(dataSource, told(), undefined, [journalProjection]);
    const [ann, bob, anne, anna] = ownEvents();
    if (!ann || !bob || !anna) throw new Error("the story is shorter");
    const first = await readJournal(dataSource, { providerId: PROVIDER, limit: 3 });
    expect(first).toEqual({ events: [ann, bob, anne], lastSequence: 3n });
    expect(await readJournal(dataSource, { providerId: PROVIDER, afterSequence: 3n, limit: 3 })).toEqual({
      events: [anna],
      lastSequence: 4n,
    });
    expect(await readJournal(dataSource, { providerId: PROVIDER, afterSequence: 4n, limit: 3 })).toEqual({
      events: [],
      lastSequence: null,
    });
    expect(await read({ streams: [ann.stream] })).toEqual([ann, anne, anna]);
    // A stream's events up to the last that was recorded by then, those between included.
    expect(await read({ knownAt: "2020-07-15T00:00:00.000Z" })).toEqual([ann, anne, anna]);
    expect(await read({ knownAt: "2020-08-01T00:00:00.000Z", streams: [bob.stream] })).toEqual([bob]);
    expect(await read({ knownAt: "2020-07-14T23:59:59.999Z" })).toEqual([]);
  });

  it("holds every text that an event may hold", async () => {
    const called = (given: string) => ({
      type: "CustomerCreated",
      data: { ...customerCreated("Ann").data, name: given },
    });
    const name = "\0 \ud83d \udc00 \\u0000 \\ 😀";
    log.record("customer", id("Ann"), [called(name), called("\\u0000")], { actor: "\ud83d" });
    await project(dataSource, log.events, undefined, [journalProjection]);
    expect(await read()).toEqual(log.events);
  });

  it("holds no data of a category that is mirrored as hash only", async () => {
    const projection = journalOf({ hashOnly: ["customer"] });
    await project(dataSource, told(), undefined, [projection]);
    expect(await dataSource.query("SELECT DISTINCT data, metadata ->> 'actor' AS actor FROM journal")).toEqual([
      { data: null, actor: "local" },
    ]);
    await expect(read()).rejects.toThrow(JournalHoldsNoData);
  });
});
