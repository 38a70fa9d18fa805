import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_PROVIDER_ID } from "#application/providers/default-provider.js";
import { projections } from "#read-models/read-models.js";
import { positionToText } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { type Bench, startBench } from "./spec-support/bench.js";
import { type Client } from "./spec-support/client.js";
import { bearer } from "./spec-support/said-callers.js";

let bench: Bench;
let ours: Client;
let theirs: Client;
beforeAll(async () => {
  bench = await startBench();
  ours = bench.client;
  theirs = await bench.provider();
});
afterAll(() => bench.stop());

const STREAM = streamName(DEFAULT_PROVIDER_ID, "provider", DEFAULT_PROVIDER_ID);

/** Appends an event of a newer program to our provider's stream. */
const writeBad = async (): Promise<string> => {
  const client = EventStoreDBClient.connectionString(bench.eventStoreUrl);
  const [first] = await bench.store.readStream(STREAM, { limit: 1 });
  const event = jsonEvent({
    type: "ProviderSettingsChanged",
    data: { name: "newer" },
    metadata: { ...first?.metadata, schemaVersion: 2 },
  });
  await client.appendToStream(STREAM, event);
  await client.dispose();
  return event.id;
};

interface Health {
  readonly ready: boolean;
  readonly projections: readonly { readonly name: string; readonly status: string }[];
  readonly stalls: readonly { readonly provider: string; readonly readModel: string }[];
}
const health = async () => (await (await fetch(new URL("/health", bench.url), { headers: bearer() })).json()) as Health;
const metrics = async () => (await fetch(new URL("/metrics", bench.url), { headers: bearer() })).text();
const names = projections.map(({ name }) => name);
const STALLS = "{ stalls { readModel position reason since event { stream revision id type } } }";
const rename = (client: Client, name: string) => client.run("changeProviderSettings", { name }, "provider { name }");

describe("an event of a provider that read models cannot take", () => {
  it("stalls this provider only, is shown, and is passed over once it is quarantined", async () => {
    await rename(ours, "before");
    const { position } = await rename(ours, "before it");
    const eventId = await writeBad();
    await expect.poll(async () => (await health()).stalls.length, { timeout: 120_000 }).toBe(names.length);

    // What is written after it is not shown, and waiting would not help.
    const after = positionToText(await bench.store.tail());
    expect((await ours.after(after).ask(STALLS)).errors[0]?.extensions.code).toBe("NOT_VISIBLE_YET");
    await expect.poll(async () => (await theirs.after(after).ask(STALLS)).errors).toEqual([]);

    const reason = `Cannot decode ProviderSettingsChanged at ${STREAM}@3: schema version 2 is newer than this program's 1`;
    const since = expect.stringMatching(/^\d{4}-.*Z$/) as string;
    const event = { stream: STREAM, revision: "3", id: eventId, type: "ProviderSettingsChanged" };
    const stall = (readModel: string) => ({ readModel, position, reason, since, event });
    const sorted = [...names].sort();
    expect(await ours.query(STALLS)).toEqual({ stalls: sorted.map(stall) });
    expect(await theirs.query(STALLS)).toEqual({ stalls: [] });
    const { ready, projections: shown, stalls } = await health();
    expect(ready).toBe(true);
    expect(shown.map(({ name, status }) => [name, status]).sort()).toEqual(sorted.map((name) => [name, "STALLED"]));
    expect(stalls).toEqual(sorted.map((name) => ({ provider: DEFAULT_PROVIDER_ID, ...stall(name) })));
    expect(await metrics()).toMatch(
      /tenure_projection_stalls\{projection="billing"\} 1\n[^]*tenure_providers_stalled 1\n/,
    );

    expect(await rename(theirs, "undisturbed")).toMatchObject({ visible: true, provider: { name: "undisturbed" } });
    // At once: nobody waits for what does not come. Another try is a slow machine's, each would take two seconds otherwise.
    let products = 0;
    const tookMs = async (): Promise<number> => {
      products += 1;
      const before = performance.now();
      const product = { name: `${products} GB`, service: "Internet" };
      expect(await ours.runUnseen("defineAddOnProduct", product)).toMatchObject({ visible: false });
      return performance.now() - before;
    };
    await expect.poll(tookMs).toBeLessThan(1_900);

    const bad = { stream: STREAM, revision: "3" };
    expect(await ours.refused("quarantineEvent", { ...bad, revision: "1", reason: "A typing error" })).toBe(
      "VALIDATION_FAILED revision",
    );
    expect(await theirs.refused("quarantineEvent", { ...bad, reason: "Not theirs" })).toBe(
      "VALIDATION_FAILED revision",
    );
    expect(await ours.previewed("quarantineEvent", { ...bad, reason: "Written by a trial" })).toMatchObject({
      events: [{ type: "EventQuarantined" }],
    });
    expect(await ours.runUnseen("quarantineEvent", { ...bad, reason: "Written by a trial" })).toMatchObject({
      visible: false,
    });
    await expect.poll(async () => (await health()).stalls, { timeout: 120_000 }).toEqual([]);
    expect(await rename(ours, "after")).toMatchObject({ visible: true, provider: { name: "after" } });
    expect(await ours.query("{ addOnProducts { totalCount } }")).toEqual({ addOnProducts: { totalCount: products } });
    expect((await health()).projections.map(({ status }) => status)).toEqual(names.map(() => "LIVE"));
  });
});
