import { closeDue } from "#application/processes/closing/close-due.js";
import { collectDue } from "#application/processes/collection/collect-due.js";
import { type Context } from "#application/processes/context.js";
import { signalDue } from "#application/processes/lifecycle/signal-due.js";
import { LeadLost } from "#application/processes/sharing.js";
import { StoreUnavailable } from "#event-store/errors.js";
import { listMoments, type SharedMoment } from "#read-models/billing/leases.js";
import { messageOf } from "#read-models/runner/failures.js";
import { type Membership } from "./membership.js";

/** Milliseconds between checks while work is published, for newly leased shards and customers that become due. */
const LOOK_AGAIN_MS = 200;

/** Works on the moments that other workers have published, for the customers of this worker's shards. */
export class Helping {
  readonly #working = new Map<string, Promise<void>>();
  #looking = false;
  #lookAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly context: Context,
    private readonly membership: () => Membership,
  ) {}

  /** Checks for published work, and repeats while there is any. */
  look(): void {
    this.#lookAgain = true;
    if (this.#looking || this.#stopped) return;
    this.#looking = true;
    void this.#lookWhileWanted().finally(() => {
      this.#looking = false;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#working.values());
  }

  #isStopped(): boolean {
    return this.#stopped;
  }

  #wantsLook(): boolean {
    return this.#lookAgain && !this.#stopped;
  }

  async #lookWhileWanted(): Promise<void> {
    try {
      while (this.#wantsLook()) {
        this.#lookAgain = false;
        clearTimeout(this.#timer);
        // A worker with every shard has no other workers to help.
        if (this.membership().shards() === "all") return;
        const moments = await listMoments(this.context.dataSource);
        for (const moment of moments) this.#help(moment);
        if (moments.length > 0 && !this.#isStopped()) {
          this.#timer = setTimeout(() => {
            this.look();
          }, LOOK_AGAIN_MS);
        }
      }
    } catch (error) {
      this.context.log(`looking for moments to help with failed: ${messageOf(error)}`);
    }
  }

  #help(shared: SharedMoment): void {
    const { provider_id: provider } = shared;
    if (this.membership().leads(provider) || this.#working.has(provider)) return;
    const work = this.#work(shared)
      .catch((error: unknown) => {
        if (error instanceof StoreUnavailable) this.membership().doubtStore();
        if (!(error instanceof LeadLost)) {
          this.context.log(`helping with the work of provider ${provider} failed: ${messageOf(error)}`);
        }
      })
      .finally(() => {
        this.#working.delete(provider);
      });
    this.#working.set(provider, work);
  }

  async #work({ provider_id: provider, phase, moment, now }: SharedMoment): Promise<void> {
    const shards = () => this.membership().shards();
    const assert = () => {
      if (!this.membership().isValid) throw new LeadLost("this worker has no shards now");
    };
    const part = { provider, moment, now, shards, assert };
    await this.context.projections.reached(await this.context.store.tail(), ["billing"], provider);
    if (phase === "SIGNALS") await signalDue(this.context, part);
    else if (phase === "STEPS") await collectDue(this.context, part);
    else await closeDue(this.context, part);
  }
}
