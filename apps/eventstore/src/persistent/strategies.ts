import { createHash } from "node:crypto";
import type { StrategyName } from "./config.js";
import type { Consumer } from "./consumer.js";
import { correlationOf, streamOf, type Message } from "./message.js";

/** Strategy that selects the consumer of a message. */
export interface Strategy {
  add(consumer: Consumer): void;
  remove(consumer: Consumer): void;
  /** undefined when the message has to wait. */
  choose(message: Message): Consumer | undefined;
  /** Whether later messages may go ahead of a message that has to wait. */
  readonly letsOthersAhead: boolean;
}

export const strategyOf = (name: StrategyName): Strategy => {
  switch (name) {
    case "RoundRobin":
      return new RoundRobin();
    case "DispatchToSingle":
      return new DispatchToSingle();
    case "Pinned":
      return new Pinned(streamOf);
    case "PinnedByCorrelation":
      return new Pinned(correlationOf);
  }
};

/** Consumers in turn; those without room are passed over. */
class RoundRobin implements Strategy {
  readonly letsOthersAhead = false;
  private consumers: Consumer[] = [];

  add(consumer: Consumer): void {
    this.consumers.push(consumer);
  }

  remove(consumer: Consumer): void {
    this.consumers = this.consumers.filter((other) => other !== consumer);
  }

  choose(): Consumer | undefined {
    const index = this.consumers.findIndex(({ hasRoom }) => hasRoom);
    if (index < 0) return undefined;
    this.consumers = [...this.consumers.slice(index + 1), ...this.consumers.slice(0, index + 1)];
    return this.consumers.at(-1);
  }
}

/** All messages to the first consumer, as long as it has room. */
class DispatchToSingle implements Strategy {
  readonly letsOthersAhead = false;
  private readonly consumers = new Set<Consumer>();

  add(consumer: Consumer): void {
    this.consumers.add(consumer);
  }

  remove(consumer: Consumer): void {
    this.consumers.delete(consumer);
  }

  choose(): Consumer | undefined {
    for (const consumer of this.consumers) if (consumer.hasRoom) return consumer;
    return undefined;
  }
}

/**
 * Messages with the same key, a stream or a correlation, go to the same consumer while it is connected. Rendezvous
 * hashing: a consumer that joins or leaves moves no key between the others.
 */
class Pinned implements Strategy {
  readonly letsOthersAhead = true;
  private readonly consumers = new Map<Consumer, number>();
  private arrivals = 0;

  constructor(private readonly keyOf: (message: Message) => string) {}

  add(consumer: Consumer): void {
    this.consumers.set(consumer, this.arrivals++);
  }

  remove(consumer: Consumer): void {
    this.consumers.delete(consumer);
  }

  choose(message: Message): Consumer | undefined {
    const key = this.keyOf(message);
    let best: { consumer: Consumer; draw: string } | undefined;
    for (const [consumer, arrival] of this.consumers) {
      const draw = createHash("md5").update(`${arrival} ${key}`).digest("hex");
      if (!best || draw > best.draw) best = { consumer, draw };
    }
    return best?.consumer.hasRoom ? best.consumer : undefined;
  }
}
