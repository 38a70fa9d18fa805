import { setTimeout } from "node:timers/promises";
import { type Provider } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { Unavailable } from "./unavailable.js";

const LOOK_AGAIN_MS = 25;
const PATIENCE_MS = 600_000;
/** A worker that comes across something parked tries it again; what stays parked this long stands in the way. */
const PARKED_FOR_MS = 3_000;
const LOOK_FOR_PARKED_EVERY_MS = 500;
/** How much of what is parked an answer names. */
const NAMED = 5;

/** The walk of a test clock as the read models show it: the worker does it. */
export interface Walks {
  /** The provider with the revision of its stream that is projected; -1 when it is not known yet. */
  provider(providerId: string): Promise<{ readonly provider: Provider | null; readonly revision: bigint }>;
  /** What stands in the way of walks, each in words; empty: nothing. */
  parked(providerId: string): Promise<readonly string[]>;
}

/**
 * Returns when the walk is over.
 * @param ordered revision of the provider's stream that ordered it: before that is read, it has not begun
 * @throws Rejection CONFLICT naming what is parked; Unavailable when it takes too long
 */
export const awaitWalk = async (
  walks: Walks,
  providerId: string,
  advanceId: string,
  ordered: bigint,
): Promise<void> => {
  const start = performance.now();
  // What is tried again counts as the same standstill until the walk has moved on.
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
