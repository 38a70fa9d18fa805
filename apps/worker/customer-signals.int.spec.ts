import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daysWork } from "#application/processes/clock/days-work.js";
import { type CustomerStatus } from "#domain/customers/customer.js";
import { type CustomerEvent } from "#domain/customers/events.js";
import { type Provider } from "#domain/providers/provider.js";
import { type EventStore } from "#event-store/event-store.js";
import { streamName } from "#event-store/streams.js";
import { nextDue } from "#read-models/billing/due.js";
import { forgetClosed, listParked, retryParked } from "#read-models/billing/parked.js";
import { listCustomers } from "#read-models/customers/queries.js";
import { wholeProvider } from "#read-models/rows/scope.js";
import { type Bench, signedUp, startBench } from "./spec-support/worker.js";

const CLOCK = "2020-08-01T12:00:00.000Z";
const ORDERED = "2020-08-01";

const suspended = (effectiveOn: string): CustomerEvent => ({
  type: "CustomerSuspended",
  data: { orderedOn: ORDERED, effectiveOn, personal: { reason: null } },
});
const unsuspended = (effectiveOn: string): CustomerEvent => ({
  type: "CustomerUnsuspended",
  data: { orderedOn: ORDERED, effectiveOn },
});
const rated = (rate: string, effectiveOn: string): CustomerEvent => ({
  type: "SubscriptionDiscountRateSet",
  data: { rate, orderedOn: ORDERED, effectiveOn },
});

describe("what was ordered for a coming day of a customer", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());

  const newProvider = async (): Promise<Provider> => {
    const providerId = randomUUID();
    const invoiceNumberPrefix = "INV-";
    await bench.record(providerId, "provider", providerId, CLOCK, [
      { type: "ProviderCreated", data: { providerId, name: "Spec", invoiceNumberPrefix, effectiveOn: ORDERED } },
      { type: "TestClockSet", data: { at: CLOCK, effectiveOn: ORDERED } },
    ]);
    const settings = { backDatingDays: 90, coolingOffDays: 14 };
    return { providerId, name: "Spec", invoiceNumberPrefix, ...settings, testClock: CLOCK, advance: null };
  };

  /** A customer, without a commitment: nothing of it is ever closed. */
  const created = async ({ providerId }: Provider, events: readonly CustomerEvent[], timeZone = "UTC") => {
    const customerId = randomUUID();
    const ids = { customerId, accountId: randomUUID(), commitmentId: randomUUID() };
    const { customer } = signedUp(ids, ORDERED, { timeZone });
    await bench.record(providerId, "customer", customerId, CLOCK, [customer, ...events]);
    return customerId;
  };

  const signals = async ({ providerId }: Provider, customerId: string) => {
    const events = await bench.store.readStream(streamName(providerId, "lifecycle", customerId));
    return events.map(({ type, data }) => `${(data as { effectiveOn: string }).effectiveOn} ${type}`);
  };

  /** The status by which lists of customers find it. */
  const status = async ({ providerId }: Provider, customerId: string) => {
    const found = async (is: CustomerStatus) => {
      const { rows } = await listCustomers(bench.dataSource, wholeProvider(providerId), { filter: { status: is } });
      return rows.some(({ id }) => id === customerId) ? [is] : [];
    };
    return [...(await found("ACTIVE")), ...(await found("SUSPENDED"))].join();
  };

  const EXPECTED = [
    "2020-08-10 SuspensionTookEffect",
    "2020-08-10 SubscriptionDiscountRateTookEffect",
    "2020-08-20 UnsuspensionTookEffect",
  ];
  const story = [suspended("2020-08-10"), unsuspended("2020-08-20"), rated("10", "2020-08-10")];

  it("is signalled once, when its day begins in the customer's zone, and then shown", async () => {
    const provider = await newProvider();
    const customerId = await created(provider, story, "Europe/Berlin");
    await bench.settle();
    expect(await nextDue(bench.dataSource, provider.providerId)).toBe("2020-08-09T22:00:00.000Z");
    await daysWork(bench, provider, "2020-08-09T21:59:59.999Z");
    expect([await signals(provider, customerId), await status(provider, customerId)]).toEqual([[], "ACTIVE"]);
    await daysWork(bench, provider, "2020-08-09T22:00:00.000Z");
    expect([await signals(provider, customerId), await status(provider, customerId)]).toEqual([
      EXPECTED.slice(0, 2),
      "SUSPENDED",
    ]);
    await daysWork(bench, provider, "2020-12-01T00:00:00.000Z");
    await daysWork(bench, provider, "2020-12-01T00:00:00.000Z");
    expect([await signals(provider, customerId), await status(provider, customerId)]).toEqual([EXPECTED, "ACTIVE"]);
    const [, rate] = await bench.store.readStream(streamName(provider.providerId, "lifecycle", customerId));
    expect(rate?.data).toEqual({ customerId, rate: "10", effectiveOn: "2020-08-10" });
    expect(await nextDue(bench.dataSource, provider.providerId)).toBeNull();
  });

  it("is not signalled when it was cancelled in time, or changes nothing", async () => {
    const provider = await newProvider();
    const customerId = await created(provider, [suspended("2020-08-10"), suspended("2020-08-15"), ...story]);
    await bench.record(provider.providerId, "customer", customerId, CLOCK, [
      { type: "ScheduledChangeCancelled", data: { what: "SUSPENSION", effectiveOn: "2020-08-10" } },
      { type: "ScheduledChangeCancelled", data: { what: "RATE", effectiveOn: "2020-08-10" } },
    ]);
    await daysWork(bench, provider, "2020-12-01T00:00:00.000Z");
    expect(await signals(provider, customerId)).toEqual([
      "2020-08-15 SuspensionTookEffect",
      "2020-08-20 UnsuspensionTookEffect",
    ]);
  });

  it("parks the customer when it cannot be recorded, and is recorded when that is over", async () => {
    const provider = await newProvider();
    const [bad, good] = [await created(provider, story), await created(provider, story)];
    const store: Pick<EventStore, "append" | "tail" | "readStream"> = {
      append: (stream, ...rest) =>
        stream.endsWith(`lifecycle-${bad}`)
          ? Promise.reject(new Error("no room for this one"))
          : bench.store.append(stream, ...rest),
      tail: () => bench.store.tail(),
      readStream: (...call) => bench.store.readStream(...call),
    };
    const now = "2020-12-01T00:00:00.000Z";
    await daysWork({ ...bench, store: store as EventStore }, provider, now);
    expect([await signals(provider, good), await signals(provider, bad)]).toEqual([EXPECTED, []]);
    const parked = await listParked(bench.dataSource, provider.providerId);
    expect(parked.map(({ customer_id }) => customer_id)).toEqual([bad]);
    await retryParked(bench.dataSource, provider.providerId);
    await daysWork(bench, provider, now);
    expect(await signals(provider, bad)).toEqual(EXPECTED);
    await forgetClosed(bench.dataSource, provider.providerId);
  });
});
