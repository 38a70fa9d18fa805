import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Bench, signUp, startBench, terms } from "../apps/worker/spec-support/worker.js";
import { closeDue } from "../libs/application/processes/closing/close-due.js";
import { inFlight } from "../libs/application/processes/in-flight.js";
import { addDays, addMonths, type LocalDate } from "../libs/domain/calendar.js";
import { type CommitmentEvent } from "../libs/domain/commitments/events.js";
import { type CustomerEvent } from "../libs/domain/customers/events.js";

/**
 * `npm run bench`: closing the next period of commitments with 20 years of closed months, pauses, rates and suspensions,
 * compared with that of fresh ones, turn by turn.
 */
const CUSTOMERS = Number(process.env["BENCH_CUSTOMERS"] ?? "100");
const YEARS = 20;
const ROUNDS = 12;
const NOW: LocalDate = "2020-08-01";
const FIRST = addMonths(NOW, -12 * YEARS);

describe("closing the next period", () => {
  it(`of a commitment with ${YEARS} years of history, and of a fresh one`, { timeout: 900_000 }, async () => {
    const bench = await startBench();
    try {
      const [old, fresh] = [randomUUID(), randomUUID()];
      await signUpAll(bench, old, FIRST, true);
      await closeUntil(bench, old, NOW);
      await signUpAll(bench, fresh, NOW, false);
      const times = { old: [] as number[], fresh: [] as number[] };
      for (let round = 1; round <= ROUNDS; round += 1) {
        const end = addMonths(NOW, round);
        times.old.push(await closeUntil(bench, old, end));
        times.fresh.push(await closeUntil(bench, fresh, end));
      }
      const [a, b] = [median(times.old), median(times.fresh)];
      const rate = (seconds: number) => `${((seconds / CUSTOMERS) * 1_000).toFixed(2)} ms a customer`;
      console.log(
        `${YEARS} years of history: ${rate(a)}; fresh: ${rate(b)}; ratio ${(a / b).toFixed(2)} (at most 1.5)`,
      );
      const [{ closed } = { closed: 0 }] = await bench.dataSource.query<{ closed: number }[]>(
        "SELECT count(*)::int AS closed FROM billing_closed_periods WHERE provider_id = $1",
        [old],
      );
      expect(closed).toBe(CUSTOMERS * (12 * YEARS + ROUNDS));
    } finally {
      await bench.stop();
    }
  });
});

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Closes what has ended by a day, and waits until the feed shows it. @returns seconds of the closes */
const closeUntil = async (bench: Bench, provider: string, day: LocalDate): Promise<number> => {
  const moment = `${day}T00:00:00.000Z`;
  const start = performance.now();
  await closeDue(bench, { provider, moment, now: moment });
  const seconds = (performance.now() - start) / 1_000;
  await bench.settle();
  return seconds;
};

const signUpAll = async (bench: Bench, provider: string, day: LocalDate, lived: boolean): Promise<void> => {
  const at = `${day}T12:00:00.000Z`;
  const options = { discountEnd: "2045-08-01", terms: terms({ discountPeriods: 600 }) };
  await inFlight([...Array(CUSTOMERS).keys()], 32, async () => {
    const ids = await signUp(bench, provider, day, options);
    if (!lived) return;
    const years = Array.from({ length: YEARS }, (_, year) => addMonths(day, 12 * year));
    await bench.record(provider, "commitment", ids.commitmentId, at, years.map(pausedIn));
    await bench.record(provider, "customer", ids.customerId, at, years.flatMap(changesIn));
  });
  await bench.settle();
};

const pausedIn = (year: LocalDate, index: number): CommitmentEvent => ({
  type: "PauseScheduled",
  data: {
    pauseId: `pause-${index}`,
    from: addDays(year, 40),
    until: addDays(year, 49),
    now: false,
    orderedOn: year,
    discountEndBefore: "2045-08-01",
    discountEndAfter: "2045-08-11",
    discountEndFloors: [],
    effectiveOn: addDays(year, 40),
  },
});

const changesIn = (year: LocalDate): CustomerEvent[] => [
  { type: "SubscriptionDiscountRateSet", data: { rate: "10", effectiveOn: addDays(year, 100) } },
  { type: "SubscriptionDiscountRateSet", data: { rate: null, effectiveOn: addDays(year, 140) } },
  { type: "CustomerSuspended", data: { effectiveOn: addDays(year, 200), personal: { reason: null } } },
  { type: "CustomerUnsuspended", data: { effectiveOn: addDays(year, 205) } },
];
