import { type DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { RestartFrom } from "#event-store/errors.js";
import { comparePositions } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { projections } from "../read-models.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { customerCreated } from "../spec-support/story.js";
import { loadCheckpoints } from "./checkpoints.js";
import { membersOf } from "./leader.js";
import { recover } from "./recovery.js";
import { type ProjectionRunner, startProjections } from "./runner.js";
import { listStalls } from "./stalls.js";

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

/** An event of a newer program. */
const undecodable = (category: string, streamId: string, type: string) =>
  journal.store.write(streamName(PROVIDER, category, streamId), {
    ...{ id: id(`newer ${type}`), type, data: { effectiveOn: "2020-07-31" } },
    metadata: { ...journal.events.at(-1)?.metadata, schemaVersion: 2 },
  });

it("an event in a quarantine stream that cannot be decoded stalls its provider alone", async () => {
  const { stream } = undecodable("quarantine", PROVIDER, "EventQuarantined");
  journal.record("customer", id("Bob"), [customerCreated("Bob")], { provider: OTHER_PROVIDER });
  await runner.reached(await journal.store.tail(), undefined, OTHER_PROVIDER);
  const stalls = await listStalls(dataSource);
  expect(stalls.map(({ projection }) => projection)).toEqual(projections.map(({ name }) => name).sort());
  expect(new Set(stalls.map(({ providerId, event }) => `${providerId} ${event.stream}`))).toEqual(
    new Set([`${PROVIDER} ${stream}`]),
  );
});

it("a batch that begins after the place where the rows stand ends no stall", async () => {
  undecodable("customer", id("Ann"), "CustomerClosed");
  await runner.reached(await journal.store.tail());
  await runner.stop();
  const members = membersOf(projections, await loadCheckpoints(dataSource));
  const customers = members.find(({ projection: { name } }) => name === "customers");
  const stallOf = async () => (await listStalls(dataSource)).find(({ projection }) => projection === "customers");
  const stall = await stallOf();
  if (!customers || !stall) throw new Error("nothing is stalled");
  const position = await journal.store.tail();
  expect(comparePositions(stall.position, position)).toBeLessThan(0);
  const recovery = recover(
    { store: journal.store, dataSource },
    customers,
    PROVIDER,
    { events: [], position, caughtUp: true },
    position,
  );
  await expect(recovery).rejects.toThrow(new RestartFrom(stall.position));
  expect(await stallOf()).toEqual(stall);
});

it("there is nothing to recover without a stall", async () => {
  const position = await journal.store.tail();
  await runner.reached(position);
  const [member] = membersOf(projections, await loadCheckpoints(dataSource));
  if (!member) throw new Error("there is no projection");
  const options = { store: journal.store, dataSource };
  const batch = { events: [], position, caughtUp: true };
  expect(await recover(options, member, PROVIDER, batch, position)).toEqual({ kind: "NO_STALL" });
});
