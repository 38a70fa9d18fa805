import {
  TimeoutError,
  type AllStreamSubscription,
  type Position,
  type ResolvedEvent,
  type StreamSubscription,
} from "@eventstore/db-client";
import { seen, type Seen } from "./events.js";

type Subscription = StreamSubscription | AllStreamSubscription;
type Entry = { event: Seen } | "caughtUp" | { checkpoint: Position };

/** Everything that a subscription was told, in order. Tests wait for what they expect, never for time. */
export class Watched {
  readonly entries: Entry[] = [];
  private last: ResolvedEvent | undefined;
  private error: Error | undefined;
  private readonly waiting = new Set<() => void>();

  /** `again` makes the next subscription when a real server has dropped this one for being slow. */
  constructor(
    public subscription: Subscription,
    private readonly again?: (last: ResolvedEvent | undefined) => Subscription,
  ) {
    this.listen(subscription);
  }

  private listen(subscription: Subscription): void {
    const emitter: NodeJS.EventEmitter = subscription;
    emitter.on("data", (resolved: ResolvedEvent) => {
      this.last = resolved;
      this.add({ event: seen(resolved) });
    });
    emitter.on("caughtUp", () => {
      this.add("caughtUp");
    });
    emitter.on("error", (error: Error) => {
      if (this.again && error instanceof TimeoutError) {
        this.subscription = this.again(this.last);
        this.listen(this.subscription);
        return;
      }
      this.error = error;
      this.check();
    });
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.check();
  }

  get events(): Seen[] {
    return this.entries.flatMap((entry) => (typeof entry === "object" && "event" in entry ? [entry.event] : []));
  }

  get checkpoints(): Position[] {
    return this.entries.flatMap((entry) =>
      typeof entry === "object" && "checkpoint" in entry ? [entry.checkpoint] : [],
    );
  }

  /** Resolves when `done` holds, rejects when the subscription fails. */
  async until(done: (watched: this) => boolean): Promise<void> {
    while (!done(this)) {
      if (this.error) throw this.error;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  untilCount(count: number): Promise<void> {
    return this.until(() => this.entries.length >= count && this.events.length >= count);
  }

  untilCaughtUp(): Promise<void> {
    return this.until(() => this.entries.includes("caughtUp"));
  }

  private check(): void {
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}
