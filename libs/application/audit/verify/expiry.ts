import { type EventStore, type Retention } from "#event-store/event-store.js";

/** Events that the event store may have let go, because their stream's metadata say so. */
export class Expiry {
  readonly #retentions = new Map<string, Promise<Retention>>();
  readonly #through: Map<string, bigint>;

  /** @param noted what was noted before */
  constructor(
    private readonly store: EventStore,
    private readonly now: () => string,
    noted: ReadonlyMap<string, bigint> = new Map(),
  ) {
    this.#through = new Map(noted);
  }

  /** Whether an event may be gone: it is before `$tb`, or older than `$maxAge` by the time at which it was recorded. */
  async isExpired(stream: string, revision: bigint, recordedAt: Date): Promise<boolean> {
    const { maxAge, truncateBefore } = await this.#retentionOf(stream);
    if (truncateBefore !== null && revision < truncateBefore) return true;
    return maxAge !== null && recordedAt.getTime() + maxAge * 1_000 <= Date.parse(this.now());
  }

  /** The same where nobody knows when the event was recorded: `$maxAge` alone will do. */
  async isDeclared(stream: string, revision: bigint): Promise<boolean> {
    const { maxAge, truncateBefore } = await this.#retentionOf(stream);
    return maxAge !== null || (truncateBefore !== null && revision < truncateBefore);
  }

  /** Notes that the events of a stream up to this revision have expired. */
  note(stream: string, revision: bigint): void {
    const known = this.#through.get(stream);
    if (known === undefined || known < revision) this.#through.set(stream, revision);
  }

  /** By stream: up to which revision events have expired. */
  get noted(): ReadonlyMap<string, bigint> {
    return this.#through;
  }

  #retentionOf(stream: string): Promise<Retention> {
    let retention = this.#retentions.get(stream);
    if (!retention) this.#retentions.set(stream, (retention = this.store.retentionOf(stream)));
    return retention;
  }
}
