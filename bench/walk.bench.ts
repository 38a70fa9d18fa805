import { randomUUID } from "node:crypto";
import { describe, it } from "vitest";
import { signedUp, startBench } from "../apps/worker/spec-support/worker.js";
import { walk } from "../libs/application/processes/clock/walk.js";

/** `npm run bench`: the time per moment of a long advance of the clock, with one customer that is billed monthly. */
const YEARS = Number(process.env["BENCH_YEARS"] ?? "20");

describe("walking the clock", () => {
  it(`over ${YEARS} years of one customer`, { timeout: 600_000 }, async () => {
    const bench = await startBench();
    try {
      const providerId = randomUUID();
      const testClock = "2020-01-01T12:00:00.000Z";
      const advance = { advanceId: randomUUID(), to: `${2020 + YEARS}-01-01T12:00:00.000Z` };
      const effectiveOn = "2020-01-01";
      await bench.record(providerId, "provider", providerId, testClock, [
        { type: "ProviderCreated", data: { providerId, name: "Walk", invoiceNumberPrefix: "INV-", effectiveOn } },
        { type: "TestClockSet", data: { at: testClock, effectiveOn } },
        { type: "ClockAdvanceOrdered", data: { ...advance, effectiveOn } },
      ]);
      const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
      const { customer, account, commitment } = signedUp(ids, effectiveOn);
      await bench.record(providerId, "customer", ids.customerId, testClock, [customer]);
      await bench.record(providerId, "account", ids.accountId, testClock, [account]);
      await bench.record(providerId, "commitment", ids.commitmentId, testClock, [commitment]);
      await bench.settle();
      const start = performance.now();
      await walk(bench, {
        providerId,
        name: "Walk",
        invoiceNumberPrefix: "INV-",
        backDatingDays: 90,
        coolingOffDays: 14,
        testClock,
        advance,
      });
      const milliseconds = performance.now() - start;
      const moments = YEARS * 12;
      console.log(
        `${moments} moments in ${(milliseconds / 1000).toFixed(2)} s: ${(milliseconds / moments).toFixed(1)} ms each`,
      );
    } finally {
      await bench.stop();
    }
  });
});
