import { describe, expect, it } from "vitest";
import { isQuarantined, quarantineEvent, quarantineEvolver } from "./quarantine.js";

const event = {
  ...{ stream: "tenure.x.customer-1", revision: "4", eventId: "event-1", eventType: "CustomerClosed" },
  reason: "written by hand",
};

describe("quarantining an event", () => {
  const recorded = quarantineEvent({ ...event, today: "2020-07-01" }, quarantineEvolver.initial);
  const quarantine = recorded.reduce(
    (state, found) => quarantineEvolver.evolve(state, found, ""),
    quarantineEvolver.initial,
  );

  it("records which one, when and why", () => {
    const { reason, ...named } = event;
    expect(recorded).toEqual([
      { type: "EventQuarantined", data: { ...named, effectiveOn: "2020-07-01", personal: { reason } } },
    ]);
    expect(quarantine).toEqual([event]);
  });

  it("is done once, and concerns no other event", () => {
    expect(quarantineEvent({ ...event, reason: "again", today: "2020-07-02" }, quarantine)).toEqual([]);
    expect(isQuarantined(quarantine, event)).toBe(true);
    expect(isQuarantined(quarantine, { ...event, revision: "5" })).toBe(false);
    expect(isQuarantined(quarantine, { ...event, stream: "tenure.x.customer-2" })).toBe(false);
  });
});
