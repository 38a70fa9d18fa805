import { comparePositions, type Position, positionToText } from "#event-store/position.js";
import { type Checkpoint } from "./checkpoints.js";
import { ProviderStalled } from "./stalls.js";

interface Waiter {
  /** Called after every change until it returns true. */
  readonly done: (checkpoints: ReadonlyMap<string, Checkpoint>) => boolean;
}

/** Checkpoints as this process knows them, and the callers that wait for them. */
export class Progress {
  readonly #checkpoints = new Map<string, Checkpoint>();
  readonly #waiters = new Set<Waiter>();

  /**
   * @param versions of projections that the program has: rows of a version before are not what it waits for, wherever
   * they have got to. Left out: rows of any version are.
   */
  constructor(private readonly versions: ReadonlyMap<string, number> = new Map()) {}

  hasReached(name: string, position: Position): boolean {
    const checkpoint = this.#checkpoints.get(name);
    return hasReached(checkpoint, position) && (checkpoint?.version ?? 0) >= (this.versions.get(name) ?? 0);
  }

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

  /** Calls `done` now and after every change until it returns true. Returns a function that stops waiting. */
  wait(done: Waiter["done"]): () => void {
    const waiter = { done };
    if (!done(this.#checkpoints)) this.#waiters.add(waiter);
    return () => this.#waiters.delete(waiter);
  }
}

export const hasReached = (checkpoint: Checkpoint | undefined, position: Position): boolean =>
  checkpoint !== undefined && comparePositions(checkpoint.position, position) >= 0;

/** Why the provider's rows are stalled; undefined: they are not. */
export const stallOf = (checkpoint: Checkpoint | undefined, provider: string | undefined): string | undefined =>
  checkpoint?.stalled.find(({ providerId }) => providerId === provider)?.reason;

/**
 * Resolves when the projections have reached the position. Rejects when one of them is parked or retired before it, when
 * the provider is stalled in one that has reached it, and on the signal.
 * @param names null: all projections of the process that projects
 * @param provider provider whose rows are waited for; left out: only checkpoints count
 */
export const reach = (
  progress: Progress,
  position: Position,
  names: readonly string[] | null,
  stopping: AbortSignal,
  provider?: string,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      giveUp();
      reject(new Error(`The projections were stopped before they reached ${positionToText(position)}`));
    };
    stopping.addEventListener("abort", abort);
    const giveUp = progress.wait((checkpoints) => {
      const behind = (names ?? current(checkpoints)).filter((name) => !progress.hasReached(name, position));
      const stopped = behind
        .map((name) => checkpoints.get(name))
        .find((found) => found?.status === "FAILED" || found?.status === "RETIRED");
      if ((behind.length > 0 && !stopped) || (names === null && checkpoints.size === 0)) return false;
      stopping.removeEventListener("abort", abort);
      const stalled = (names ?? current(checkpoints)).find((name) => stallOf(checkpoints.get(name), provider));
      if (stalled !== undefined) {
        const reason = stallOf(checkpoints.get(stalled), provider) ?? "unknown reason";
        reject(new ProviderStalled(`Provider ${provider} is stalled in ${stalled}: ${reason}`));
      } else if (stopped) reject(stoppedError(stopped));
      else resolve();
      return true;
    });
    if (stopping.aborted) abort();
  });

const stoppedError = ({ name, status, error }: Checkpoint): Error =>
  status === "RETIRED"
    ? new Error(`Projection ${name} is retired: the program that projects does not have it`)
    : new Error(`Projection ${name} is parked: ${error ?? "unknown reason"}`);

/** For {@link Progress}: those of the given projections. */
export const versionsOf = (
  projections: readonly { readonly name: string; readonly version: number }[],
): ReadonlyMap<string, number> => new Map(projections.map(({ name, version }) => [name, version]));

const current = (checkpoints: ReadonlyMap<string, Checkpoint>): string[] =>
  [...checkpoints.values()].filter(({ status }) => status !== "RETIRED").map(({ name }) => name);
