import { describe, expect, it } from "vitest";
import { commitment } from "../spec-support/history.js";
import { isEarly, statusOn } from "./commitment.js";

describe("a commitment", () => {
  it("is active through its last day, terminated from the next", () => {
    const ended = commitment({}, "2020-10-31");
    expect(statusOn(ended, "2020-10-31")).toBe("ACTIVE");
    expect(statusOn(ended, "2020-11-01")).toBe("TERMINATED");
    expect(statusOn(commitment(), "2099-01-01")).toBe("ACTIVE");
  });

  it("ends early when a discounted day stays unserved", () => {
    expect(isEarly("2021-02-27", "2021-03-01")).toBe(true);
    expect(isEarly("2021-02-28", "2021-03-01")).toBe(false);
    expect(isEarly("2021-03-01", "2021-03-01")).toBe(false);
    expect(isEarly("2019-03-01", null)).toBe(false);
  });

  it("keeps the ids of the events that its lines name as causes", () => {
    expect(commitment({}, "2020-10-31")).toMatchObject({
      start: "2019-03-01",
      assignedEventId: "commitment-1/assigned",
      termination: { on: "2020-10-31", early: true, eventId: "commitment-1/terminated" },
    });
  });
});
