import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, later, type LocalDate } from "../calendar.js";
import { penaltyStrategies } from "../catalog/events.js";
import { type CommitmentAssigned } from "../commitments/events.js";
import { type CustomerEvent } from "../customers/events.js";
import { Rejection } from "../rejection.js";
import { customer, customerCreated } from "../spec-support/examples.js";
import { assigned, billing, history, internet, terms, tv } from "../spec-support/history.js";
import {
  after,
  pause,
  plainOffer,
  resume,
  setEnd,
  type Step,
  told,
  type Told,
  upgrade,
  upgradeUntil,
} from "../spec-support/story.js";
import { earlyTerminationQuotes, penaltyIfTerminated } from "./early-termination-quote.js";
import { totalOf } from "./period.js";

/** Things that happen to a commitment, each on a day; those that would be refused do not. */
const days = fc.nat({ max: 400 });
const steps = fc.array(
  fc.tuple(
    days,
    fc.oneof(
      fc.tuple(days, fc.option(fc.nat({ max: 90 }))).map(
        ([wait, long]) =>
          (today: LocalDate): Step =>
            pause({ from: addDays(today, wait), until: long === null ? null : addDays(today, wait + long) }),
      ),
      fc.constant(() => resume()),
      fc.nat({ max: 60 }).map((long) => (today: LocalDate) => upgradeUntil(addDays(today, long), { then: true })),
      fc.constantFrom("KEEP", "DEFAULT").map((kind) => () => upgrade({ discountEnd: { kind } })),
      fc.constant(() => upgrade({}, { offer: plainOffer() })),
      days.map((wait) => (today: LocalDate) => setEnd(addDays(today, wait))),
    ),
  ),
  { maxLength: 4 },
);

const lived = (start: CommitmentAssigned, happened: readonly (readonly [number, (today: LocalDate) => Step])[]) =>
  [...happened]
    .sort(([a], [b]) => a - b)
    .reduce<Told>((before, [age, step]) => {
      const today = addDays(start.data.effectiveOn, age);
      const next: Told = [...before, [today, step(today)]];
      try {
        told(start, next);
        return next;
      } catch (error) {
        if (error instanceof Rejection) return before;
        throw error;
      }
    }, []);

const owners = fc
  .record({
    anniversaryDay: fc.option(fc.integer({ min: 1, max: 31 })),
    rated: fc.option(days),
    suspended: fc.option(days),
  })
  .map(({ anniversaryDay, rated, suspended }) =>
    customer(
      customerCreated(anniversaryDay === null ? {} : { billingPeriod: "MONTHLY_ANNIVERSARY", anniversaryDay }),
      ...(rated === null ? [] : [rate(addDays("2020-01-01", rated))]),
      ...(suspended === null ? [] : [suspension(addDays("2020-01-01", suspended))]),
    ),
  );
const rate = (effectiveOn: LocalDate): CustomerEvent => ({
  type: "SubscriptionDiscountRateSet",
  data: { rate: "10", effectiveOn },
});
const suspension = (effectiveOn: LocalDate): CustomerEvent => ({
  type: "CustomerSuspended",
  data: { effectiveOn, personal: { reason: null } },
});

describe("for any commitment", () => {
  it("each month is what the termination on that day would cost by itself, and after the last month nothing is due", () => {
    fc.assert(
      fc.property(
        ...([fc.constantFrom(...penaltyStrategies), fc.option(days), steps, owners, days] as const),
        (penalty, discounted, happened, owner, age) => {
          const flags = { prorateFirst: false, prorateLast: false, penaltyAmount: "7.00" };
          const agreed = terms({ penalty, recurring: [internet(flags)], oneTime: [tv()] });
          const discountEnd = discounted === null ? null : addDays("2020-01-16", discounted);
          const start = assigned({ effectiveOn: "2020-01-15", discountEnd, terms: agreed });
          const happening = lived(start, happened);
          const held = after(start, happening);
          const facts = billing(history([held], { owner }));
          const today = later(happening.at(-1)?.[0] ?? "2020-01-15", addDays("2020-01-15", age));
          const all = earlyTerminationQuotes(held, facts, today, 12);
          for (const { on, lines, total } of all) {
            expect(lines).toEqual(penaltyIfTerminated(held, on, facts));
            expect(total).toBe(totalOf(lines, "USD"));
          }
          const last = all.at(-1);
          if (!last || last.early || all.length === 12) return;
          for (const day of [1, 17, 40, 100, 300].map((more) => addDays(last.on, more))) {
            expect(penaltyIfTerminated(held, day, facts)).toEqual([]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
