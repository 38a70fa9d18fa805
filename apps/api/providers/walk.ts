import { setTimeout } from "node:timers/promises";
import { Injectable } from "@nestjs/common";
import { type Provider } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { listParked } from "#read-models/billing/parked.js";
import { loadCheckpoints } from "#read-models/runner/checkpoints.js";
import { Backend } from "../backend.js";
import { Unavailable } from "../graphql/unavailable.js";

const LOOK_AGAIN_MS = 25;
const PATIENCE_MS = 600_000;
/** A worker that comes across something parked tries it again; what stays parked this long stands in the way. */
const PARKED_FOR_MS = 3_000;
const LOOK_FOR_PARKED_EVERY_MS = 500;
/** How much of what is parked an answer names. */
const NAMED = 5;

/** The walk of a test clock, done by the worker and watched here. */
@Injectable()
export class Walk {
  constructor(private readonly backend: Backend) {}

  /**
   * Returns when the walk is over.
   * @param ordered revision of the provider's stream that ordered it: before that is read, it has not begun
   * @throws Rejection CONFLICT naming what is parked; Unavailable when it takes too long
   */
  async finished(providerId: string, advanceId: string, ordered: bigint): Promise<void> {
    const start = performance.now();
    // What is tried again counts as the same standstill until the walk has moved on.
    let still: { readonly revision: bigint; readonly since: number } | undefined;
    let nextLook = start + LOOK_FOR_PARKED_EVERY_MS;
    for (;;) {
      const { provider, revision } = await this.look(providerId);
      if (revision >= ordered && provider?.advance?.advanceId !== advanceId) return;
      const now = performance.now();
      if (now >= nextLook) {
        nextLook = now + LOOK_FOR_PARKED_EVERY_MS;
        const parked = await this.parked(providerId);
        if (still?.revision !== revision) still = undefined;
        if (parked.length > 0) still ??= { revision, since: now };
        if (still && parked.length > 0 && now - still.since > PARKED_FOR_MS) throw stuck(provider, parked);
      }
      if (now - start > PATIENCE_MS) {
        const at = provider?.testClock ?? "its start";
        throw new Unavailable(`The test clock is on its way, at ${at}, for ten minutes; is a worker running?`);
      }
      await setTimeout(LOOK_AGAIN_MS);
    }
  }

  private async look(providerId: string): Promise<{ provider: Provider | null; revision: bigint }> {
    const [row] = await this.backend.rows<{ state: Provider; revision: string }>(
      "SELECT state, revision FROM providers WHERE provider_id = $1",
      [providerId],
    );
    return row ? { provider: row.state, revision: BigInt(row.revision) } : { provider: null, revision: -1n };
  }

  private async parked(providerId: string): Promise<string[]> {
    const [closes, checkpoints] = await Promise.all([
      listParked(this.backend.dataSource, providerId),
      loadCheckpoints(this.backend.dataSource),
    ]);
    const projections = checkpoints.filter(({ status }) => status === "FAILED");
    return [
      ...projections.map(({ name, error }) => `the read model ${name} (${error ?? "no reason given"})`),
      ...closes.map((close) => `the close of customer ${close.customer_id} (${close.reason})`),
    ];
  }
}

const stuck = (provider: Provider | null, parked: readonly string[]): Error => {
  const named = parked.slice(0, NAMED).join("; ");
  const more = parked.length > NAMED ? `; and ${parked.length - NAMED} more` : "";
  const where = provider
    ? `at ${provider.testClock ?? "its start"} on its way to ${provider.advance?.to ?? "its end"}`
    : "";
  return reject("CONFLICT", `The test clock stands ${where}. Parked: ${named}${more}.`, { field: "to" });
};
