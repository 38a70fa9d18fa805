import { describe, expect, it } from "vitest";
import { assertWritable, decode, type EventTypes, type StoredEvent } from "./codec.js";
import { UndecodableEvent } from "./errors.js";
import { metadata } from "./spec-support/counter.js";

const types: EventTypes = {
  Moved: {
    version: 3,
    upcast: {
      1: (data) => ({ ...data, second: true }),
      2: (data) => ({ ...data, third: true }),
    },
  },
  Torn: { version: 2 },
};

const stored = (changes: Partial<StoredEvent> = {}): StoredEvent => ({
  stream: "tenure.x",
  revision: 7n,
  position: { commit: 1n, prepare: 1n },
  id: "id",
  type: "Moved",
  data: { first: true },
  metadata: metadata({ schemaVersion: 3 }),
  ...changes,
});

describe("decode", () => {
  it("passes events of the current version through", () => {
    const event = decode(types, stored());
    expect(event.data).toEqual({ first: true });
    expect(event).not.toHaveProperty("stored");
  });

  it("upcasts step by step and keeps what was stored", () => {
    const event = decode(types, stored({ metadata: metadata({ schemaVersion: 1 }) }));
    expect(event.data).toEqual({ first: true, second: true, third: true });
    expect(event.stored).toEqual({ first: true });
    expect(event.metadata.schemaVersion).toBe(1);
  });

  it.each<[string, Partial<StoredEvent>, RegExp]>([
    ["an unknown type", { type: "Vanished" }, /Cannot decode Vanished at tenure.x@7: .*not registered/],
    ["a type named like a member of every object", { type: "constructor" }, /not registered/],
    [
      "malformed JSON, which arrives as text",
      { data: '{"first":' },
      /Moved at tenure.x@7: its data is not a JSON object/,
    ],
    ["bytes", { data: new Uint8Array(1) }, /not a JSON object/],
    ["a list", { data: [] }, /not a JSON object/],
    ["null", { data: null }, /not a JSON object/],
    ["no metadata", { metadata: undefined }, /its metadata is not a JSON object/],
    ["incomplete metadata", { metadata: { ...metadata(), actor: "" } }, /metadata.actor is missing/],
    ["an origin that is none", { metadata: { ...metadata(), origin: "fax" } }, /metadata.origin is unknown/],
    ["a version of another kind", { metadata: { ...metadata(), schemaVersion: "1" } }, /metadata.schemaVersion/],
    ["a newer version", { metadata: metadata({ schemaVersion: 4 }) }, /newer than this program's 3/],
    ["a missing upcaster", { type: "Torn", metadata: metadata() }, /no upcaster from schema version 1/],
  ])("refuses %s, naming stream, revision and type", (_, changes, message) => {
    expect(() => decode(types, stored(changes))).toThrow(UndecodableEvent);
    expect(() => decode(types, stored(changes))).toThrow(message);
  });

  it("names the event when an upcaster fails", () => {
    const failing: EventTypes = {
      Moved: {
        version: 2,
        upcast: {
          1: () => {
            throw new Error("no such thing");
          },
        },
      },
    };
    const event = stored({ metadata: metadata() });
    expect(() => decode(failing, event)).toThrow(/Moved at tenure.x@7: no such thing/);
  });
});

describe("assertWritable", () => {
  const event = { id: "id", type: "Moved", data: { a: 1 }, metadata: metadata({ schemaVersion: 3 }) };

  it("accepts what can be read back", () => {
    expect(() => {
      assertWritable(types, event);
    }).not.toThrow();
  });

  it.each([
    ["an unknown type", { ...event, type: "Vanished" }, /Vanished is not registered/],
    ["an old version", { ...event, metadata: metadata() }, /schema version 3, not 1/],
    ["a bigint", { ...event, data: { a: 1n } }, /bigint/],
    ["a list", { ...event, data: [] }, /not an object/],
    ["no command", { ...event, metadata: metadata({ schemaVersion: 3, commandId: "" }) }, /commandId/],
  ])("refuses %s", (_, unfit, message) => {
    expect(() => {
      assertWritable(types, unfit);
    }).toThrow(message);
  });
});
