import { type Context } from "../context.js";
import { collectionsWork, type MomentsWork } from "./moments-work.js";
import { tasksSettled } from "./tasks-settled.js";

/**
 * Takes the steps of collection that are due at a moment, once its invoices have their numbers, and waits until
 * suspensions and terminations are carried out (docs/rules.md#order-of-a-day).
 * @returns whether anything was recorded
 * @throws LeadLost, ProviderStalled
 */
export const momentsSteps = async (context: Context, work: Omit<MomentsWork, "tail">): Promise<boolean> => {
  if (work.due.steps === 0) return false;
  const { provider, now, lead } = work;
  const tail = await context.store.tail();
  const { progress, position } = await collectionsWork(context, { ...work, tail });
  await context.projections.reached(position, ["billing"], provider.providerId);
  if (progress) await tasksSettled(context, provider.providerId, now, lead);
  return progress;
};
