import { setTimeout } from "node:timers/promises";
import { type Instant } from "#domain/calendar.js";
import { nowOf, type Provider } from "#domain/providers/provider.js";
import { reject } from "#domain/rejection.js";
import { type Processed } from "./idempotency.js";
import { type Session } from "./session.js";
import { Unavailable } from "./unavailable.js";

const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 60_000;

/**
 * The provider with its time when its clock is not being advanced: commands given during an advance wait for its end.
 * @param commandId looked up in the same round trip
 * @throws Rejection CONFLICT when the advance takes too long; Unavailable when the provider is not projected yet
 */
export const settledClock = async (
  { facts, systemNow }: Pick<Session, "facts" | "systemNow">,
  providerId: string,
  commandId: string,
): Promise<{ readonly provider: Provider; readonly now: Instant; readonly processed: Processed | null }> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { provider, processed } = await facts.standing(providerId, commandId);
    if (provider && !provider.advance) return { provider, now: nowOf(provider, systemNow()), processed };
    if (performance.now() > deadline) throw tooLong(provider);
    await setTimeout(LOOK_AGAIN_MS);
  }
};

const tooLong = (provider: Provider | null): Error =>
  provider?.advance
    ? reject("CONFLICT", `The test clock is still moving to ${provider.advance.to}; try again when it is there.`, {
        facts: { case: "CLOCK_MOVING", to: provider.advance.to },
      })
    : new Unavailable("The read models do not know the provider yet; is a worker running?");

/** The provider's time; the system's time for a provider that is not projected yet. */
export const presentOf = async (
  { facts, systemNow }: Pick<Session, "facts" | "systemNow">,
  providerId: string,
): Promise<Instant> => {
  const provider = await facts.provider(providerId);
  return provider ? nowOf(provider, systemNow()) : systemNow();
};
