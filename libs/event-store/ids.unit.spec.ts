import fc from "fast-check";
import { parse, v5 } from "uuid";
import { describe, expect, it } from "vitest";
import { aggregateId, commandId, eventId } from "./ids.js";

describe("derived ids", () => {
  it("never change: stored events and repeated commands depend on them", () => {
    expect(commandId("p", "a", "k")).toBe("cf210261-ab85-5218-bc06-804c86cc2150");
    expect(aggregateId("p", "a", "k", "account")).toBe("7dcd2bab-aa79-5737-b15b-d7ff94dad148");
    expect(eventId("h")).toBe("f64645d6-1b46-52c3-a344-c6f403fd323c");
  });

  it("are uuids of version 5 of the parts as a JSON array", () => {
    const namespace = parse("26306b80-3bc9-447e-9e8b-e31e4067afb4");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(eventId(text)).toBe(v5(Buffer.from(JSON.stringify(["event", text])), namespace));
      }),
    );
  });

  it("keep the parts apart", () => {
    expect(commandId("p", "a,b", "k")).not.toBe(commandId("p", "a", "b,k"));
    expect(commandId("p", 'a","b', "k")).not.toBe(commandId("p", "a", 'b","k'));
    expect(aggregateId("p", "a", "k", "account")).not.toBe(aggregateId("p", "a", "k", "customer"));
    expect(commandId("p", "a", "k")).not.toBe(aggregateId("p", "a", "k", ""));
  });
});
