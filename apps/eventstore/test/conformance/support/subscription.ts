import type { AllStreamSubscription, Position, ResolvedEvent, StreamSubscription } from "@eventstore/db-client";
import { seen, type Seen } from "./events.js";

type Entry = { event: Seen } | "caughtUp" | "fellBehind" | { checkpoint: Position };

/** Everything that a subscription was told, in order. Tests wait for what they expect, never for time. */
export class Watched {
  readonly entries: Entry[] = [];
  private error: Error | undefined;
  private readonly waiting = new Set<() => void>();

  constructor(readonly subscription: StreamSubscription | AllStreamSubscription) {
    const emitter: NodeJS.EventEmitter = subscription;
    emitter.on("data", (resolved: ResolvedEvent) => {
      this.add({ event: seen(resolved) });
    });
    emitter.on("caughtUp", () => {
      this.add("caughtUp");
    });
    emitter.on("fellBehind", () => {
      this.add("fellBehind");
    });
    emitter.on("error", (error: Error) => {
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
