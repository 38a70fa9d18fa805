import canonicalize from "canonicalize";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decode } from "./codec.js";
import { commandHash, contentHash, NO_HASH, verifyChain } from "./content-hash.js";
import { originOf, type RecordedEvent } from "./event.js";
import { InMemoryEventStore } from "./spec-support/in-memory-event-store.js";
import { added, counterStream, counterTypes, metadata, chained } from "./spec-support/counter.js";

const stream = counterStream("1");

const recorded = async (): Promise<RecordedEvent[]> => {
  const store = new InMemoryEventStore(counterTypes);
  await store.append(stream, "no_stream", chained(stream, "command-1", [added(1), added(2, "note"), added(3)]));
  return store.readStream(stream);
};

describe("content hashes", () => {
  it("hold for what was stored and read back", async () => {
    expect(verifyChain(await recorded())).toBeUndefined();
    expect(verifyChain([])).toBeUndefined();
  });

  it("can be recomputed by the recipe in docs/events.md, with tools of others", async () => {
    let previous = "";
    for (const { stream: name, type, data, metadata: stored } of await recorded()) {
      const { contentHash: found, ...others } = stored;
      const json = canonicalize({ ...others, stream: name, type, data });
      const expected = createHash("sha256")
        .update(`${previous}${json ?? ""}`, "utf8")
        .digest("hex");
      expect(found).toBe(expected);
      previous = found;
    }
  });

  it("hold for a part of the stream, given what came before", async () => {
    const [first, ...rest] = await recorded();
    const after = { revision: 0n, contentHash: first?.metadata.contentHash ?? "" };
    expect(verifyChain(rest, after)).toBeUndefined();
    expect(verifyChain(rest)).toMatchObject({ revision: 1n });
  });

  it.each([
    ["data", (e: RecordedEvent) => ({ ...e, data: { amount: 2000 } })],
    ["the type", (e: RecordedEvent) => ({ ...e, type: "Subtracted" })],
    ["who", (e: RecordedEvent) => ({ ...e, metadata: { ...e.metadata, actor: "somebody else" } })],
    ["where it came in", (e: RecordedEvent) => ({ ...e, metadata: { ...e.metadata, origin: "cli" as const } })],
    ["when", (e: RecordedEvent) => ({ ...e, metadata: { ...e.metadata, recordedAt: "2021-01-01T00:00:00.000Z" } })],
    ["the hash itself", (e: RecordedEvent) => ({ ...e, metadata: { ...e.metadata, contentHash: "0".repeat(64) } })],
  ])("name the event in which %s was changed", async (_, change) => {
    const events = await recorded();
    const tampered = events.map((event, index) => (index === 1 ? change(event) : event));
    expect(verifyChain(tampered)).toMatchObject({ stream, revision: 1n });
  });

  it("name the event before which one is missing", async () => {
    const events = await recorded();
    expect(verifyChain(events.toSpliced(1, 1))).toMatchObject({ revision: 2n, reason: "expected revision 1" });
  });

  it("look at the data as stored, not as upcast", async () => {
    const newer = { Added: { version: 2, upcast: { 1: (data: object) => ({ ...data, currency: "EUR" }) } } };
    const events = (await recorded()).map((event) => decode(newer, event));
    expect(events[0]?.data).toEqual({ amount: 1, currency: "EUR" });
    expect(verifyChain(events)).toBeUndefined();
  });

  it("never change: they are stored for ever", () => {
    const content = { stream: "s", type: "T", data: { b: 1, a: "x" }, metadata: metadata() };
    expect(contentHash(NO_HASH, content)).toBe("3fe33e6d47409d6af499f743bbc611c3c1890398f0c1e1556d17f93dfd07a19d");
    expect(commandHash("add", { b: 1, a: 2 })).toBe(commandHash("add", { a: 2, b: 1 }));
    expect(commandHash("add", { a: 2 })).not.toBe(commandHash("subtract", { a: 2 }));
  });
});

describe("where a command came in", () => {
  it.each([
    [metadata({ origin: "system", actor: "worker" }), "system"],
    [metadata({ actor: "worker" }), "worker"],
    [metadata({ actor: "local" }), "api"],
  ])("is told by its event, or by the actor's name where it is not recorded", (recordedWith, expected) => {
    expect(originOf(recordedWith)).toBe(expected);
  });
});
