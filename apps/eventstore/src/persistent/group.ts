import type { LogStore } from "../log/store.js";
import { asRequestError, type RequestError } from "../protocol/errors.js";
import { subscriptionDropped, tooManySubscribers } from "../protocol/persistent-errors.js";
import { Checkpoints } from "./checkpoints.js";
import type { GroupConfig, GroupState } from "./config.js";
import type { Consumer } from "./consumer.js";
import { InFlight } from "./in-flight.js";
import type { Message } from "./message.js";
import type { Parked } from "./parked.js";
import { Source } from "./source.js";
import { Throughput } from "./statistics.js";
import { strategyOf, type Strategy } from "./strategies.js";

export type NackAction = "park" | "retry" | "skip" | "stop";

/**
 * A persistent subscription: sends the events of its source to its consumers, and stores which of them have been
 * settled. A message is in one state at any time: read and waiting, waiting for a retry, in flight, or being parked. It
 * leaves by an acknowledgement, a skip, or a place among the parked that is on disk.
 */
export class Group {
  readonly consumers = new Set<Consumer>();
  readonly throughput = new Throughput();
  readonly source: Source;
  readonly checkpoints: Checkpoints;
  /** Read and not sent yet, in order. */
  private readonly read: Message[] = [];
  private readonly again: Message[] = [];
  private readonly parking = new Map<Message, Promise<void>>();
  private readonly inFlight: InFlight;
  private readonly strategy: Strategy;
  private isLive = false;
  private scheduled = false;
  private closed = false;
  private stopFollowing: (() => void) | undefined;

  constructor(
    private readonly store: LogStore,
    private readonly parked: Parked,
    readonly state: GroupState,
    save: (state: GroupState) => Promise<void>,
  ) {
    const { config } = state;
    this.source = new Source(store, config, state.next);
    this.strategy = strategyOf(config.settings.strategy);
    this.inFlight = new InFlight(config.settings.messageTimeoutMs, (message) => {
      this.retry(message);
      this.pump();
    });
    this.checkpoints = new Checkpoints(
      state,
      () => this.firstUnsettled(),
      async (next) => {
        await save(next);
        await this.parked.cutOff();
      },
    );
  }

  get config(): GroupConfig {
    return this.state.config;
  }

  /** Throws RequestError when the group has its maximum number of consumers. */
  join(consumer: Consumer): void {
    const { source, group, settings } = this.config;
    if (this.closed) throw subscriptionDropped(source, group);
    const { maxSubscriberCount } = settings;
    if (maxSubscriberCount > 0 && this.consumers.size >= maxSubscriberCount) throw tooManySubscribers(source, group);
    this.consumers.add(consumer);
    this.strategy.add(consumer);
    this.stopFollowing ??= this.store.onAdvance(this.schedule);
    this.schedule();
  }

  /** Unsettled messages of the consumer are sent to others. */
  leave(consumer: Consumer): void {
    if (!this.consumers.delete(consumer)) return;
    this.strategy.remove(consumer);
    for (const message of this.inFlight.takeAll(consumer)) this.sendAgain(message);
    if (this.consumers.size === 0) {
      this.stopFollowing?.();
      this.stopFollowing = undefined;
      void this.checkpoints.write();
    }
    this.schedule();
  }

  acknowledge(consumer: Consumer, ids: readonly string[]): void {
    for (const id of ids) {
      const message = this.inFlight.take(consumer, id);
      if (message) this.settle(message);
    }
    this.pump();
  }

  reject(consumer: Consumer, ids: readonly string[], action: NackAction, reason: string): void {
    if (action === "stop") {
      consumer.drop(subscriptionDropped(this.config.source, this.config.group));
      this.leave(consumer);
      return;
    }
    for (const id of ids) {
      const message = this.inFlight.take(consumer, id);
      if (!message) continue;
      if (action === "skip") this.settle(message);
      else if (action === "park") this.park(message, `Client explicitly NAK'ed message.\n${reason}`);
      else this.retry(message);
    }
    this.pump();
  }

  replayParked(stopAt: number | undefined): void {
    this.parked.startReplay(stopAt);
    this.schedule();
  }

  /** Ends all connections and stores the group's progress. */
  async close(reason: RequestError): Promise<void> {
    this.closed = true;
    for (const consumer of [...this.consumers]) {
      this.leave(consumer);
      consumer.drop(reason);
    }
    await Promise.all(this.parking.values());
    await this.checkpoints.write();
    this.checkpoints.stop();
    this.inFlight.stop();
  }

  counts() {
    return {
      read: this.isLive ? 0 : this.read.length,
      live: this.isLive ? this.read.length : 0,
      again: this.again.length,
      inFlight: this.inFlight.size,
      outstanding: this.inFlight.size + this.parking.size,
      parked: this.parked.count(),
    };
  }

  get status(): string {
    return `${this.source.isAtEnd() ? "Live" : "Behind"}${this.parked.isReplaying ? ", ReplayingParkedMessages" : ""}`;
  }

  readonly schedule = (): void => {
    if (this.scheduled || this.closed) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.pump();
    });
  };

  /** Sends the messages that can be sent, and reads another batch when there is room for it. */
  private pump(): void {
    if (this.closed || this.consumers.size === 0) return;
    this.dispatch(this.again);
    // While older messages wait for a consumer, newer ones wait too, unless the strategy allows them to go ahead.
    if (this.again.length === 0 || this.strategy.letsOthersAhead) this.dispatch(this.read);
    try {
      if (this.fill()) this.schedule();
    } catch (error) {
      this.fail(error);
    }
  }

  private dispatch(queue: Message[]): void {
    for (let index = 0; index < queue.length;) {
      const message = queue[index];
      // The same id twice would be settled together: the second waits for the first.
      const consumer = message && !this.inFlight.has(message.id) ? this.strategy.choose(message) : undefined;
      if (message && consumer) {
        queue.splice(index, 1);
        this.inFlight.start(consumer, message);
        this.throughput.add();
      } else if (this.strategy.letsOthersAhead) index++;
      else return;
    }
  }

  /** Whether there may be more events to read. Throws CorruptRow. */
  private fill(): boolean {
    const { readBatchSize, historyBufferSize, liveBufferSize } = this.config.settings;
    if (this.parked.isReplaying && this.again.length < historyBufferSize) {
      this.again.push(...this.parked.pull(readBatchSize));
      return true;
    }
    const room = (this.isLive ? liveBufferSize : historyBufferSize) - this.read.length;
    if (room <= 0) return false;
    const { messages, passed } = this.source.pull(Math.min(room, readBatchSize));
    this.read.push(...messages);
    if (passed > 0) this.checkpoints.settled(passed);
    this.isLive = this.source.isAtEnd();
    return messages.length + passed > 0;
  }

  /** Where to continue after a crash. */
  private firstUnsettled(): number {
    let first = this.source.next;
    for (const messages of [this.read.slice(0, 1), this.again, this.inFlight.messages(), this.parking.keys()]) {
      for (const { place } of messages) if (place !== undefined && place < first) first = place;
    }
    return first;
  }

  private settle(message: Message): void {
    if (message.parkedAt !== undefined) this.parked.settled(message.parkedAt);
    this.checkpoints.settled(1);
  }

  private retry(message: Message): void {
    const { maxRetryCount } = this.config.settings;
    if (message.retryCount >= maxRetryCount) {
      this.park(message, `Reached retry count of ${maxRetryCount}`);
      return;
    }
    message.retryCount++;
    this.sendAgain(message);
  }

  /** In the order of the source; what has been parked comes after that. */
  private sendAgain(message: Message): void {
    const order = ({ place }: Message) => place ?? Number.POSITIVE_INFINITY;
    const later = this.again.findIndex((other) => order(other) > order(message));
    this.again.splice(later < 0 ? this.again.length : later, 0, message);
  }

  private park(message: Message, reason: string): void {
    const parked = this.parked.park(message, reason).then(
      () => {
        this.parking.delete(message);
        this.settle(message);
      },
      () => {
        // Probably no disk space: the message is not lost but sent again.
        this.parking.delete(message);
        this.sendAgain(message);
      },
    );
    this.parking.set(message, parked);
    void parked.then(this.schedule);
  }

  private fail(error: unknown): void {
    for (const consumer of [...this.consumers]) {
      this.leave(consumer);
      consumer.drop(asRequestError(error));
    }
  }
}
