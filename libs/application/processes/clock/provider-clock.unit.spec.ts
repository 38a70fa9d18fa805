import { describe, expect, it } from "vitest";
import { moveClock } from "#domain/providers/provider.js";
import { eventTypes } from "#event-store/catalogue.js";
import { WrongExpectedRevision } from "#event-store/errors.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { streamName } from "#event-store/streams.js";
import { ProviderClock } from "./provider-clock.js";

const PROVIDER = "9a000000-0000-4000-8000-000000000001";
const STREAM = streamName(PROVIDER, "provider", PROVIDER);
const [AT, TO] = ["2020-08-01T12:00:00.000Z", "2020-09-01T00:00:00.000Z"];

/** A provider's stream that ends with somebody else's event. */
const storeWithForeignEnd = (): InMemoryEventStore => {
  const store = new InMemoryEventStore(eventTypes);
  const metadata = {
    ...{ provider: PROVIDER, correlationId: "c", causationId: "c", actor: "spec", commandId: "c", recordedAt: AT },
    ...{ commandHash: "h", schemaVersion: 1, contentHash: "h" },
  };
  const created = { providerId: PROVIDER, name: "Spec", invoiceNumberPrefix: "", effectiveOn: "2020-08-01" };
  store.write(STREAM, { id: "1", type: "ProviderCreated", data: created, metadata });
  store.write(STREAM, { id: "2", type: "TestClockSet", data: { at: AT, effectiveOn: "2020-08-01" }, metadata });
  store.write(STREAM, { id: "3", type: "Noted", data: {}, metadata: {} });
  return store;
};

describe("the steps of a walk", () => {
  it("come after events that are passed over", async () => {
    const store = storeWithForeignEnd();
    const clock = new ProviderClock(store, PROVIDER);
    const { state } = await clock.step("walk", TO, (provider) => moveClock({ at: TO }, provider));
    expect(state?.testClock).toBe(TO);
    expect(store.log.map(({ type }) => type)).toEqual(["ProviderCreated", "TestClockSet", "Noted", "TestClockMoved"]);
  });

  it("are given up where the stream keeps being elsewhere", async () => {
    const store = storeWithForeignEnd();
    let attempts = 0;
    store.onAppend = (stream) => {
      attempts += 1;
      throw new WrongExpectedRevision(stream, 1n, 2n);
    };
    const step = new ProviderClock(store, PROVIDER).step("walk", TO, (provider) => moveClock({ at: TO }, provider));
    await expect(step).rejects.toThrow(WrongExpectedRevision);
    expect(attempts).toBe(5);
  });
});
