import { comparePositions, type Position } from "#event-store/position.js";
import { type Checkpoint } from "./checkpoints.js";

interface Waiter {
  /** Called after every change until it answers true. */
  readonly done: (checkpoints: ReadonlyMap<string, Checkpoint>) => boolean;
}

/** Where the projections stand as this process knows it, and those who wait for them. */
export class Progress {
  readonly #checkpoints = new Map<string, Checkpoint>();
  readonly #waiters = new Set<Waiter>();

  get checkpoints(): ReadonlyMap<string, Checkpoint> {
    return this.#checkpoints;
  }

  get waited(): boolean {
    return this.#waiters.size > 0;
  }

  update(checkpoints: readonly Checkpoint[]): void {
    for (const checkpoint of checkpoints) this.#checkpoints.set(checkpoint.name, checkpoint);
    for (const waiter of this.#waiters) if (waiter.done(this.#checkpoints)) this.#waiters.delete(waiter);
  }

  /** Calls `done` now and after every change until it answers true. Answers how to stop waiting. */
  wait(done: Waiter["done"]): () => void {
    const waiter = { done };
    if (!done(this.#checkpoints)) this.#waiters.add(waiter);
    return () => this.#waiters.delete(waiter);
  }
}

export const hasReached = (checkpoint: Checkpoint | undefined, position: Position): boolean =>
  checkpoint !== undefined && comparePositions(checkpoint.position, position) >= 0;
