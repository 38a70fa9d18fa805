import { randomUUID } from "node:crypto";
import { describe, it } from "vitest";
import { type Bench, signedUp, startBench } from "../apps/worker/spec-support/worker.js";
import { closeDue } from "../libs/application/processes/closing/close-due.js";
import { inFlight } from "../libs/application/processes/in-flight.js";
import { numberInvoices } from "../libs/application/processes/numbering/number-invoices.js";
import { type NewEvent } from "../libs/event-store/event.js";
import { streamName } from "../libs/event-store/streams.js";

/** `npm run bench`: the rate of period closes, compared with the same appends without other work. */
const CUSTOMERS = Number(process.env["BENCH_CUSTOMERS"] ?? "2000");
const IN_FLIGHT = 32;
const NOW = "2020-09-01T00:00:00.000Z";

describe("closing a month", () => {
  it(`of ${CUSTOMERS} customers with one commitment each`, { timeout: 600_000 }, async () => {
    const bench = await startBench();
    try {
      const provider = randomUUID();
      await seed(bench, provider);
      const closing = await seconds(async () => {
        await closeDue(bench, { provider, moment: NOW, now: NOW });
      });
      const numbering = await seconds(async () => {
        await numberInvoices(bench, { provider, prefix: "INV-", now: NOW });
      });
      const settling = await seconds(() => bench.settle());
      const invoices = await sealedEvents(bench, provider);
      const floor = await seconds(() =>
        inFlight(invoices, IN_FLIGHT, async (events) => {
          const stream = streamName(provider, "floor", randomUUID());
          await bench.store.append(
            stream,
            "no_stream",
            events.map((event) => ({ ...event, id: randomUUID() })),
          );
        }),
      );
      const whole = closing + numbering + settling;
      const rate = (time: number) => `${(CUSTOMERS / time).toFixed(0)}/s`;
      console.log(
        [
          `invoices closed, numbered and visible: ${rate(whole)} (close ${closing.toFixed(2)} s, numbers ${numbering.toFixed(2)} s, read models ${settling.toFixed(2)} s)`,
          `floor, the same appends alone:         ${rate(floor)}`,
          `ratio: ${(floor / whole).toFixed(2)}`,
        ].join("\n"),
      );
    } finally {
      await bench.stop();
    }
  });
});

const seconds = async (task: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await task();
  return (performance.now() - start) / 1_000;
};

const seed = async (bench: Bench, provider: string): Promise<void> => {
  const at = "2020-08-01T12:00:00.000Z";
  await inFlight([...Array(CUSTOMERS).keys()], IN_FLIGHT, async () => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const events = signedUp(ids, "2020-08-01");
    await bench.record(provider, "customer", ids.customerId, at, [events.customer]);
    await bench.record(provider, "account", ids.accountId, at, [events.account]);
    await bench.record(provider, "commitment", ids.commitmentId, at, [events.commitment]);
  });
  await bench.settle();
};

/** Events that the closes appended, by invoice: page and seal. */
const sealedEvents = async (bench: Bench, provider: string): Promise<NewEvent[][]> => {
  const rows = await bench.dataSource.query<{ customer_id: string }[]>(
    "SELECT customer_id FROM billing_customers WHERE provider_id = $1",
    [provider],
  );
  const invoices: NewEvent[][] = [];
  await inFlight(rows, IN_FLIGHT, async ({ customer_id }) => {
    invoices.push(await bench.store.readStream(streamName(provider, "receivables", customer_id)));
  });
  return invoices;
};
