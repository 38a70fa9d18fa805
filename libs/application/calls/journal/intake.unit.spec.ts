import { beforeEach, describe, expect, it } from "vitest";
import { callsOf, type CallsRecorded } from "#domain/voice/events.js";
import { isCallerHidden, type Xdr } from "#domain/voice/xdr.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { LOCAL } from "../../spec-support/memory-session.js";
import { endLine, startLine, type WrittenCall } from "../../spec-support/journal-lines.js";
import { MemoryClient } from "../../spec-support/memory-client.js";
import { tellStory } from "../../spec-support/story.js";
import { Unavailable } from "../../command/unavailable.js";
import { type ChargedBy } from "./charging.js";
import { CallIntake, type IntakeSession, type JournalReport } from "./intake.js";

const NOW = "2026-11-28T12:05:00.000Z";
const ANSWERED = "2026-11-28T12:00:00.250Z";
const { providerId } = LOCAL;
let client: MemoryClient;
let session: IntakeSession;
let intake: CallIntake;
let ids: { readonly accountId: string; readonly customerId: string; readonly tariffId: string };

const events = (): CallsRecorded["data"][] =>
  client.session.store.log
    .filter(({ type }) => type === "CallsRecorded")
    .map(({ data }) => data as CallsRecorded["data"]);
const recorded = (): Xdr[] => events().flatMap(callsOf);
/** A ref is who is charged, as it stands; refs that are signed have specs of their own. */
const ref = (leg: "IN" | "OUT" = "IN", changes: Partial<ChargedBy> = {}): string =>
  JSON.stringify({ ...ids, leg, ...changes });

beforeEach(async () => {
  client = await MemoryClient.at("2026-11-01T00:00:00.000Z");
  const { accountId, customerId } = await tellStory(client);
  const { id: tariffId } = await client.run("defineTariff", { name: "Calls", currency: "USD" });
  const rate = { effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.06", priceNext: "0.06", connectFee: "0.01" };
  const rates = [{ prefix: "1", ...rate, firstInterval: 30, nextInterval: 6 }];
  await client.run("changeRates", { tariffId, rates });
  client.moveTo(NOW);
  ids = { accountId, customerId, tariffId };
  session = {
    ...client.session,
    findRecorded: (_provider, keys) =>
      Promise.resolve(
        recorded().flatMap(({ redirectedTo = null, personal, ...call }) =>
          keys.includes(call.key)
            ? [{ ...call, ...personal, callerHidden: isCallerHidden(personal), redirectedTo }]
            : [],
        ),
      ),
    readRef: (text) => (text.startsWith("{") ? (JSON.parse(text) as ChargedBy) : null),
  };
  intake = new CallIntake(session);
});

const call = (callId: string, changes: Partial<WrittenCall> = {}): WrittenCall => ({
  ...{ callId, answered: ANSWERED, legs: { IN: ref() } },
  ...changes,
});
const report = (ended: readonly string[], interrupted: readonly string[] = []): JournalReport => ({
  ...{ sentAt: NOW, ended, interrupted },
});
const take = (ended: readonly string[], interrupted?: readonly string[], edge = "edge-1", by = intake) =>
  by.take(providerId, edge, report(ended, interrupted));
const NOTHING = { recorded: 0, repeated: 0, differing: [], unreadable: 0 };

describe("calls that an edge reports", () => {
  it("are rated by what billing said of them, in the stream of their hour", async () => {
    const twice = call("c1", {
      legs: { IN: ref(), OUT: ref("OUT") },
      outTo: "12065551201",
      redirectedTo: "127.0.0.31",
    });
    expect(await take([endLine(twice)])).toEqual({ ...NOTHING, recorded: 2 });
    const common = {
      ...{ state: "RATED", accountId: ids.accountId, customerId: ids.customerId, day: "2026-11-28" },
      ...{ answered: ANSWERED, ended: "2026-11-28T12:00:30.250Z", authorised: "LIVE", redirectedTo: "127.0.0.31" },
      ...{ tariffId: ids.tariffId, tariffRevision: 0, prefix: "1", seconds: 30, chargedSeconds: 30 },
      ...{ amount: "0.04000", currency: "USD", key: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
    };
    expect(events()).toEqual([
      {
        ...{ edge: "edge-1", hour: "2026-11-28T12:00:00.000Z", effectiveOn: "2026-11-28" },
        calls: [
          { ...common, leg: "IN" },
          { ...common, leg: "OUT" },
        ],
        personal: {
          numbers: [
            { cli: "12015550100", cld: "12065551202" },
            { cli: "12015550100", cld: "12065551201" },
          ],
        },
      },
    ]);
    expect(client.session.store.log.at(-1)?.metadata).toMatchObject({ actor: "edge:edge-1", origin: "system" });
  });

  it("are rated by who calls where it hides, too, and say that it hides", async () => {
    const { id: tariffId } = await client.run("defineTariff", { name: "By origin", currency: "USD", matchBy: "CLI" });
    const rate = { effectiveFrom: "2020-01-01T00:00:00Z", priceFirst: "0.12", priceNext: "0.12" };
    await client.run("changeRates", { tariffId, rates: [{ prefix: "39", ...rate }] });
    const hides = call("h1", { cli: "39021234567", hidden: true, legs: { IN: ref("IN", { tariffId }) } });
    const nameless = call("h2", { cli: "", hidden: true });
    expect(await take([endLine(hides), endLine(nameless)])).toEqual({ ...NOTHING, recorded: 2 });
    expect(events().flatMap(({ personal }) => personal.numbers)).toEqual([
      { cli: "39021234567", cld: "12065551202", callerHidden: true },
      // Nobody knows it.
      { cli: null, cld: "12065551202" },
    ]);
    expect(recorded().map((xdr) => xdr.state === "RATED" && [xdr.prefix, xdr.amount])).toEqual([
      ["39", "0.06000"],
      ["1", "0.04000"],
    ]);
    expect(await take([endLine(hides), endLine(nameless)])).toEqual({ ...NOTHING, repeated: 2 });
    expect(await take([endLine({ ...hides, hidden: false })])).toEqual({
      ...{ ...NOTHING, repeated: 1 },
      differing: [recorded()[0]?.key],
    });
  });

  it("are dropped in no case: without an amount they say why", async () => {
    const lines = [
      endLine(call("of nobody", { legs: { IN: "forged" } })),
      endLine(call("of another leg", { legs: { OUT: ref("IN") } })),
      endLine(call("without a rate", { cld: "4930123" })),
      endLine(call("ahead", { answered: "2026-11-28T12:10:00.001Z" })),
      "torn|1;E;17959",
      startLine(call("a start is no end")),
    ];
    expect(await take(lines, [startLine(call("interrupted"))])).toEqual({ ...NOTHING, recorded: 5, unreadable: 2 });
    expect(recorded().map((xdr) => xdr.state === "UNRATED" && [xdr.reason, xdr.accountId, xdr.ended])).toEqual([
      ["UNKNOWN_ACCOUNT", null, "2026-11-28T12:00:30.250Z"],
      ["UNKNOWN_ACCOUNT", null, "2026-11-28T12:00:30.250Z"],
      ["NO_RATE", ids.accountId, "2026-11-28T12:00:30.250Z"],
      ["AHEAD", ids.accountId, "2026-11-28T12:10:30.001Z"],
      ["INTERRUPTED", ids.accountId, null],
    ]);
    expect(client.session.logged).toEqual(["lines of a journal could not be read"]);
  });

  it("are recorded once each, shuffled, three times, by two copies of the API at once, whatever dies (V11)", async () => {
    const lines = Array.from({ length: 40 }, (_, at) => {
      const answered = new Date(Date.parse(ANSWERED) - at * 300_000).toISOString();
      return endLine(call(`c${at}`, { answered, legs: { IN: ref(), ...(at % 2 && { OUT: ref("OUT") }) } }));
    });
    const { store } = client.session;
    let appends = 0;
    // Of three appends one is made without an answer, and one is not made.
    const failing: IntakeSession["store"] = {
      readStream: (...asked) => store.readStream(...asked),
      tail: () => store.tail(),
      append: async (...asked) => {
        appends += 1;
        const appended = appends % 3 === 0 ? null : await store.append(...asked);
        if (appends % 3 < 2 || appended === null) throw new StoreUnavailable("it appended, or not");
        return appended;
      },
    };
    const copy = () => new CallIntake({ ...session, store: failing });
    const copies = [copy(), copy(), copy()];
    const shuffled = (seed: number) => lines.toSorted((a, b) => ((a.length * seed) % 7) - ((b.length * seed) % 7));
    const send = async (some: readonly string[], by: CallIntake): Promise<void> => {
      for (;;) {
        try {
          await take(some, [], "edge-1", by);
          return;
        } catch (error) {
          if (!(error instanceof StoreUnavailable) && !(error instanceof Unavailable)) throw error;
        }
      }
    };
    await Promise.all(copies.map((by, at) => send(shuffled(at + 3), by)));
    await send(lines.toReversed(), copy());
    const keys = recorded().map(({ key }) => key);
    expect(keys).toHaveLength(60);
    expect(new Set(keys).size).toBe(60);
    // Another edge's calls are other calls, whatever they are named.
    expect(await take([endLine(call("c0"))], [], "edge-2")).toEqual({ ...NOTHING, recorded: 1 });
  });

  it("keep what was reported first, and tell what is reported otherwise", async () => {
    expect(await take([endLine(call("c1")), endLine(call("c1"))])).toEqual({ ...NOTHING, recorded: 1, repeated: 1 });
    const [first] = recorded();
    const longer = endLine(call("c1", { seconds: 90 }));
    const differing = [first?.key];
    expect(await take([longer], [startLine(call("c1"))])).toEqual({ ...NOTHING, repeated: 2, differing });
    expect(await take([longer], [], "edge-1", new CallIntake(session))).toEqual({ ...NOTHING, repeated: 1, differing });
    expect(recorded()).toEqual([first]);
    expect(client.session.logged).toEqual(Array(2).fill("calls were reported again with another content"));
  });

  it("are moved to the test clock, and stay what they are when it stands elsewhere later", async () => {
    const provider = await client.session.facts.provider(providerId);
    if (!provider) throw new Error("there is a provider");
    const moved = (testClock: string): CallIntake => {
      const facts = {
        provider: () => Promise.resolve({ ...provider, testClock }),
        charging: session.facts.charging,
        identifierKey: session.facts.identifierKey,
      };
      return new CallIntake({ ...session, facts });
    };
    const first = moved("2027-01-31T23:00:00.000Z");
    const late = call("c1", { answered: "2026-11-28T12:04:59.000Z", seconds: 5 });
    expect(await take([endLine(late)], [], "edge-1", first)).toEqual({ ...NOTHING, recorded: 1 });
    expect(events()).toMatchObject([
      {
        ...{ hour: "2026-11-28T12:00:00.000Z", shiftMs: 5_568_900_000, effectiveOn: "2027-01-31" },
        calls: [{ answered: "2027-01-31T22:59:59.000Z", ended: "2027-01-31T23:00:04.000Z", day: "2027-01-31" }],
      },
    ]);
    const later = moved("2027-03-01T00:00:00.000Z");
    expect(await take([endLine(late)], [], "edge-1", later)).toEqual({ ...NOTHING, repeated: 1 });
  });

  it("fit their events: 500 calls each, of at most 500 lines", async () => {
    const lines = Array.from({ length: 500 }, (_, at) =>
      endLine(call(`c${at}`, { legs: { IN: ref(), OUT: ref("OUT") } })),
    );
    expect(await take(lines)).toEqual({ ...NOTHING, recorded: 1_000 });
    expect(events().every(({ calls, personal }) => JSON.stringify({ calls, personal }).length < 241_000)).toBe(true);
    await expect(take([...lines, ...lines])).rejects.toThrow("A report has at most 500 lines.");
  });

  it("wait until the read models show all rates, and while the clock moves", async () => {
    const behind = new CallIntake({ ...session, visible: () => Promise.resolve(false) });
    await expect(take([endLine(call("c1"))], [], "edge-1", behind)).rejects.toThrow(Unavailable);
    expect(recorded()).toEqual([]);
  });
});
