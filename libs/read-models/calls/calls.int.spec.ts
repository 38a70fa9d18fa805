import { type DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallsEvent } from "#domain/voice/events.js";
import { eventsOf, hourOf, NO_CALLS, recordCalls } from "#domain/voice/recorded-calls.js";
import { type RatedXdr, type UnratedXdr, type Xdr } from "#domain/voice/xdr.js";
import { isOf } from "#event-store/catalogue.js";
import { wholeProvider } from "../rows/scope.js";
import { openDatabases, type TestDatabases } from "../spec-support/database.js";
import { id, Journal, OTHER_PROVIDER, PROVIDER } from "../spec-support/journal.js";
import { callPages } from "./call-pages.js";
import { callsProjection } from "./projection.js";
import { type CallFilter, findCalls, listCalls } from "./queries.js";

const common = {
  leg: "IN" as const,
  accountId: id("account"),
  customerId: id("customer"),
  day: "2026-11-01",
  authorised: "LIVE" as const,
};
const rated = (name: string, answered: string, changes: Partial<RatedXdr> = {}): RatedXdr => ({
  ...{ ...common, state: "RATED", key: id(name), answered, ended: "2026-11-02T00:00:00.000Z" },
  ...{ tariffId: id("tariff"), tariffRevision: 3, prefix: "1", seconds: 31, chargedSeconds: 36 },
  ...{ amount: "0.04600", currency: "USD", personal: { cli: "12015550100", cld: "12065551202" } },
  ...changes,
});
const unrated = (name: string, answered: string, changes: Partial<UnratedXdr> = {}): UnratedXdr => ({
  ...{ ...common, state: "UNRATED", reason: "NO_RATE", key: id(name), answered, ended: null },
  personal: { cli: null, cld: "4930123" },
  ...changes,
});

const NOT_CORRECTED = { billedAmount: null, billedTariffId: null, billedPrefix: null };

const calls: readonly Xdr[] = [
  rated("late", "2026-10-31T22:59:50.000Z", { redirectedTo: "127.0.0.31" }),
  rated("out", "2026-11-01T00:00:00.000Z", { leg: "OUT", amount: "-0.04600" }),
  unrated("unrated", "2026-11-02T11:00:00.000Z"),
  unrated("nobody", "2026-11-02T11:30:00.000Z", {
    ...{ reason: "UNKNOWN_ACCOUNT", accountId: null, customerId: null, day: null, authorised: "STALE" },
  }),
];

let databases: TestDatabases;
let dataSource: DataSource;
/** By call: the event that recorded it, and its place in the log. */
let recorded: readonly { readonly eventId: string; readonly recordedCommit: string }[];
beforeAll(async () => {
  databases = await openDatabases();
  dataSource = await databases.migrated();
  const journal = new Journal();
  const record = (call: Xdr, provider: string) => {
    const hour = hourOf(call.answered);
    const events: CallsEvent[] = recordCalls({ edge: "edge-1", hour, calls: [call] }, NO_CALLS);
    return journal.record("calls", id(`calls ${hour}`), events, { provider });
  };
  recorded = calls
    .flatMap((call) => record(call, PROVIDER))
    .map(({ id: eventId, position }) => ({ eventId, recordedCommit: position.commit.toString() }));
  record(rated("another provider's", "2026-11-01T00:00:00.000Z"), OTHER_PROVIDER);
  const events = journal.events.filter((event) => isOf(event, "calls"));
  // In two batches: the second finds the partitions that the first has made.
  for (const batch of [events.slice(0, 2), events.slice(2)]) {
    await dataSource.transaction((manager) => callsProjection.apply(manager, batch));
  }
});
afterAll(() => databases.stop());

const listed = async (filter: CallFilter = {}, scope = wholeProvider(PROVIDER)): Promise<string[]> => {
  const slice = await listCalls(dataSource, scope, { filter, sort: { by: "ANSWERED" } });
  const names = new Map([
    ...calls.map(({ key }, place) => [key, ["late", "out", "unrated", "nobody"][place]] as const),
  ]);
  return slice.rows.map((row) => names.get(row.id) ?? row.id);
};

describe("the read model of calls", () => {
  it("has a row for each call, with what its event says", async () => {
    const { rows } = await listCalls(dataSource, wholeProvider(PROVIDER), { sort: { by: "ANSWERED" } });
    const row = { providerId: PROVIDER, edge: "edge-1", hour: "2026-10-31T22:00:00.000Z" };
    const of = { accountId: id("account"), customerId: id("customer"), day: "2026-11-01" };
    const first = {
      ...{ ...row, ...of, id: id("late"), month: "2026-10-01", leg: "IN", state: "RATED", reason: null },
      ...{ answered: "2026-10-31T22:59:50.000Z", ended: "2026-11-02T00:00:00.000Z", authorised: "LIVE" },
      ...{
        redirectedTo: "127.0.0.31",
        cli: "12015550100",
        callerHidden: false,
        cld: "12065551202",
        tariffId: id("tariff"),
      },
      ...{ tariffRevision: "3", prefix: "1", seconds: 31, chargedSeconds: 36, amount: "0.04600", currency: "USD" },
      ...{ amountAtFirst: null, voided: false, ...NOT_CORRECTED },
      ...recorded[0],
    };
    const nothing = {
      ...{ tariffId: null, tariffRevision: null, prefix: null, seconds: null, chargedSeconds: null },
      ...{ amountAtFirst: null, voided: false, ...NOT_CORRECTED },
      ...{ amount: null, currency: null, ended: null, redirectedTo: null, cli: null, callerHidden: true },
      cld: "4930123",
    };
    const third = {
      ...{ ...row, ...of, ...nothing, id: id("unrated"), month: "2026-11-01", leg: "IN", state: "UNRATED" },
      ...{ hour: "2026-11-02T11:00:00.000Z" },
      ...{ reason: "NO_RATE", answered: "2026-11-02T11:00:00.000Z", authorised: "LIVE", ...recorded[2] },
    };
    expect(rows).toEqual([
      first,
      {
        ...{ ...first, id: id("out"), month: "2026-11-01", leg: "OUT", answered: "2026-11-01T00:00:00.000Z" },
        ...{ hour: "2026-11-01T00:00:00.000Z", redirectedTo: null, amount: "-0.04600", ...recorded[1] },
      },
      third,
      {
        ...{ ...third, id: id("nobody"), reason: "UNKNOWN_ACCOUNT", answered: "2026-11-02T11:30:00.000Z" },
        ...{ accountId: null, customerId: null, day: null, authorised: "STALE", ...recorded[3] },
      },
    ]);
  });

  it("lists them by account, customer, leg, state, reason and time", async () => {
    expect(await listed()).toEqual(["late", "out", "unrated", "nobody"]);
    expect(await listed({ accountId: id("account") })).toEqual(["late", "out", "unrated"]);
    expect(await listed({ accountId: id("nobody's") })).toEqual([]);
    expect(await listed({ customerId: id("customer"), leg: "OUT" })).toEqual(["out"]);
    expect(await listed({ state: "UNRATED" })).toEqual(["unrated", "nobody"]);
    expect(await listed({ reason: "UNKNOWN_ACCOUNT" })).toEqual(["nobody"]);
    expect(await listed({ from: "2026-11-01T00:00:00.000Z" })).toEqual(["out", "unrated", "nobody"]);
    expect(await listed({ until: "2026-11-01T00:00:00.000Z" })).toEqual(["late"]);
  });

  it("finds them by key, and shows a customer none but its own", async () => {
    const found = await findCalls(dataSource, wholeProvider(PROVIDER), [id("nobody"), id("another provider's"), "x"]);
    expect(found.map((row) => row.id)).toEqual([id("nobody")]);
    const own = { providerId: PROVIDER, customerId: id("customer") };
    expect(await listed({}, own)).toEqual(["late", "out", "unrated"]);
    expect(await listed({}, { ...own, customerId: id("another") })).toEqual([]);
  });

  it("names callers that hide to those who work for the provider, marked, and to no customer", async () => {
    const journal = new Journal();
    const personal = { cli: "390299999", cld: "12065551202", callerHidden: true } as const;
    const hidden = rated("hidden", "2026-11-02T14:00:00.000Z", { customerId: id("hidden's"), personal });
    const events = recordCalls({ edge: "edge-1", hour: "2026-11-02T14:00:00.000Z", calls: [hidden] }, NO_CALLS);
    const recorded = journal.record("calls", id("calls hidden"), events, { provider: OTHER_PROVIDER });
    await dataSource.transaction((manager) =>
      callsProjection.apply(
        manager,
        recorded.filter((event) => isOf(event, "calls")),
      ),
    );
    const all = wholeProvider(OTHER_PROVIDER);
    const own = { ...all, customerId: id("hidden's") };
    for (const [scope, cli] of [[all, "390299999"] as const, [own, null] as const]) {
      const shown = [{ id: id("hidden"), cli, callerHidden: true, cld: "12065551202" }];
      expect(await findCalls(dataSource, scope, [id("hidden")])).toMatchObject(shown);
      const filter = { customerId: id("hidden's") };
      const { rows } = await listCalls(dataSource, scope, { filter, sort: { by: "ANSWERED" } });
      expect(rows).toMatchObject(shown);
      const named: unknown[] = [];
      for await (const page of callPages(dataSource, scope, filter)) named.push(...page.map(({ call }) => call));
      expect(named).toMatchObject(shown);
    }
  });

  it("shows a call that was given an amount as it is now", async () => {
    const journal = new Journal();
    const hour = "2026-11-02T13:00:00.000Z";
    const before = unrated("settled", "2026-11-02T13:05:00.000Z");
    const after = rated("settled", "2026-11-02T13:05:00.000Z");
    const common = { edge: "edge-1", hour, effectiveOn: "2026-11-02" };
    const events = [...eventsOf([before], common), ...eventsOf([after], { ...common, settles: true })];
    const recorded = journal.record("calls", id(`calls ${hour}`), events, { provider: OTHER_PROVIDER });
    await dataSource.transaction((manager) =>
      callsProjection.apply(
        manager,
        recorded.filter((event) => isOf(event, "calls")),
      ),
    );
    const found = await findCalls(dataSource, wholeProvider(OTHER_PROVIDER), [id("settled")]);
    expect(found).toMatchObject([{ state: "RATED", reason: null, amount: "0.04600", eventId: recorded[1]?.id }]);
  });

  it("keeps each month of answers in a partition of its own", async () => {
    const partitions = await dataSource.query<{ name: string }[]>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'xdrs'::regclass ORDER BY name",
    );
    expect(partitions).toEqual([{ name: "xdrs_2026_10" }, { name: "xdrs_2026_11" }]);
  });
});
