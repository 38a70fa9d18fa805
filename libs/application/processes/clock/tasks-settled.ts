import { setTimeout } from "node:timers/promises";
import { type Instant } from "#domain/calendar.js";
import { type Context } from "../context.js";
import { type Lead } from "../sharing.js";

const LOOK_AGAIN_MS = 20;

/**
 * Returns when the feed shows the log through a tail noted now, and the processors have done all that the events up to
 * there, and their own, called for by the moment. Parked tasks are passed over.
 * @throws LeadLost
 */
export const tasksSettled = async (
  { store, projections, tasks }: Context,
  provider: string,
  moment: Instant,
  lead: Lead,
): Promise<void> => {
  const readModels = ["billing", ...tasks.recordedBy];
  for (;;) {
    lead.assert();
    const tail = await store.tail();
    await projections.reached(tail, readModels, provider);
    if (!(await tasks.any(provider, moment))) return;
    await tasks.wake();
    while (await tasks.any(provider, moment)) {
      lead.assert();
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
};
