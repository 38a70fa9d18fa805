import { randomUUID } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { type Bench, signedUp, startBench, terms, testClockProvider } from "../apps/worker/spec-support/worker.js";
import { closeDue } from "../libs/application/processes/closing/close-due.js";
import { inFlight } from "../libs/application/processes/in-flight.js";
import { addDays, type LocalDate } from "../libs/domain/calendar.js";
import { ofType } from "../libs/event-store/catalogue.js";
import { streamName } from "../libs/event-store/streams.js";

/**
 * `npm run bench`: a close that corrects the last 90 days of a customer with 1,000 commitments billed by the day, compared
 * with the closes of those days; and the longest time for which the event loop of the worker stands still meanwhile.
 */
const COMMITMENTS = Number(process.env["BENCH_COMMITMENTS"] ?? "1000");
const DAYS = 90;
const FIRST: LocalDate = "2020-01-01";
const NOW = addDays(FIRST, DAYS);

describe("a customer with many commitments, billed by the day", () => {
  it(`of whose ${COMMITMENTS} commitments ${DAYS} days are corrected`, { timeout: 1_800_000 }, async () => {
    const bench = await startBench();
    try {
      const { providerId: provider } = await testClockProvider(bench, `${FIRST}T12:00:00.000Z`);
      const customerId = await signUpAll(bench, provider);
      const plain = await closed(bench, provider, NOW);
      await bench.record(provider, "customer", customerId, `${NOW}T12:00:00.000Z`, [
        { type: "SubscriptionDiscountRateSet", data: { rate: "10", effectiveOn: FIRST } },
      ]);
      await bench.settle();
      const corrected = await closed(bench, provider, addDays(NOW, 1));
      const sealed = ofType(
        await bench.store.readStream(streamName(provider, "receivables", customerId)),
        "InvoiceSealed",
      );
      expect(sealed.at(-1)?.data.lineCount).toBe(COMMITMENTS * (2 * DAYS + 1));
      const shown = ({ seconds, blockedMs }: Measured) =>
        `${seconds.toFixed(1)} s, stood still for ${blockedMs.toFixed(0)} ms at most`;
      console.log(
        `${DAYS} days of ${COMMITMENTS} commitments: closed in ${shown(plain.close)}; ` +
          `corrected in ${shown(corrected.close)}, and shown after ${shown(corrected.show)}; ` +
          `ratio ${(corrected.close.seconds / plain.close.seconds).toFixed(2)}`,
      );
    } finally {
      await bench.stop();
    }
  });
});

interface Measured {
  readonly seconds: number;
  /** The longest time for which nothing else ran, in milliseconds. */
  readonly blockedMs: number;
}

/** The closes, and the read models that follow them. */
const closed = async (bench: Bench, provider: string, day: LocalDate) => {
  const moment = `${day}T00:00:00.000Z`;
  const close = await measured(() => closeDue(bench, { provider, moment, now: moment }));
  return { close, show: await measured(() => bench.settle()) };
};

const measured = async (work: () => Promise<unknown>): Promise<Measured> => {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const start = performance.now();
  await work();
  const seconds = (performance.now() - start) / 1_000;
  delays.disable();
  return { seconds, blockedMs: delays.max / 1e6 };
};

const signUpAll = async (bench: Bench, provider: string): Promise<string> => {
  const [row] = terms().recurring;
  if (!row) throw new Error("the terms have a row");
  const daily = terms({ recurring: [{ ...row, fees: { DAILY: "1.00" }, discount: "0.25" }], discountPeriods: 700 });
  const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
  const at = `${FIRST}T12:00:00.000Z`;
  const events = signedUp(ids, FIRST, { terms: daily });
  const customer = { ...events.customer, data: { ...events.customer.data, billingPeriod: "DAILY" as const } };
  await bench.record(provider, "customer", ids.customerId, at, [customer]);
  await bench.record(provider, "account", ids.accountId, at, [events.account]);
  await inFlight([...Array(COMMITMENTS).keys()], 32, async () => {
    const own = { ...ids, commitmentId: randomUUID() };
    const { commitment } = signedUp(own, FIRST, { terms: daily });
    await bench.record(provider, "commitment", own.commitmentId, at, [commitment]);
  });
  await bench.settle();
  return ids.customerId;
};
