import type {
  PersistentSubscriptionToAll,
  PersistentSubscriptionToAllResolvedEvent,
  PersistentSubscriptionToStream,
  PersistentSubscriptionToStreamResolvedEvent,
} from "@eventstore/db-client";

type Subscription = PersistentSubscriptionToStream | PersistentSubscriptionToAll;
export type Delivery = PersistentSubscriptionToStreamResolvedEvent | PersistentSubscriptionToAllResolvedEvent;
type React = (delivery: Delivery, consumer: Consumer) => Promise<void>;

/** A consumer of a persistent subscription that remembers what it was sent. Tests wait for that, never for time. */
export class Consumer {
  readonly deliveries: Delivery[] = [];
  readonly confirmed: Promise<void>;
  private error: Error | undefined;
  private readonly waiting = new Set<() => void>();

  /** `react` is what it does with each; by default it acknowledges. */
  constructor(
    readonly subscription: Subscription,
    react: React = (delivery, consumer) => consumer.ack(delivery),
  ) {
    const emitter: NodeJS.EventEmitter = subscription;
    this.confirmed = new Promise((resolve, reject) => {
      emitter.once("confirmation", resolve);
      emitter.once("error", reject);
    });
    this.confirmed.catch(() => undefined);
    emitter.on("error", (error: Error) => {
      this.error = error;
      this.check();
    });
    emitter.on("data", (delivery: Delivery) => {
      this.deliveries.push(delivery);
      void react(delivery, this).then(() => {
        this.check();
      });
    });
  }

  ack(...deliveries: Delivery[]): Promise<void> {
    return this.subscription.ack(...deliveries);
  }

  nack(action: "park" | "retry" | "skip" | "stop", reason: string, ...deliveries: Delivery[]): Promise<void> {
    return this.subscription.nack(action, reason, ...deliveries);
  }

  /** The numbers that the events of these tests carry, in the order in which they came. */
  get numbers(): number[] {
    return this.deliveries.map(numberOf);
  }

  get retries(): [number: number, retryCount: number][] {
    return this.deliveries.map((delivery) => [numberOf(delivery), delivery.retryCount]);
  }

  /** Resolves when `done` holds, rejects when the subscription fails. */
  async until(done: (consumer: this) => boolean): Promise<void> {
    while (!done(this)) {
      if (this.error) throw this.error;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  untilCount(count: number): Promise<void> {
    return this.until(() => this.deliveries.length >= count);
  }

  /** What the subscription ends with. */
  async failure(): Promise<Record<string, unknown>> {
    await this.until(() => this.error !== undefined);
    const { type, streamName, groupName } = this.error as unknown as Record<string, unknown>;
    return { type, streamName, groupName };
  }

  stop(): Promise<void> {
    return this.subscription.unsubscribe();
  }

  private check(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

/** Settles nothing. */
export const keep: React = () => Promise.resolve();

const numberOf = ({ event }: Delivery): number => (event?.data as { n?: number } | undefined)?.n ?? -1;
