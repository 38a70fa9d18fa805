import { describe, expect, it } from "vitest";
import { supportByMonth, totalCost } from "./support-cost.js";

const STATUSES = ["NEW", "SOLVED"];
const EUROS = { amount: "48.00", currency: "EUR" };
const opened = (createdAt: string, status: string, seconds: number | null) => ({ createdAt, status, seconds });

describe("the cost of support", () => {
  it("is the time of the tickets that a month opened, by the hourly rate", () => {
    const tickets = [
      opened("2026-03-31T21:30:00Z", "SOLVED", 1_800),
      opened("2026-03-31T22:30:00Z", "SOLVED", 100),
      opened("2026-04-02T10:00:00Z", "NEW", null),
      opened("2026-03-02T10:00:00Z", "SOLVED", 45),
    ];
    const months = supportByMonth(tickets, "Europe/Berlin", EUROS, STATUSES);
    expect(months).toEqual([
      {
        month: "2026-03-01",
        tickets: 2,
        byStatus: [{ status: "SOLVED", tickets: 2 }],
        seconds: 1_845,
        withoutTime: 0,
        cost: "24.60",
      },
      {
        month: "2026-04-01",
        tickets: 2,
        byStatus: [
          { status: "NEW", tickets: 1 },
          { status: "SOLVED", tickets: 1 },
        ],
        seconds: 100,
        withoutTime: 1,
        // 1.3333...
        cost: "1.33",
      },
    ]);
    expect(totalCost(months, "EUR")).toBe("25.93");
  });

  it("is not known without a rate, and nothing without tickets", () => {
    expect(supportByMonth([opened("2026-03-02T10:00:00Z", "NEW", 60)], "UTC", null, STATUSES)).toEqual([
      {
        ...{ month: "2026-03-01", tickets: 1, byStatus: [{ status: "NEW", tickets: 1 }] },
        ...{ seconds: 60, withoutTime: 0, cost: null },
      },
    ]);
    expect(supportByMonth([], "UTC", EUROS, STATUSES)).toEqual([]);
  });

  it("has no cents where the currency has none", () => {
    const [month] = supportByMonth(
      [opened("2026-03-02T10:00:00Z", "NEW", 90)],
      "UTC",
      { amount: "4000", currency: "JPY" },
      STATUSES,
    );
    expect(month?.cost).toBe("100");
  });
});
