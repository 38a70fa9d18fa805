import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodContaining } from "../billing-periods.js";
import { startOfDay } from "../calendar.js";
import { customerCreated } from "../spec-support/examples.js";
import { changeCustomerBilling } from "./change-billing.js";
import { type Customer, customerEvolver, timeZoneOn, todayOf } from "./customer.js";
import { type CustomerEvent } from "./events.js";
import { MONTHLY } from "../spec-support/history.js";

const nothingHeld = { rowsHeldFrom: () => [] };

const apply = (state: Customer | null, events: readonly CustomerEvent[]): Customer => {
  const next = events.reduce((before, event) => customerEvolver.evolve(before, event, "event"), state);
  if (!next) throw new Error("no customer");
  return next;
};

const moved = (timeZone: string, to: string) =>
  apply(null, [
    customerCreated({ timeZone, effectiveOn: "2020-07-01" }),
    ...changeCustomerBilling(
      { timeZone: to, now: "2020-07-20T12:00:00.000Z" },
      apply(null, [customerCreated({ timeZone })]),
      nothingHeld,
    ),
  ]);

describe("today", () => {
  it("is the date in the billing time zone", () => {
    const customer = apply(null, [customerCreated({ timeZone: "America/Vancouver" })]);
    expect(todayOf(customer, "2020-08-01T06:59:59.999Z")).toBe("2020-07-31");
    expect(todayOf(customer, "2020-08-01T07:00:00.000Z")).toBe("2020-08-01");
  });

  it("goes on by the old zone's clock until the period has ended", () => {
    const customer = moved("America/Vancouver", "Europe/Berlin");
    expect(todayOf(customer, "2020-07-31T23:00:00.000Z")).toBe("2020-07-31");
    expect(todayOf(customer, "2020-08-01T06:59:59.999Z")).toBe("2020-07-31");
    expect(todayOf(customer, "2020-08-01T07:00:00.000Z")).toBe("2020-08-01");
    expect(todayOf(customer, "2020-08-01T22:00:00.000Z")).toBe("2020-08-02");
  });

  it("stays on the first day of the new zone while that zone is behind", () => {
    const customer = moved("Europe/Berlin", "America/Vancouver");
    expect(todayOf(customer, "2020-07-31T21:59:59.999Z")).toBe("2020-07-31");
    expect(todayOf(customer, "2020-07-31T22:00:00.000Z")).toBe("2020-08-01");
    expect(todayOf(customer, "2020-08-02T06:59:59.999Z")).toBe("2020-08-01");
    expect(todayOf(customer, "2020-08-02T07:00:00.000Z")).toBe("2020-08-02");
  });

  it("never runs backwards, and a period ends by the clock of its last day, whatever zones a customer moved through", () => {
    const zone = fc.constantFrom(
      "UTC",
      "Pacific/Apia",
      "Etc/GMT+12",
      "Pacific/Kiritimati",
      "America/Sao_Paulo",
      "Asia/Beirut",
    );
    const hours = fc.integer({ min: 0, max: 24 * 120 });
    const instant = (hour: number) => new Date(Date.UTC(2011, 10, 1) + hour * 3_600_000).toISOString();
    fc.assert(
      fc.property(
        zone,
        fc.array(fc.tuple(hours, zone), { maxLength: 4 }),
        fc.array(hours, { minLength: 2, maxLength: 30 }),
        (first, changes, moments) => {
          let customer = apply(null, [customerCreated({ timeZone: first, effectiveOn: "2011-10-01" })]);
          for (const [hour, timeZone] of [...changes].sort(([a], [b]) => a - b)) {
            const now = instant(hour);
            const before = todayOf(customer, now);
            customer = apply(customer, changeCustomerBilling({ timeZone, now }, customer, nothingHeld));
            expect(todayOf(customer, now)).toBe(before);
          }
          const days = [...moments].sort((a, b) => a - b).map((hour) => todayOf(customer, instant(hour)));
          expect(days).toEqual([...days].sort());
          for (const day of days) {
            const { to } = periodContaining(MONTHLY, day);
            const lastDay = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
            const end = startOfDay(to, timeZoneOn(customer, lastDay));
            expect(todayOf(customer, end) >= to).toBe(true);
            expect(todayOf(customer, new Date(Date.parse(end) - 1).toISOString()) < to).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
