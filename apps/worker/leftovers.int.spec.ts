import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { streamName } from "#event-store/streams.js";
import { releaseReservations } from "#processors/leftovers/reservations.js";
import { terminateCommitments } from "#processors/leftovers/settle.js";
import { type Bench, signedUp, startBench, testClockProvider } from "./spec-support/worker.js";

const CLOCK = "2020-08-01T12:00:00.000Z";

describe("what closing leaves", () => {
  let bench: Bench;
  let provider: string;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    provider = (await testClockProvider(bench, CLOCK)).providerId;
  });

  it("is released again at the same time, once it was reserved again", async () => {
    const [hash, ownerId] = [randomUUID(), randomUUID()];
    for (let round = 0; round < 2; round += 1) {
      await bench.record(provider, "identifier", hash, CLOCK, [
        { type: "IdentifierReserved", data: { ownerId, effectiveOn: "2020-08-01" } },
      ]);
      await bench.settle();
      await releaseReservations(bench, provider, "2020-08-01T14:00:00.000Z");
    }
    const events = await bench.store.readStream(streamName(provider, "identifier", hash));
    expect(events.map(({ type }) => type)).toEqual([
      ...["IdentifierReserved", "IdentifierReleased", "IdentifierReserved", "IdentifierReleased"],
    ]);
  });

  it("is terminated again when it was ordered again for a later day, the same one as before too", async () => {
    const ids = { customerId: randomUUID(), accountId: randomUUID(), commitmentId: randomUUID() };
    const { customer, account, commitment } = signedUp(ids, "2020-08-01");
    await bench.record(provider, "customer", ids.customerId, CLOCK, [customer]);
    await bench.record(provider, "account", ids.accountId, CLOCK, [
      account,
      { type: "AccountClosed", data: { effectiveOn: "2020-08-01" } },
    ]);
    await bench.record(provider, "commitment", ids.commitmentId, CLOCK, [commitment]);
    const ordered = { effectiveOn: "2020-09-01", discountEnd: "2022-08-01", early: true, penaltyPreview: "5.00" };
    for (let round = 0; round < 2; round += 1) {
      await bench.record(provider, "commitment", ids.commitmentId, CLOCK, [
        { type: "CommitmentTerminated", data: { ...ordered, reason: "ORDERED" } },
      ]);
      await bench.settle();
      await terminateCommitments(bench, provider, { accountId: ids.accountId }, CLOCK);
      const events = await bench.store.readStream(streamName(provider, "commitment", ids.commitmentId));
      expect(events.at(-1)).toMatchObject({ type: "CommitmentTerminated", data: { effectiveOn: "2020-08-01" } });
    }
  });
});
