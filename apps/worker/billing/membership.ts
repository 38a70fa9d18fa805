import { randomUUID } from "node:crypto";
import { type DataSource } from "typeorm";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { beat, BILLING_CHANNEL, leave, takeLead, type Term } from "#read-models/billing/leases.js";
import { type Shards, SHARDS } from "#read-models/billing/shards.js";
import { CALLS_CHANNEL } from "#read-models/runner/calls.js";
import { DatabaseSession } from "#read-models/runner/database-session.js";
import { messageOf } from "#read-models/runner/failures.js";

export interface MembershipOptions {
  readonly dataSource: DataSource;
  readonly log: (line: string) => void;
  /** Called with providers whose work this worker has begun to lead. */
  readonly onLeads: (providers: readonly string[]) => void;
  /** Called with a provider that has work to do now, whichever worker leads it. */
  readonly onCall: (provider: string) => void;
  /** Called when moments were published or leases of shards may have changed. */
  readonly onShared: () => void;
  /** Returns when the event store takes appends; throws when it does not. */
  readonly requireStore: () => Promise<void>;
  /** Milliseconds that leases last without a heartbeat. */
  readonly lastingMs?: number;
}

const LASTING_MS = 3_000;
const pauses: Backoff = { firstMs: 100, mostMs: 2_000 };

/**
 * Membership of a worker among those that bill: a database session, and a heartbeat every third of the duration of
 * leases. Leases end with the session, and when heartbeats stop, e.g. of a hanging process. Leases only save work:
 * appends expect exact revisions.
 */
export class Membership {
  readonly worker = randomUUID();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #session: DatabaseSession | undefined;
  #leads: ReadonlyMap<string, Term> = new Map();
  #shards: readonly number[] = [];
  /** When the leases end, by this process's monotonic clock; other workers may take them from then on. */
  #until = 0;
  #lastError: string | undefined;
  #doubtsStore = false;

  constructor(private readonly options: MembershipOptions) {
    this.#running = this.#run();
  }

  /** Term of the lead of the provider's work, while this worker has it; otherwise null. */
  termOf(provider: string): Term | null {
    return this.isValid ? (this.#leads.get(provider) ?? null) : null;
  }

  leads(provider: string): boolean {
    return this.termOf(provider) !== null;
  }

  ledProviders(): string[] {
    return this.isValid ? [...this.#leads.keys()] : [];
  }

  shards(): Shards {
    if (!this.isValid) return [];
    return this.#shards.length === SHARDS ? "all" : this.#shards;
  }

  /** Number of shards of this worker, for metrics. */
  get heldShards(): number {
    return this.isValid ? this.#shards.length : 0;
  }

  get isValid(): boolean {
    return !this.#stopping.signal.aborted && performance.now() < this.#until;
  }

  get lastError(): string | undefined {
    return this.#lastError;
  }

  /** Takes the lead of a provider's work if no worker has it. */
  async tryLead(provider: string): Promise<boolean> {
    if (this.leads(provider)) return true;
    const session = this.#session;
    if (!session || !this.isValid) return false;
    const term = await takeLead(session, this.worker, provider);
    if (term === null) return false;
    this.#leads = new Map([...this.#leads, [provider, term]]);
    return true;
  }

  /**
   * To be called when work failed because the event store did not answer: a worker that cannot reach it ends its leases,
   * so that other workers can take them, until it can.
   */
  doubtStore(): void {
    this.#doubtsStore = true;
  }

  /** Ends all leases at once, so that other workers can take them. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    const { dataSource, log } = this.options;
    const { signal } = this.#stopping;
    let failures = 0;
    while (!this.#isStopped()) {
      try {
        const session = await DatabaseSession.open(dataSource, "tenure biller");
        this.#session = session;
        try {
          await this.#belong(session, () => (failures = 0));
        } finally {
          this.#session = undefined;
          this.#until = 0;
          await session.close();
        }
      } catch (error) {
        if (this.#isStopped()) return;
        failures += 1;
        this.#lastError = messageOf(error);
        log(`billing waits for PostgreSQL: ${this.#lastError}`);
      }
      if (!this.#isStopped()) await backOff(pauses, failures + 1, signal);
    }
  }

  async #belong(session: DatabaseSession, onBeat: () => void): Promise<void> {
    const { lastingMs = LASTING_MS, onCall, onShared } = this.options;
    const { signal } = this.#stopping;
    session.onNotification((payload, channel) => {
      if (channel === CALLS_CHANNEL) onCall(payload);
      if (channel === BILLING_CHANNEL) onShared();
    });
    await session.query(`LISTEN ${CALLS_CHANNEL}`);
    await session.query(`LISTEN ${BILLING_CHANNEL}`);
    while (!signal.aborted && !session.isEnded) {
      if (this.#doubtsStore && !(await this.#reachesStore(session))) {
        await pauseUnlessEnded(session, lastingMs / 3, signal);
        continue;
      }
      await this.#beat(session, lastingMs);
      onBeat();
      await pauseUnlessEnded(session, lastingMs / 3, signal);
    }
    if (signal.aborted && !session.isEnded) await leave(session, this.worker);
  }

  /** Whether the event store can be reached; ends all leases where it cannot. */
  async #reachesStore(session: DatabaseSession): Promise<boolean> {
    try {
      await this.options.requireStore();
      this.#doubtsStore = false;
      return true;
    } catch (error) {
      this.#until = 0;
      this.#lastError = `the event store does not answer: ${messageOf(error)}`;
      await leave(session, this.worker);
      return false;
    }
  }

  async #beat(session: DatabaseSession, lastingMs: number): Promise<void> {
    const asked = performance.now();
    const { shards, leads } = await beat(session, this.worker, lastingMs);
    // Work that was called for during a lapse was left undone: then all leads count as new.
    const before = this.isValid ? this.#leads : new Map<string, Term>();
    const gained = [...leads].filter(([provider, term]) => before.get(provider) !== term);
    this.#until = asked + lastingMs;
    this.#leads = leads;
    this.#shards = shards;
    this.#lastError = undefined;
    if (gained.length > 0) this.options.onLeads(gained.map(([provider]) => provider));
    this.options.onShared();
  }
}

/** Returns early when the signal aborts or the session ends; notifications do not shorten it. */
const pauseUnlessEnded = async (session: DatabaseSession, ms: number, signal: AbortSignal): Promise<void> => {
  const deadline = performance.now() + ms;
  for (let left = ms; left > 0 && !session.isEnded && !signal.aborted; left = deadline - performance.now()) {
    await session.notification(left, signal);
  }
};
