import type { Consumer } from "./consumer.js";
import type { Message } from "./message.js";

interface Sent {
  readonly message: Message;
  readonly consumer: Consumer;
  readonly deadline: number;
}

/** Messages sent to consumers and not settled, in the order of their timeouts. */
export class InFlight {
  private readonly sent = new Map<string, Sent>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    /** 0: no time limit. */
    private readonly timeoutMs: number,
    private readonly onTimeout: (message: Message) => void,
  ) {}

  get size(): number {
    return this.sent.size;
  }

  has(id: string): boolean {
    return this.sent.has(id);
  }

  *messages(): Generator<Message> {
    for (const { message } of this.sent.values()) yield message;
  }

  start(consumer: Consumer, message: Message): void {
    this.sent.set(message.id, { message, consumer, deadline: performance.now() + this.timeoutMs });
    consumer.send(message);
    this.watch();
  }

  /** undefined when the consumer does not have such a message, or no longer. */
  take(consumer: Consumer, id: string): Message | undefined {
    const sent = this.sent.get(id);
    if (sent?.consumer !== consumer) return undefined;
    this.sent.delete(id);
    consumer.release(sent.message);
    return sent.message;
  }

  takeAll(consumer: Consumer): Message[] {
    const messages = [...consumer.inFlight.keys()];
    for (const { id } of messages) this.sent.delete(id);
    consumer.inFlight.clear();
    return messages;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** One timer, for the oldest message: all messages have the same timeout. */
  private watch(): void {
    if (this.timeoutMs === 0 || this.timer) return;
    const [first] = this.sent.values();
    if (!first) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.expire();
        this.watch();
      },
      Math.max(1, first.deadline - performance.now()),
    );
    this.timer.unref();
  }

  private expire(): void {
    const now = performance.now();
    for (const { message, consumer, deadline } of [...this.sent.values()]) {
      if (deadline > now) return;
      if (this.take(consumer, message.id)) this.onTimeout(message);
    }
  }
}
