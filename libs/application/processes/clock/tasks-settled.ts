import { setTimeout } from "node:timers/promises";
import { type Instant } from "#domain/calendar.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context } from "../context.js";
import { type Lead } from "../sharing.js";

const LOOK_AGAIN_MS = 20;

/**
 * Returns when the feed shows the log up to its present tail, and the processors have done all tasks due by the moment,
 * including those that their own events cause. Parked tasks are passed over; the tasks of a stalled provider wait for the
 * end of the stall, so they are not waited for.
 * @throws LeadLost, ProviderStalled
 */
export const tasksSettled = async (
  { store, dataSource, projections, tasks }: Context,
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
      await requireNotStalled(dataSource, provider);
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
};
