import { daysWork } from "#application/processes/clock/days-work.js";
import { walk } from "#application/processes/clock/walk.js";
import { type Context } from "#application/processes/context.js";
import { type Lead, LeadLost } from "#application/processes/sharing.js";
import { type Instant } from "#domain/calendar.js";
import { nowOf, type Provider } from "#domain/providers/provider.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { nextDue } from "#read-models/billing/due.js";
import { forgetClosed, listParked, retryParked } from "#read-models/billing/parked.js";
import { providerStates } from "#read-models/providers/queries.js";
import { messageOf } from "#read-models/runner/failures.js";
import { leadOfProvider } from "./lead.js";
import { type Membership } from "./membership.js";

const LOOK_AT_CALENDAR_EVERY = 10_000;
const SWEEP_EVERY = 600_000;
const PROVIDERS_AT_ONCE = 8;
const RETRY_FIRST = 1_000;
const RETRY_MOST = 30_000;

/** State of the work of one provider. */
interface Job {
  running: boolean;
  wanted: boolean;
  failures: number;
  notBefore: number;
}

/**
 * Does the work of the providers that this worker leads when it is due: by the system clock, by the advance of a test
 * clock, or because of an event. Several providers in parallel, each one task at a time; failures are retried with
 * back-off.
 */
export class BillingClock {
  private readonly jobs = new Map<string, Job>();
  private readonly running = new Set<Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private stopped = false;

  constructor(
    private readonly context: Context,
    private readonly membership: () => Membership,
  ) {
    this.every(LOOK_AT_CALENDAR_EVERY, () => this.lookAtCalendar());
    this.every(SWEEP_EVERY, () => {
      this.want(this.membership().ledProviders());
      return Promise.resolve();
    });
    this.every(RETRY_FIRST, () => {
      this.dispatch();
      return Promise.resolve();
    });
  }

  /** Called when a provider has work to do now: this worker does it if it leads the provider, or if no worker does. */
  async called(provider: string): Promise<void> {
    if (await this.membership().tryLead(provider)) this.want([provider]);
  }

  /** Checks the work of the providers. */
  want(providers: readonly string[]): void {
    for (const provider of providers) {
      const job = this.jobs.get(provider);
      if (job) job.wanted = true;
      else this.jobs.set(provider, { running: false, wanted: true, failures: 0, notBefore: 0 });
    }
    this.dispatch();
  }

  /** Starts no further work and waits for work in progress. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running);
  }

  private every(milliseconds: number, task: () => Promise<void>): void {
    const run = () =>
      void task().catch((error: unknown) => {
        this.context.log(`the billing clock stumbled: ${messageOf(error)}`);
      });
    this.timers.push(setInterval(run, milliseconds));
  }

  private async lookAtCalendar(): Promise<void> {
    const systemNow = new Date().toISOString();
    const due: string[] = [];
    for (const { providerId, testClock } of await this.providers(this.membership().ledProviders())) {
      if (testClock !== null) continue;
      const next = await nextDue(this.context.dataSource, providerId);
      if (next !== null && next <= systemNow) due.push(providerId);
    }
    this.want(due);
  }

  private providers(ids: readonly string[]): Promise<Provider[]> {
    return providerStates(this.context.dataSource, ids);
  }

  private dispatch(): void {
    if (this.stopped) return;
    for (const [provider, job] of this.jobs) {
      if (this.running.size >= PROVIDERS_AT_ONCE) return;
      if (job.running || !job.wanted || job.notBefore > Date.now()) continue;
      if (!this.membership().leads(provider)) {
        // The worker that leads it now checks all of its work, this worker too should it lead it again.
        this.jobs.delete(provider);
        continue;
      }
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
      if (error instanceof StoreUnavailable) this.membership().doubtStore();
      if (error instanceof LeadLost) done = true;
      else this.context.log(`the work of provider ${providerId} failed and is tried again: ${messageOf(error)}`);
    }
    job.running = false;
    job.failures = done ? 0 : job.failures + 1;
    if (done) return;
    job.wanted = true;
    job.notBefore = Date.now() + Math.min(RETRY_MOST, RETRY_FIRST * 2 ** (job.failures - 1));
  }

  /** @returns false when something is parked and should be retried */
  private async doWork(providerId: string, job: Job): Promise<boolean> {
    const { dataSource, projections, store } = this.context;
    const lead = leadOfProvider(dataSource, this.membership(), providerId);
    // After a start the read models may still be behind an earlier worker's events.
    await projections.reached(await store.tail(), ["providers"], providerId);
    const [provider] = await this.providers([providerId]);
    if (!provider) return true;
    if (job.failures > 0) await retryParked(dataSource, providerId);
    const done = await this.workOf(provider, lead);
    await forgetClosed(dataSource, providerId);
    return done;
  }

  private async workOf(provider: Provider, lead: Lead): Promise<boolean> {
    if (provider.advance) return walk(this.context, provider, lead);
    const now: Instant = nowOf(provider, new Date().toISOString());
    await daysWork(this.context, provider, now, lead);
    return (await listParked(this.context.dataSource, provider.providerId)).length === 0;
  }
}
