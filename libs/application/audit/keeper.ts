import { type JobRun } from "./job.js";

/** A save may take up to so little of the time. */
const SHARE = 20;

/** Saves how far a job is, now and then: what it goes on with may be long. */
export class Keeper<Saved> {
  #notBefore = performance.now();

  /** @param everyMs milliseconds between two saves, at least */
  constructor(
    private readonly job: Pick<JobRun<Saved>, "save">,
    private readonly everyMs: number,
  ) {
    this.#notBefore += everyMs;
  }

  /** Saves where it is time, or where a part has ended. */
  async keep(standing: () => Saved, isEnd = false): Promise<void> {
    const from = performance.now();
    if (!isEnd && from < this.#notBefore) return;
    await this.job.save(standing());
    const until = performance.now();
    this.#notBefore = until + Math.max(this.everyMs, (until - from) * SHARE);
  }
}
