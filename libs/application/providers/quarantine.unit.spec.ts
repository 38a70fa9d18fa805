import { beforeEach, describe, expect, it } from "vitest";
import { UndecodableEvent } from "#event-store/errors.js";
import { streamName } from "#event-store/streams.js";
import { type MemorySession, memorySession, run } from "../spec-support/memory-session.js";
import { DEFAULT_PROVIDER_ID } from "./default-provider.js";

const STREAM = streamName(DEFAULT_PROVIDER_ID, "provider", DEFAULT_PROVIDER_ID);
const EVENT_ID = "0a5f7c1e-6f0c-4d27-9c0e-1b1c5f1d2a90";

let session: MemorySession;
beforeEach(async () => {
  session = await memorySession({ systemNow: () => "2026-07-15T12:00:00.000Z" });
});

/** Into the provider's own stream: of a newer program, or of somebody else. */
const write = (metadata: object) =>
  session.store.write(STREAM, { id: EVENT_ID, type: "ProviderSettingsChanged", data: { name: "newer" }, metadata });
const writeBad = () => write({ ...(session.store.log[0]?.metadata as object), schemaVersion: 2 });
const rename = (key: string, name: string) => run(session, "changeProviderSettings", key, { name });
const quarantine = (key: string, revision = "1") =>
  run(session, "quarantineEvent", key, { stream: STREAM, revision, reason: "Written by a trial" });
const revisions = () => session.store.log.filter(({ stream }) => stream === STREAM).map(({ revision }) => revision);

describe("an event that cannot be decoded", () => {
  it("makes commands on its stream fail until it is quarantined; then they go on behind it", async () => {
    writeBad();
    await expect(rename("k1", "one")).rejects.toBeInstanceOf(UndecodableEvent);
    session.facts.stalled.push({
      stream: STREAM,
      revision: "1",
      eventId: EVENT_ID,
      eventType: "ProviderSettingsChanged",
    });
    expect(await quarantine("k2")).toMatchObject({ id: DEFAULT_PROVIDER_ID, repeated: false });
    expect(session.store.log.at(-1)).toMatchObject({
      stream: streamName(DEFAULT_PROVIDER_ID, "quarantine", DEFAULT_PROVIDER_ID),
      type: "EventQuarantined",
      data: {
        ...{ stream: STREAM, revision: "1", eventId: EVENT_ID, eventType: "ProviderSettingsChanged" },
        ...{ effectiveOn: "2026-07-15", personal: { reason: "Written by a trial" } },
      },
      metadata: { actor: "local", origin: "api" },
    });
    await rename("k1", "one");
    await rename("k3", "two");
    expect(revisions()).toEqual([0n, 1n, 2n, 3n]);
    expect((await session.store.readStream(STREAM)).map(({ revision }) => revision)).toEqual([0n, 2n, 3n]);
    expect(await rename("k1", "one")).toMatchObject({ repeated: true });
  });

  it("is quarantined once, however often that is asked", async () => {
    writeBad();
    session.facts.stalled.push({
      stream: STREAM,
      revision: "1",
      eventId: EVENT_ID,
      eventType: "ProviderSettingsChanged",
    });
    await quarantine("k1");
    session.facts.stalled.pop();
    expect(await quarantine("k1")).toMatchObject({ repeated: true });
    expect(await quarantine("k2")).toMatchObject({ repeated: false });
    expect(session.store.log.slice(2).map(({ type }) => type)).toEqual(["EventQuarantined", "CommandAccepted"]);
  });

  it("is the only one that can be quarantined", async () => {
    await expect(quarantine("k1", "0")).rejects.toMatchObject({ code: "VALIDATION_FAILED", field: "revision" });
  });

  it("can be quarantined while the provider's clock is under way, and while read models do not know the provider", async () => {
    writeBad();
    session.facts.stalled.push({
      stream: STREAM,
      revision: "1",
      eventId: EVENT_ID,
      eventType: "ProviderSettingsChanged",
    });
    session.facts.standing = () => new Promise(() => undefined);
    expect(await quarantine("k1")).toMatchObject({ repeated: false });
  });
});

it("what others wrote is no obstacle: not in the middle, and not at the end of a stream", async () => {
  session.store.write(STREAM, { id: EVENT_ID, type: "Noted", data: {}, metadata: {} });
  await rename("k1", "one");
  await rename("k2", "two");
  session.store.write(STREAM, { id: EVENT_ID, type: "Noted", data: {}, metadata: {} });
  await rename("k3", "three");
  expect(revisions()).toEqual([0n, 1n, 2n, 3n, 4n, 5n]);
  expect((await session.store.readStream(STREAM)).map(({ revision }) => revision)).toEqual([0n, 2n, 3n, 5n]);
});
