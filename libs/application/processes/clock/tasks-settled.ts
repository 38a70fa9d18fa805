import { setTimeout } from "node:timers/promises";
import { type Instant } from "#domain/calendar.js";
import { comparePositions } from "#event-store/position.js";
import { requireNotStalled } from "#read-models/runner/stalls.js";
import { type Context } from "../context.js";
import { type Lead } from "../sharing.js";

const LOOK_AGAIN_MS = 20;
/**
 * Looks without an open task after which the feed shows all effects: a task may run between two looks, cause another one
 * that does so before the next, and no processor causes a third.
 */
const QUIET_LOOKS = 3;

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
  for (let quiet = 0; ;) {
    lead.assert();
    const tail = await store.tail();
    await projections.reached(tail, readModels, provider);
    if (!(await tasks.any(provider, moment))) {
      quiet += 1;
      // At the tail there is nothing that the feed does not show.
      if (quiet === QUIET_LOOKS || comparePositions(await store.tail(), tail) === 0) return;
      continue;
    }
    quiet = 0;
    await tasks.wake();
    while (await tasks.any(provider, moment)) {
      lead.assert();
      await requireNotStalled(dataSource, provider);
      await setTimeout(LOOK_AGAIN_MS);
    }
  }
};
