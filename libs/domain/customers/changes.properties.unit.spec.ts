import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BillingPeriodType, billingPeriodTypes, periodContaining } from "../billing-periods.js";
import { addDays, daysBetween, type Interval, startOfDay } from "../calendar.js";
import { customerCreated } from "../spec-support/examples.js";
import { changeCustomerBilling, type ChangeCustomerBilling } from "./change-billing.js";
import {
  billingPeriodOf,
  type Customer,
  customerEvolver,
  cycleOn,
  naturalDaysOf,
  timeZoneOn,
  todayOf,
} from "./customer.js";
import { type CustomerEvent } from "./events.js";

/** Zones on either side of the date line, with clocks that change, and one that skips December 30, 2011. */
const ZONES = [
  "UTC",
  "Pacific/Apia",
  "Etc/GMT+12",
  "Pacific/Kiritimati",
  "America/Sao_Paulo",
  "Europe/Berlin",
] as const;
const FIRST = "2011-09-17";

const zone = fc.constantFrom(...ZONES);
const type = fc.constantFrom(...billingPeriodTypes);
const anniversaryDay = fc.integer({ min: 1, max: 31 });
const instant = (hour: number) => new Date(Date.parse(`${FIRST}T00:00:00Z`) + hour * 3_600_000).toISOString();

/** What a change names: an anniversary day with its type, or for a customer that has one. */
interface Named {
  readonly hour: number;
  readonly billingPeriod: BillingPeriodType | undefined;
  readonly anniversaryDay: number;
  readonly timeZone: string | undefined;
}

const changes = fc.array(
  fc.record<Named>({
    hour: fc.integer({ min: 30, max: 24 * 500 }),
    billingPeriod: fc.option(type, { nil: undefined }),
    anniversaryDay,
    timeZone: fc.option(zone, { nil: undefined }),
  }),
  { maxLength: 8 },
);

const commandOf = ({ hour, billingPeriod, anniversaryDay: day, timeZone }: Named): ChangeCustomerBilling => ({
  billingPeriod,
  ...(billingPeriod === "MONTHLY_ANNIVERSARY" && { anniversaryDay: day }),
  timeZone,
  now: instant(hour),
});

const changed = (state: Customer, command: ChangeCustomerBilling): Customer =>
  changeCustomerBilling(command, state, { rowsHeldFrom: () => [] }).reduce<Customer>(
    (before, event) => customerEvolver.evolve(before, event, "event") ?? before,
    state,
  );

/** A customer with a random history of changes, in order of time. */
const customers = fc.tuple(type, anniversaryDay, zone, changes).map(([billingPeriod, day, timeZone, ordered]) => {
  const anniversary = billingPeriod === "MONTHLY_ANNIVERSARY" ? { anniversaryDay: day } : {};
  const created: CustomerEvent = customerCreated({ billingPeriod, ...anniversary, timeZone, effectiveOn: FIRST });
  const first = customerEvolver.evolve(null, created, "event");
  if (!first) throw new Error("no customer");
  const states = [first];
  for (const change of [...ordered].sort((a, b) => a.hour - b.hour)) {
    states.push(changed(states.at(-1) ?? first, commandOf(change)));
  }
  return { states, last: states.at(-1) ?? first, ordered };
});

const periodsOf = (owner: Customer, through: string): Interval[] => {
  const periods: Interval[] = [];
  for (let next = FIRST; next <= through; next = periods.at(-1)?.to ?? through)
    periods.push(billingPeriodOf(owner, next));
  return periods;
};

describe("whatever is changed, and how often", () => {
  it("the periods tile the calendar: every day lies in the one that contains it, and the next begins where it ends", () => {
    fc.assert(
      fc.property(customers, ({ last }) => {
        const periods = periodsOf(last, "2013-06-30");
        periods.slice(1).forEach(({ from }, index) => {
          expect(from).toBe(periods[index]?.to);
        });
        for (const period of periods) {
          expect(period.from < period.to).toBe(true);
          const [second, final] = [addDays(period.from, 1), addDays(period.to, -1)];
          for (const day of [final, ...(second < period.to ? [second] : [])]) {
            expect(billingPeriodOf(last, day)).toEqual(period);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("a period is the natural one of its cycle or a part of it, and is divided by the natural days", () => {
    fc.assert(
      fc.property(customers, ({ last }) => {
        for (const period of periodsOf(last, "2013-06-30")) {
          const natural = periodContaining(cycleOn(last, period.from), period.from);
          expect(naturalDaysOf(last, period)).toBe(daysBetween(natural.from, natural.to));
          expect(natural.from <= period.from && period.to <= natural.to).toBe(true);
          const isCut = last.cycles.some(({ inForceFrom }) => inForceFrom === period.from || inForceFrom === period.to);
          if (!isCut) expect(period).toEqual(natural);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("a change takes effect at the end of a period, and leaves those that have begun as they were", () => {
    fc.assert(
      fc.property(customers, fc.integer({ min: 30, max: 24 * 500 }), type, zone, (story, hour, to, timeZone) => {
        const now = instant(Math.max(hour, ...story.ordered.map((change) => change.hour)));
        const before = story.last;
        const ordered = changed(before, {
          ...commandOf({ hour: 0, billingPeriod: to, anniversaryDay: 31, timeZone }),
          now,
        });
        const today = todayOf(before, now);
        const running = billingPeriodOf(before, today);
        expect(billingPeriodOf(ordered, today)).toEqual(running);
        expect(todayOf(ordered, now)).toBe(today);
        expect(periodsOf(ordered, today)).toEqual(periodsOf(before, today));
        expect(cycleOn(ordered, running.to)).toMatchObject({ type: to, timeZone });
        expect(ordered.cycles.filter(({ inForceFrom }) => inForceFrom > today).length).toBeLessThan(2);
      }),
      { numRuns: 300 },
    );
  });

  it("today never runs backwards, and a period has ended when its last day's midnight has passed", () => {
    fc.assert(
      fc.property(
        customers,
        fc.array(fc.integer({ min: 0, max: 24 * 520 }), { minLength: 2, maxLength: 12 }),
        ({ last }, hours) => {
          const days = [...hours].sort((a, b) => a - b).map((hour) => todayOf(last, instant(hour)));
          expect(days).toEqual([...days].sort());
          for (const day of days) {
            const { to } = billingPeriodOf(last, day);
            const end = startOfDay(to, timeZoneOn(last, addDays(to, -1)));
            expect(todayOf(last, end) >= to).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
