import { type Instant } from "#domain/calendar.js";
import { completeAdvance, moveClock, type Provider, providerEvolver } from "#domain/providers/provider.js";
import { type ProviderEvent } from "#domain/providers/events.js";
import { decideAndAppend } from "#application/decide-and-append.js";
import { streamName } from "#event-store/streams.js";
import { nextDue } from "#read-models/billing/due.js";
import { listParked } from "#read-models/billing/parked.js";
import { type Context, workerCommand } from "./context.js";
import { daysWork } from "./days-work.js";

/**
 * Moves a provider's test clock to where it was ordered: to each moment with something due, in order, doing the work
 * of that moment before the next (domain.md 2). Every step is an event, so a walk that was cut off goes on.
 * @returns false when a parked close stands in the way
 */
export const walk = async (context: Context, ordered: Provider): Promise<boolean> => {
  const { dataSource, projections } = context;
  const { providerId, advance, testClock } = ordered;
  if (!advance || testClock === null) return true;
  // A walk that was cut off may have closed periods at this moment and not numbered them.
  await daysWork(context, ordered, testClock);
  let done: Instant | null = null;
  for (;;) {
    if ((await listParked(dataSource, providerId)).length > 0) return false;
    const due = await nextDue(dataSource, providerId);
    if (due === null || due > advance.to) break;
    if (due === done) throw new Error(`nothing was done of what was due at ${due}`);
    done = due;
    const now = await moveTo(context, ordered, due);
    await daysWork(context, ordered, now);
  }
  const finished = await step(context, providerId, `arrive:${advance.advanceId}`, advance.to, (state) => [
    ...moveClock({ at: advance.to }, state),
    ...completeAdvance({ advanceId: advance.advanceId }, state),
  ]);
  await projections.reached(finished.position);
  return true;
};

/** @returns the clock's time: the moment, or where the clock stands when that is later */
const moveTo = async (context: Context, { providerId, advance }: Provider, moment: Instant): Promise<Instant> => {
  const { state } = await step(context, providerId, `walk:${advance?.advanceId ?? ""}:${moment}`, moment, (provider) =>
    moveClock({ at: moment }, provider),
  );
  return state?.testClock ?? moment;
};

const step = (
  { store }: Context,
  provider: string,
  key: string,
  at: Instant,
  decide: (state: Provider | null) => ProviderEvent[],
) =>
  decideAndAppend(store, {
    stream: streamName(provider, "provider", provider),
    evolver: providerEvolver,
    envelope: workerCommand(provider, "walk", key, at),
    decide,
  });
