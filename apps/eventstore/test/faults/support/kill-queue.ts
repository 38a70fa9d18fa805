import {
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  type EventStoreDBClient,
} from "@eventstore/db-client";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { Consumer, type Delivery } from "../../conformance/support/consumer.js";
import { newStream, type Seen } from "../../conformance/support/events.js";
import { Writer } from "./kill-history.js";

const GROUP = "billing";
const PARKED_EVERY = 25;

/** A stream with a persistent subscription whose consumer settles what it gets, and parks some of it. */
export class Queue {
  readonly writer = new Writer(newStream("queue"));
  private readonly settled = new Set<bigint>();
  private readonly parked = new Set<bigint>();
  private parkNothing = false;
  /** The checkpoint only moves forwards. */
  private lastStart = 0n;
  private firstUnsettledBefore = 0n;
  private consumer: Consumer | undefined;

  create(client: EventStoreDBClient): Promise<void> {
    const settings = settingsWith({
      startFrom: "start",
      checkPointLowerBound: 5,
      checkPointUpperBound: 20,
      checkPointAfter: 50,
    });
    return client.createPersistentSubscriptionToStream(this.writer.stream, GROUP, settings);
  }

  connect(client: EventStoreDBClient): void {
    const subscription = client.subscribeToPersistentSubscriptionToStream(this.writer.stream, GROUP, {
      bufferSize: 16,
    });
    this.firstUnsettledBefore = this.firstUnsettled;
    this.consumer = new Consumer(subscription, (delivery, consumer) => this.settle(delivery, consumer));
  }

  /**
   * After a crash it goes on from a checkpoint: never behind something that was not settled, never before one that it
   * had written earlier.
   */
  checkStart(): void {
    const first = this.consumer?.deliveries[0]?.event?.revision;
    if (first === undefined) return;
    expect(first).toBeLessThanOrEqual(this.firstUnsettledBefore);
    expect(first).toBeGreaterThanOrEqual(this.lastStart);
    this.lastStart = first;
  }

  /** Consumes all that is left, the parked included: in the end every event was settled at least once. */
  async drain(client: EventStoreDBClient, kept: readonly Seen[]): Promise<void> {
    this.parkNothing = true;
    this.connect(client);
    await client.replayParkedMessagesToStream(this.writer.stream, GROUP);
    for (let waited = 0; this.settled.size < kept.length && waited < 30_000; waited += 20) await delay(20);
    expect([...this.settled].sort((a, b) => Number(a - b))).toEqual(kept.map(({ revision }) => revision));
    this.checkStart();
    await this.consumer?.stop();
  }

  private async settle(delivery: Delivery, consumer: Consumer): Promise<void> {
    const revision = delivery.event?.revision ?? -1n;
    const parks = !this.parkNothing && Number(revision) % PARKED_EVERY === PARKED_EVERY - 1;
    try {
      if (parks) await consumer.nack("park", "later", delivery);
      else await consumer.ack(delivery);
    } catch {
      // The server is gone: the message comes again.
      return;
    }
    // A parked message is settled for its source only: it must come again from where it is parked.
    if (parks) this.parked.add(revision);
    else this.settled.add(revision);
  }

  /** The first event that the consumer has neither settled nor parked. */
  private get firstUnsettled(): bigint {
    for (let revision = 0n; ; revision++)
      if (!this.settled.has(revision) && !this.parked.has(revision)) return revision;
  }
}
