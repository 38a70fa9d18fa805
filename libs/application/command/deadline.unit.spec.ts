import { describe, expect, it } from "vitest";
import { eventTypes } from "#event-store/catalogue.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { START } from "#event-store/position.js";
import { InMemoryEventStore } from "#event-store/spec-support/in-memory-event-store.js";
import { storeWithin } from "./deadline.js";

describe("the store of a command with a deadline", () => {
  it("answers as the store does", async () => {
    const store = new InMemoryEventStore(eventTypes);
    const bounded = storeWithin(store, 60_000);
    expect([await bounded.tail(), await bounded.readStream("none")]).toEqual([START, []]);
  });

  it("ends all of its calls together: one that is under way, and those that come later", async () => {
    const store = new InMemoryEventStore(eventTypes);
    store.readStream = () => new Promise(() => undefined);
    const bounded = storeWithin(store, 30);
    await expect(bounded.readStream("one")).rejects.toThrow(
      new StoreUnavailable("read one: the command has taken 30 ms"),
    );
    await expect(bounded.tail()).rejects.toThrow(StoreUnavailable);
  });
});
