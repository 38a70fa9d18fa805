import { type Instant } from "#domain/calendar.js";
import { nowOf, type Provider } from "#domain/providers/provider.js";
import { eventTypes } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { nextDue } from "#read-models/billing/due.js";
import { forgetClosed, listParked, retryParked } from "#read-models/billing/parked.js";
import { providerState, providerStates } from "#read-models/providers/queries.js";
import { type Context } from "./context.js";
import { daysWork } from "./days-work.js";
import { walk } from "./walk.js";

const LOOK_AT_CALENDAR_EVERY = 10_000;
const SWEEP_EVERY = 600_000;
const PROVIDERS_AT_ONCE = 8;
const RETRY_FIRST = 1_000;
const RETRY_MOST = 30_000;

/** What is known about the work of one provider. */
interface Job {
  running: boolean;
  wanted: boolean;
  failures: number;
  notBefore: number;
}

/**
 * Does each provider's work when it is due: by the system clock, by a walk of its test clock, or because an event
 * calls for it. Providers work side by side, each one thing at a time; what fails is tried again with back-off.
 */
export class BillingClock {
  private readonly jobs = new Map<string, Job>();
  private readonly running = new Set<Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private stopped = false;
  private started = false;

  constructor(private readonly context: Context) {}

  /** Told of every page that the read models have taken in. */
  readonly onEvents = (events: readonly RecordedEvent[]): void => {
    const called = new Set(
      events.filter(({ type }) => eventTypes[type].callsForWork).map(({ metadata }) => metadata.provider),
    );
    for (const provider of called) this.want(provider);
    if (called.size > 0) this.dispatch();
  };

  async start(): Promise<void> {
    this.started = true;
    await this.sweep();
    this.every(LOOK_AT_CALENDAR_EVERY, () => this.lookAtCalendar());
    this.every(SWEEP_EVERY, () => this.sweep());
    this.every(RETRY_FIRST, () => {
      this.dispatch();
      return Promise.resolve();
    });
  }

  /** Starts nothing new and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
  }

  private every(milliseconds: number, task: () => Promise<void>): void {
    const run = () =>
      void task().catch((error: unknown) => {
        this.context.log(`the billing clock stumbled: ${String(error)}`);
      });
    this.timers.push(setInterval(run, milliseconds));
  }

  /** Looks at every provider: after a start, and now and then for what no event tells. */
  private async sweep(): Promise<void> {
    for (const { providerId } of await providerStates(this.context.dataSource)) this.want(providerId);
    this.dispatch();
  }

  private async lookAtCalendar(): Promise<void> {
    const systemNow = new Date().toISOString();
    for (const provider of await providerStates(this.context.dataSource)) {
      if (provider.testClock !== null) continue;
      const due = await nextDue(this.context.dataSource, provider.providerId);
      if (due !== null && due <= systemNow) this.want(provider.providerId);
    }
    this.dispatch();
  }

  private want(provider: string): void {
    const job = this.jobs.get(provider);
    if (job) job.wanted = true;
    else this.jobs.set(provider, { running: false, wanted: true, failures: 0, notBefore: 0 });
  }

  private dispatch(): void {
    if (!this.started || this.stopped) return;
    for (const [provider, job] of this.jobs) {
      if (this.running.size >= PROVIDERS_AT_ONCE) return;
      if (job.running || !job.wanted || job.notBefore > Date.now()) continue;
      const task = this.work(provider, job).finally(() => {
        this.running.delete(task);
        this.dispatch();
      });
      this.running.add(task);
    }
  }

  private async work(providerId: string, job: Job): Promise<void> {
    job.running = true;
    job.wanted = false;
    let done = false;
    try {
      done = await this.doWork(providerId, job);
    } catch (error) {
      this.context.log(`the work of provider ${providerId} failed and is tried again: ${text(error)}`);
    }
    job.running = false;
    job.failures = done ? 0 : job.failures + 1;
    if (done) return;
    job.wanted = true;
    job.notBefore = Date.now() + Math.min(RETRY_MOST, RETRY_FIRST * 2 ** (job.failures - 1));
  }

  /** @returns false when something is parked and should be tried again */
  private async doWork(providerId: string, job: Job): Promise<boolean> {
    const { dataSource, projections, store } = this.context;
    // After a start the read models may still be behind what an earlier worker did.
    await projections.reached(await store.tail(), ["providers"]);
    const provider = await providerState(this.context.dataSource, providerId);
    if (!provider) return true;
    if (job.failures > 0) await retryParked(dataSource, providerId);
    const done = await this.workOf(provider);
    await forgetClosed(dataSource, providerId);
    return done;
  }

  private async workOf(provider: Provider): Promise<boolean> {
    if (provider.advance) return walk(this.context, provider);
    const now: Instant = nowOf(provider, new Date().toISOString());
    await daysWork(this.context, provider, now);
    return (await listParked(this.context.dataSource, provider.providerId)).length === 0;
  }
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));
