import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keyEvolver } from "#domain/keys/key.js";
import { loadAggregate } from "#event-store/fold.js";
import { streamName } from "#event-store/streams.js";
import { DEFAULT_PROVIDER_ID } from "../providers/default-provider.js";
import { memorySession, run } from "../spec-support/memory-session.js";
import { KeyCallers } from "./key-callers.js";

const NOW = "2026-11-29T12:00:00.000Z";
const systemNow = () => NOW;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it("a key is looked at again after four seconds, and refused once its stream says that it was revoked", async () => {
  const session = await memorySession({ systemNow });
  const { id, secret } = await run(session, "grantKey", "grant", { label: "Desk", roles: ["csr"], reason: "New" });
  const { state } = await loadAggregate(session.store, streamName(DEFAULT_PROVIDER_ID, "key", id), keyEvolver);
  if (state === null || secret === null) throw new Error("No key was granted.");
  // The read model stands still.
  const projected = { providerId: DEFAULT_PROVIDER_ID, state };
  let looks = 0;
  const find = () => {
    looks += 1;
    return Promise.resolve(projected);
  };
  const callers = new KeyCallers({ store: session.store, find, findById: find, systemNow });
  const caller = { actor: `key:${id}`, roles: ["csr"], providerId: DEFAULT_PROVIDER_ID, customerId: null };
  expect(await Promise.all([1, 2, 3].map(() => callers.callerOf(secret)))).toEqual([caller, caller, caller]);
  await run(session, "revokeKey", "revoke", { keyId: id, reason: "Leaked" });
  vi.advanceTimersByTime(3_999);
  expect([await callers.callerOf(secret), looks]).toEqual([caller, 1]);
  vi.advanceTimersByTime(1);
  expect([await callers.callerOf(secret), looks]).toEqual([null, 2]);
});
