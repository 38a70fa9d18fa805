import { setTimeout } from "node:timers/promises";
import { type Provider } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { Unavailable } from "./unavailable.js";

const LOOK_AGAIN_MS = 25;
const PATIENCE_MS = 600_000;
/**
 * A worker retries parked closes and tasks when it comes to them; those still parked after this time block the advance.
 */
const PARKED_FOR_MS = 3_000;
const LOOK_FOR_PARKED_EVERY_MS = 500;
/** How many parked closes and tasks a rejection names. */
const NAMED = 5;

/** State of a test clock that the worker advances, as the read models show it. */
export interface Walks {
  /** The provider with the projected revision of its stream; -1 when it is not projected yet. */
  provider(providerId: string): Promise<{ readonly provider: Provider | null; readonly revision: bigint }>;
  /** Parked closes and tasks that block the advance, each as text. */
  parked(providerId: string): Promise<readonly string[]>;
}

/**
 * Returns when the advance is completed.
 * @param ordered revision of the event in the provider's stream that ordered it; until that is projected it has not
 * begun
 * @throws Rejection CONFLICT with what is parked; Unavailable after the timeout
 */
export const awaitWalk = async (
  walks: Walks,
  providerId: string,
  advanceId: string,
  ordered: bigint,
): Promise<void> => {
  const start = performance.now();
  // Retries do not restart the time; only progress of the walk does.
  let still: { readonly revision: bigint; readonly since: number } | undefined;
  let nextLook = start + LOOK_FOR_PARKED_EVERY_MS;
  for (;;) {
    const { provider, revision } = await walks.provider(providerId);
    if (revision >= ordered && provider?.advance?.advanceId !== advanceId) return;
    const now = performance.now();
    if (now >= nextLook) {
      nextLook = now + LOOK_FOR_PARKED_EVERY_MS;
      const parked = await walks.parked(providerId);
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
};

const stuck = (provider: Provider | null, parked: readonly string[]): Error => {
  const named = parked.slice(0, NAMED).join("; ");
  const more = parked.length > NAMED ? `; and ${parked.length - NAMED} more` : "";
  const where = provider
    ? `at ${provider.testClock ?? "its start"} on its way to ${provider.advance?.to ?? "its end"}`
    : "";
  return reject("CONFLICT", `The test clock stands ${where}. Parked: ${named}${more}.`, { field: "to" });
};
