import { setTimeout } from "node:timers/promises";
import { DatabaseSession } from "#read-models/runner/database-session.js";
import { messageOf } from "#read-models/runner/failures.js";
import { backOff, type Backoff } from "#event-store/backoff.js";
import { attempt, type Attempted, type Attempting, LEASE_MS, type Tried } from "./attempt.js";
import { type Probe, stillOut, takeProbe } from "./outages.js";
import { nextProbe, soon, systemTimer, type Timer } from "./pauses.js";
import { DELIVERIES_CHANNEL, takeDeliveries, type TakenDelivery } from "./queue.js";
import { byName, type Target, type TargetName, targetNames } from "./target.js";

export interface SendingOptions extends Omit<Attempting, "timer"> {
  /** Those that this installation is configured for. */
  readonly targets: readonly Target[];
  /** Default: the system's time. */
  readonly timer?: Timer;
  /** Called after each try. */
  readonly onTried?: (target: TargetName, tried: Tried) => void;
}

export interface Sending {
  /** Why it makes no progress; undefined: it does. */
  stall(): string | undefined;
  /** Takes no further deliveries, and waits for those that are being sent. */
  stop(): Promise<void>;
}

const SENT_AT_ONCE = 8;
/** Milliseconds between looks for what is due, in case a notification was lost. */
const LOOK_AGAIN_MS = 1_000;
const pauses: Backoff = { firstMs: 100, mostMs: 5_000 };

/** Sends deliveries when they are due; any number of processes may do so side by side. */
export const startSending = ({ targets, timer = systemTimer, ...options }: SendingOptions): Sending => {
  const configured = byName(targets);
  // Each target by itself: a slow one does not keep the others waiting.
  const senders = targetNames.map((name) => {
    const target = configured.get(name);
    const sender = new Sender({ ...options, timer }, name, target);
    const running = sender.run();
    return { sender, running };
  });
  return {
    stall: () => senders.find(({ sender }) => sender.lastError !== undefined)?.sender.lastError,
    async stop() {
      await Promise.all(
        senders.map(async ({ sender, running }) => {
          sender.stop();
          await running;
        }),
      );
    },
  };
};

/** The deliveries to one target. */
class Sender {
  lastError: string | undefined;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  /** Set when there may be something to do at once. */
  #called = false;
  /** Set when that is because somebody else said so, or long not looked for: targets may be asked whether they are back. */
  #told = true;
  #nap = new AbortController();

  constructor(
    private readonly context: Attempting & Pick<SendingOptions, "onTried">,
    private readonly name: TargetName,
    private readonly target: Target | undefined,
  ) {}

  stop(): void {
    this.#stopping.abort();
    this.#nap.abort();
  }

  async run(): Promise<void> {
    const { dataSource, log } = this.context;
    let failures = 0;
    while (!this.#isStopped()) {
      let session: DatabaseSession | undefined;
      const lost = new AbortController();
      try {
        session = await DatabaseSession.open(dataSource, "tenure deliveries");
        // Leases end with the session: what is being sent is broken off, because others may take it.
        void session.ended.then(() => {
          lost.abort();
        });
        session.onNotification((target) => {
          if (target !== "" && target !== this.name) return;
          this.#told = true;
          this.#wake();
        });
        await session.query(`LISTEN ${DELIVERIES_CHANNEL}`);
        while (!this.#isStopped() && !session.isEnded) {
          this.#called = false;
          this.#nap = new AbortController();
          await this.#takeAll(session, lost.signal);
          failures = 0;
          this.lastError = undefined;
          if (!this.#isCalled()) await this.#sleep();
        }
        // While they are sent, their leases must last.
        if (this.#isStopped()) await Promise.all(this.#running);
      } catch (error) {
        failures += 1;
        this.lastError = messageOf(error);
        log(`deliveries to ${this.name} wait: ${this.lastError}`);
        await backOff(pauses, failures, this.#stopping.signal);
      } finally {
        await session?.close();
      }
    }
    await Promise.all(this.#running);
  }

  async #sleep(): Promise<void> {
    const isOver = await setTimeout(LOOK_AGAIN_MS, true, { signal: this.#nap.signal }).catch(() => false);
    if (isOver) this.#told = true;
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #isCalled(): boolean {
    return this.#called;
  }

  #wake(): void {
    this.#called = true;
    this.#nap.abort();
  }

  async #takeAll(session: DatabaseSession, lost: AbortSignal): Promise<void> {
    const { timer } = this.context;
    const isTold = this.#told;
    this.#told = false;
    const probe = this.target && isTold && (await takeProbe(session, this.name, timer.now(), LEASE_MS));
    if (probe) this.#start(this.#probe(session, probe, lost));
    while (!this.#isStopped()) {
      const room = SENT_AT_ONCE - this.#running.size;
      if (room <= 0) {
        await Promise.race(this.#running);
        continue;
      }
      const which = this.target ? "AVAILABLE" : "STUBS";
      const taken = await takeDeliveries(session, this.name, timer.now(), room, LEASE_MS, which);
      for (const one of taken) this.#start(this.#try(one, lost).then(({ more }) => more));
      if (taken.length < room) return;
    }
  }

  /** @param work returns whether there may be something to do at once because of it */
  #start(work: Promise<boolean>): void {
    const run: Promise<void> = work
      .catch((error: unknown) => {
        this.lastError = messageOf(error);
        this.context.log(`what became of a delivery to ${this.name} could not be noted: ${this.lastError}`);
        return true;
      })
      .then((more) => {
        this.#running.delete(run);
        if (more) this.#wake();
      });
    this.#running.add(run);
  }

  async #try(taken: TakenDelivery, lost: AbortSignal, outage?: Probe): Promise<Attempted> {
    const attempted = await attempt(this.context, this.target, taken, lost, outage);
    this.context.onTried?.(this.name, attempted.tried);
    return attempted;
  }

  /** Asks with one delivery whether the target is back. */
  async #probe(session: DatabaseSession, probe: Probe, lost: AbortSignal): Promise<boolean> {
    const { dataSource, timer } = this.context;
    const { provider, probes } = probe;
    const [taken] = await takeDeliveries(session, this.name, timer.now(), 1, LEASE_MS, { probe: provider });
    const tried = taken ? (await this.#try(taken, lost, probe)).tried : "WAITS";
    // Where the target answered, the outage is over, and this changes nothing.
    if (tried === "DOWN") await stillOut(dataSource, this.name, provider, probes + 1, nextProbe(timer, probes + 1));
    else await stillOut(dataSource, this.name, provider, probes, soon(timer));
    return true;
  }
}
